// Gathers statistics of images, and merges them.
#include "vqi/statistics.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <utility>

#include "argument_checks.hpp"
#include "statistics_state.hpp"
#include "vqi/error.hpp"
#include "work.hpp"

namespace vqi {
using namespace detail;
namespace {

void check_range(std::uint32_t value, std::uint32_t most, const char* what) {
  if (value < 1 || value > most)
    throw Error(ErrorCode::invalid_option,
                std::string(what) + " is " + std::to_string(value) + "; it must be 1 to " + std::to_string(most));
}

/// How many of `ids` are in `all`.
std::size_t count_in(const std::set<ShardId>& all, const std::set<ShardId>& ids) {
  return static_cast<std::size_t>(
      std::count_if(ids.begin(), ids.end(), [&](const ShardId& id) { return all.contains(id); }));
}

/// Adds vectors of the same kind.
void add_vectors(StatisticsAccess::State::OfType& own, const StatisticsAccess::State::OfType& other) {
  if (auto* const all = std::get_if<MergedVectors>(&own.vectors))
    all->add(std::get<MergedVectors>(other.vectors));
  else
    std::get<SampledVectors>(own.vectors).add(std::get<SampledVectors>(other.vectors));
}

}  // namespace

void check_alike(const StatisticsInfo& own, const StatisticsInfo& part) {
  const auto check = [](const std::string& ours, const std::string& theirs, const char* what) {
    if (ours != theirs)
      throw Error(ErrorCode::invalid_option, "parts of statistics have unlike settings, " + std::string(what) + " of " +
                                                 ours + " and of " + theirs + "; gather all with the same options");
  };
  const auto block = [](const StatisticsInfo& info) {
    return std::to_string(info.block_width_px) + "x" + std::to_string(info.block_height_px);
  };
  check(block(own), block(part), "blocks");
  check(std::to_string(own.sample_size), std::to_string(part.sample_size), "samples");
}

Statistics::Statistics(std::uint32_t block_width_px, std::uint32_t block_height_px, std::uint32_t sample_size,
                       const Shard& shard)
    : state_(std::make_unique<State>()) {
  constexpr std::uint32_t block_side_max = 16;
  check_range(block_width_px, block_side_max, "a side of the blocks");
  check_range(block_height_px, block_side_max, "a side of the blocks");
  check_range(sample_size, sample_size_max, "the size of the sample");
  check_range(shard.count, std::numeric_limits<std::uint32_t>::max(), "the number of shards");
  check_range(shard.number, shard.count, "the number of the shard");
  state_->block_width_px = block_width_px;
  state_->block_height_px = block_height_px;
  state_->sample_size = sample_size;
  state_->shard = shard;
}

Statistics::Statistics(Statistics&& other) noexcept = default;
Statistics& Statistics::operator=(Statistics&& other) noexcept = default;
Statistics::~Statistics() = default;

void Statistics::add(ImageView image, const RunOptions& run) {
  validate(image);
  State& own = *state_;
  const PixelType type{image.channels, image.bit_depth};
  const BlockGrid grid{image.width_px,  image.height_px,    image.channels,
                       image.bit_depth, own.block_width_px, own.block_height_px};
  if (grid.vector_count() > std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorCode::invalid_image, "image has " + std::to_string(grid.vector_count()) +
                                              " vectors, and statistics take at most 2^32 - 1 of one image");
  const CallWork work(run);
  work.progress.begin(Stage::train);
  const auto distinct = find_distinct_vectors(image, grid, work);
  const std::uint64_t new_vectors = own.counts_all(type)
                                        ? distinct->size()
                                        : std::min<std::uint64_t>(distinct->size(), 2 * std::uint64_t{own.sample_size});
  check_memory(2 * (new_vectors * (grid.vector_bytes() + sizeof(SampledVectors::Entry)) + own.size_bytes()), run,
               "gathering vectors");
  const ImageSums sums = sums_of(image, *distinct, work);
  auto& vectors = own.of(type).vectors;
  if (auto* const all = std::get_if<MergedVectors>(&vectors))
    all->add(*distinct);
  else
    std::get<SampledVectors>(vectors).add(*distinct, sums.id);
  own.images.push_back(sums);
  own.added.push_back(sums.id);
}

bool Statistics::merge(Statistics part, const RunOptions& run) {
  const auto settings = [](const State& state) {
    return StatisticsInfo{state.block_width_px, state.block_height_px, state.sample_size, {}};
  };
  check_alike(settings(*state_), settings(*part.state_));
  // Most merges are of one part into statistics without images of their own: nothing is copied for them.
  const std::set<ShardId> with_added = state_->added.empty() ? std::set<ShardId>() : state_->all_shards();
  const std::set<ShardId>& own = state_->added.empty() ? state_->shards : with_added;
  const std::set<ShardId> others = part.state_->all_shards();
  const std::size_t common = count_in(own, others);
  if (common == others.size()) return false;
  if (common == own.size()) {
    part.state_->shard = state_->shard;
    state_ = std::move(part.state_);
    return true;
  }
  if (common > 0)
    throw Error(ErrorCode::invalid_option,
                std::to_string(common) + " of " + std::to_string(others.size()) +
                    " shards of a part are in the statistics already, and so would count twice; merge parts that "
                    "share no shard or all");
  check_memory(2 * (state_->size_bytes() + part.state_->size_bytes()), run, "merging statistics");
  for (const State::OfType& other : part.state_->types) add_vectors(state_->of(other.type), other);
  state_->images.insert(state_->images.end(), part.state_->images.begin(), part.state_->images.end());
  if (!state_->added.empty()) state_->shards = with_added;
  state_->shards.insert(others.begin(), others.end());
  state_->added.clear();
  return true;
}

std::uint32_t Statistics::block_width_px() const noexcept { return state_->block_width_px; }
std::uint32_t Statistics::block_height_px() const noexcept { return state_->block_height_px; }
std::uint32_t Statistics::sample_size() const noexcept { return state_->sample_size; }
std::uint64_t Statistics::images() const noexcept { return state_->images.size(); }
std::uint64_t Statistics::vectors() const noexcept { return state_->vectors(); }
bool Statistics::is_sampled() const noexcept { return state_->is_sampled(); }

std::uint64_t Statistics::pixels() const noexcept {
  std::uint64_t sum = 0;
  for (const ImageSums& image : state_->images) sum += image.pixels();
  return sum;
}

std::uint64_t Statistics::distinct_vectors() const {
  return state_->types.empty() ? 0 : state_->merged_as(state_->widest()).counts.size();
}

std::optional<double> Statistics::variance() const {
  if (state_->types.size() != 1) return std::nullopt;
  std::uint64_t of_channel = 0;
  for (const ImageSums& image : state_->images)
    of_channel += state_->vectors_of(image) * state_->block_width_px * state_->block_height_px;
  return squared_differences(state_->images, of_channel) /
         (static_cast<double>(of_channel) * state_->types.front().type.channels);
}

std::vector<ShardId> Statistics::shards() const {
  const std::set<ShardId> all = state_->all_shards();
  return {all.begin(), all.end()};
}

}  // namespace vqi
