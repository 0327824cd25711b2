// Statistics files: a header of 32 bytes, then the sections SHRD, IMGS, COLR or SMPL, and END (STATISTICS.md).
#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "argument_checks.hpp"
#include "bytes.hpp"
#include "colour_counts.hpp"
#include "sections.hpp"
#include "small_file.hpp"
#include "statistics_state.hpp"
#include "stream_error.hpp"
#include "vqi/error.hpp"
#include "vqi/statistics.hpp"

namespace vqi {
using namespace detail;
namespace {

using State = StatisticsAccess::State;

constexpr FileKind part_kind{.magic = {0x89, 'V', 'Q', 'S', '\r', '\n', 0x1A, '\n'},
                             .version_major = 1,
                             .version_minor = 0,
                             .wrong_magic = "not a .vqs file: wrong signature",
                             .wanted = "give statistics that vqi stats or vqi merge wrote",
                             .name = "file of statistics"};

/// Byte offsets of the header's fields.
namespace field {
constexpr std::size_t block_width = 12;
constexpr std::size_t block_height = 13;
constexpr std::size_t reserved_after_block = 14;
constexpr std::size_t sample_size = 16;
constexpr std::size_t reserved_after_sample = 20;
}  // namespace field

constexpr std::string_view shards_type = "SHRD";
constexpr std::string_view images_type = "IMGS";
constexpr std::string_view colours_type = "COLR";
constexpr std::string_view sample_type = "SMPL";

constexpr std::size_t image_bytes = 76;
/// Bytes before the colours of COLR, and before the entries of SMPL.
constexpr std::size_t colours_head_bytes = 12;
constexpr std::size_t sample_head_bytes = 20;
constexpr std::size_t entry_head_bytes = 12;
/// What all entries of a sample stand for together is at most this.
constexpr std::uint64_t weight_max = std::uint64_t{1} << 59;  // so that sums over all types fit 64 bits

void write_samples(const std::byte* row, std::size_t samples, std::uint32_t bit_depth, ByteWriter& writer) {
  for (std::size_t i = 0; i < samples; ++i) writer.integer(load_sample(row, i, bit_depth), bit_depth / 8);
}

std::vector<std::byte> images_payload(const State& state) {
  std::vector<const ImageSums*> images;
  for (const ImageSums& image : state.images) images.push_back(&image);
  std::stable_sort(images.begin(), images.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  std::vector<std::byte> payload;
  payload.reserve(images.size() * image_bytes);
  ByteWriter writer(payload);
  for (const ImageSums* const image : images) {
    writer.append(image->id);
    writer.integer(image->width_px, 4);
    writer.integer(image->height_px, 4);
    writer.integer(image->type.channels, 1);
    writer.integer(image->type.bit_depth, 1);
    writer.integer(0, 2);
    for (const std::uint64_t sum : image->of_channel) writer.integer(sum, 8);
    writer.integer(static_cast<std::uint64_t>(image->of_squares), 8);
    writer.integer(static_cast<std::uint64_t>(image->of_squares >> 64), 8);
  }
  return payload;
}

std::vector<std::byte> vectors_payload(const State::OfType& of_type) {
  std::vector<std::byte> payload;
  ByteWriter writer(payload);
  writer.integer(of_type.type.channels, 1);
  writer.integer(of_type.type.bit_depth, 1);
  writer.integer(0, 2);
  if (const auto* const sampled = std::get_if<SampledVectors>(&of_type.vectors)) {
    const SampledVectors::Kept kept = sampled->kept();
    payload.reserve(sample_head_bytes + kept.order.size() * (entry_head_bytes + sampled->row_bytes()));
    writer.integer(kept.order.size(), 8);
    writer.integer(kept.threshold, 8);
    for (const std::uint32_t n : kept.order) {
      writer.integer(sampled->entry(n).rank, 8);
      writer.integer(sampled->entry(n).count, 4);
      const std::uint32_t bit_depth = of_type.type.bit_depth;
      write_samples(sampled->row(n), sampled->row_bytes() / (bit_depth / 8), bit_depth, writer);
    }
    return payload;
  }
  const VectorRun run = of_type.run();
  writer.integer(run.counts.size(), 8);
  write_colours(run, of_type.type.channels, payload);
  return payload;
}

/// Reads the sections of a file into statistics, in their order.
class PartReader {
 public:
  PartReader(std::span<const std::byte> bytes, State& state, const RunOptions& run)
      : bytes_(bytes), state_(state), run_(run) {}

  void read_header();
  /// One section; they come in the order that they have in the file. `shards_only` skips the vectors.
  void read(const Section& section, bool shards_only);

 private:
  void read_shards(const Section& section);
  void read_images(const Section& section);
  void read_vectors(const Section& section);
  void read_all_colours(const Section& section, const PixelType& type, std::uint64_t count);
  void read_sample(const Section& section, const PixelType& type, std::uint64_t count);
  [[nodiscard]] ImageSums image_at(const Section& section, std::size_t at) const;
  [[nodiscard]] std::uint64_t vectors_of(const PixelType& type) const noexcept;
  [[nodiscard]] std::uint64_t get(const Section& section, std::size_t at, std::size_t count) const noexcept {
    return load_le(section.payload.data() + at, count);
  }
  static void check(bool is_right, const Section& section, std::size_t at, const std::string& what) {
    if (!is_right)
      throw stream_error(ErrorCode::corrupt_section, section.payload_offset() + at,
                         what + " of section \"" + section.type + "\" is not right");
  }

  std::span<const std::byte> bytes_;
  State& state_;
  const RunOptions& run_;
  std::vector<PixelType> types_{};  ///< of the images, in the order of the sections with their vectors
  std::size_t sections_ = 0;        ///< that were read
};

void PartReader::read_header() {
  check_small_header(bytes_, part_kind);
  check_reserved(bytes_, field::reserved_after_block, field::sample_size);
  check_reserved(bytes_, field::reserved_after_sample, small_header_crc);
  const auto get = [&](std::size_t offset, std::size_t count) {
    return static_cast<std::uint32_t>(load_le(bytes_.data() + offset, count));
  };
  const auto checked = [&](std::size_t offset, std::size_t count, std::uint32_t most, const char* what) {
    const std::uint32_t value = get(offset, count);
    if (value < 1 || value > most)
      throw stream_error(ErrorCode::corrupt_header, offset, std::string(what) + " is out of its range");
    return value;
  };
  constexpr std::uint32_t block_side_max = 16;
  state_.block_width_px = checked(field::block_width, 1, block_side_max, "the width of blocks");
  state_.block_height_px = checked(field::block_height, 1, block_side_max, "the height of blocks");
  state_.sample_size = checked(field::sample_size, 4, Statistics::sample_size_max, "the size of the sample");
}

void PartReader::read(const Section& section, bool shards_only) {
  constexpr std::size_t before_vectors = 2;
  std::string_view wanted = section_type::end;
  if (sections_ == 0) wanted = shards_type;
  if (sections_ == 1) wanted = images_type;
  if (sections_ >= before_vectors && sections_ - before_vectors < types_.size())
    wanted = state_.counts_all(types_[sections_ - before_vectors]) ? colours_type : sample_type;
  const std::string_view type = section.type;
  if (type != wanted && !(shards_only && sections_ > 0)) {
    const bool is_known = type == shards_type || type == images_type || type == colours_type || type == sample_type ||
                          type == section_type::end;
    if (!is_known) throw unknown_critical_error(section);
    throw misplaced_error(section);
  }
  ++sections_;
  if (type == shards_type) read_shards(section);
  if (shards_only) return;
  if (type == images_type) read_images(section);
  if (type == colours_type || type == sample_type) read_vectors(section);
}

void PartReader::read_shards(const Section& section) {
  const std::span<const std::byte> payload = section.payload;
  constexpr std::size_t id_bytes = sizeof(ShardId);
  check(!payload.empty() && payload.size() % id_bytes == 0, section, 0, "the length");
  constexpr std::size_t node_bytes = 64;  // of a set
  check_memory(payload.size() / id_bytes * node_bytes, run_, "reading statistics");
  ShardId id{};
  for (std::size_t at = 0; at < payload.size(); at += id_bytes) {
    ShardId next{};
    std::copy_n(payload.begin() + static_cast<std::ptrdiff_t>(at), id_bytes, next.begin());
    check(at == 0 || id < next, section, at, "the order");
    id = next;
    state_.shards.insert(state_.shards.end(), id);
  }
}

ImageSums PartReader::image_at(const Section& section, std::size_t at) const {
  ImageSums image;
  std::copy_n(section.payload.begin() + static_cast<std::ptrdiff_t>(at), image.id.size(), image.id.begin());
  const auto number = [&](std::size_t offset, std::size_t count) {
    return static_cast<std::uint32_t>(get(section, at + offset, count));
  };
  image.width_px = number(16, 4);
  image.height_px = number(20, 4);
  image.type = {number(24, 1), number(25, 1)};
  const auto& [channels, bit_depth] = image.type;
  check(image.width_px > 0 && image.height_px > 0 &&
            state_.vectors_of(image) <= std::numeric_limits<std::uint32_t>::max(),
        section, at + 16, "the size of an image");
  check(channels >= 1 && channels <= 4 && (bit_depth == 8 || bit_depth == 16), section, at + 24,
        "the type of an image");
  if (number(26, 2) != 0)
    throw stream_error(ErrorCode::reserved_set, section.payload_offset() + at + 26,
                       "reserved byte of an image is not 0");
  const std::uint64_t most = bit_depth == 16 ? 65535 : 255;
  const std::uint64_t samples = state_.vectors_of(image) * state_.block_width_px * state_.block_height_px;
  for (std::size_t c = 0; c < image.of_channel.size(); ++c) {
    image.of_channel[c] = get(section, at + 28 + 8 * c, 8);
    check(image.of_channel[c] <= (c < channels ? samples * most : 0), section, at + 28 + 8 * c, "a sum");
  }
  image.of_squares = uint128{get(section, at + 68, 8)} << 64 | get(section, at + 60, 8);
  check(image.of_squares <= uint128{samples} * channels * most * most, section, at + 60, "a sum of squares");
  return image;
}

void PartReader::read_images(const Section& section) {
  const std::size_t size = section.payload.size();
  check(size > 0 && size % image_bytes == 0, section, 0, "the length");
  check_memory(size / image_bytes * (sizeof(ImageSums) + sizeof(ImageId)), run_, "reading statistics");
  for (std::size_t at = 0; at < size; at += image_bytes) {
    const ImageSums image = image_at(section, at);
    check(at == 0 || state_.images.back().id <= image.id, section, at, "the order");
    static_cast<void>(state_.of(image.type));
    state_.images.push_back(image);
  }
  for (const State::OfType& each : state_.types) types_.push_back(each.type);
}

std::uint64_t PartReader::vectors_of(const PixelType& type) const noexcept {
  std::uint64_t sum = 0;
  for (const ImageSums& image : state_.images)
    if (image.type == type) sum += state_.vectors_of(image);
  return sum;
}

void PartReader::read_vectors(const Section& section) {
  const bool is_sample = section.type == sample_type;
  check(section.payload.size() >= (is_sample ? sample_head_bytes : colours_head_bytes), section, 0, "the length");
  const PixelType type{static_cast<std::uint32_t>(get(section, 0, 1)), static_cast<std::uint32_t>(get(section, 1, 1))};
  check(type == types_[sections_ - 3], section, 0, "the type");
  if (get(section, 2, 2) != 0)
    throw stream_error(ErrorCode::reserved_set, section.payload_offset() + 2, "reserved byte of vectors is not 0");
  const std::uint64_t count = get(section, 4, 8);
  if (is_sample)
    read_sample(section, type, count);
  else
    read_all_colours(section, type, count);
}

void PartReader::read_all_colours(const Section& section, const PixelType& type, std::uint64_t count) {
  const std::span<const std::byte> coded = section.payload.subspan(colours_head_bytes);
  check(count <= coded.size() / 2, section, 4, "the number of colours");
  check_memory(2 * count * (type.channels + sizeof(std::uint64_t)) + state_.size_bytes(), run_, "reading statistics");
  VectorRun run = read_colours(coded, section.payload_offset() + colours_head_bytes, count, type.channels);
  uint128 sum = 0;
  for (const std::uint64_t each : run.counts) sum += each;
  check(sum == vectors_of(type), section, 4, "the sum of the counts");
  std::get<MergedVectors>(state_.of(type).vectors).add(std::move(run));
}

void PartReader::read_sample(const Section& section, const PixelType& type, std::uint64_t count) {
  auto& sampled = std::get<SampledVectors>(state_.of(type).vectors);
  const std::size_t entry_bytes = entry_head_bytes + sampled.row_bytes();
  const std::uint64_t threshold = get(section, 12, 8);
  check(count >= 1 && count <= state_.sample_size && (threshold == 0 || count == state_.sample_size), section, 4,
        "the number of entries");
  check_payload_size(section, sample_head_bytes + count * entry_bytes);
  check_memory(2 * count * (sampled.row_bytes() + sizeof(SampledVectors::Entry)) + state_.size_bytes(), run_,
               "reading statistics");
  sampled.leave_out_from(threshold);
  uint128 sum = 0;
  std::vector<std::byte> row(sampled.row_bytes());
  const std::size_t sample_bytes = type.bit_depth / 8;
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::size_t at = sample_head_bytes + n * entry_bytes;
    const SampledVectors::Entry entry{get(section, at, 8), static_cast<std::uint32_t>(get(section, at + 8, 4))};
    check(entry.count > 0, section, at + 8, "a count");
    check(entry.rank > 0 && entry.rank <= std::numeric_limits<std::uint64_t>::max() / entry.count &&
              (threshold == 0 || entry.rank <= threshold),
          section, at, "a rank");
    for (std::size_t i = 0; i < row.size() / sample_bytes; ++i)
      store_sample(row.data(), i, type.bit_depth,
                   static_cast<std::uint32_t>(get(section, at + entry_head_bytes + i * sample_bytes, sample_bytes)));
    sampled.add(row.data(), entry);
    check(n == 0 || !sampled.is_before(static_cast<std::uint32_t>(n), static_cast<std::uint32_t>(n - 1)), section, at,
          "the order");
    sum += sample_weight(entry.count, threshold);
  }
  check(threshold != 0 ? sum <= weight_max : sum == vectors_of(type), section, 12, "the sum of the counts");
}

}  // namespace

std::vector<std::byte> write_statistics(const Statistics& statistics) {
  const State& state = StatisticsAccess::of(statistics);
  if (state.images.empty()) throw Error(ErrorCode::invalid_option, "the statistics are of no image, add one");
  std::vector<std::byte> bytes = new_file(part_kind);
  store_le(bytes.data() + field::block_width, state.block_width_px, 1);
  store_le(bytes.data() + field::block_height, state.block_height_px, 1);
  store_le(bytes.data() + field::sample_size, state.sample_size, 4);
  seal_header(bytes);
  std::vector<std::byte> shards;
  for (const ShardId& id : state.all_shards()) ByteWriter(shards).append(id);
  append_section(bytes, shards_type, 0, shards);
  append_section(bytes, images_type, 0, images_payload(state));
  for (const State::OfType& each : state.types)
    append_section(bytes, state.counts_all(each.type) ? colours_type : sample_type, 0, vectors_payload(each));
  append_end(bytes);
  return bytes;
}

Statistics read_statistics(std::span<const std::byte> bytes, const RunOptions& run) {
  Statistics statistics;
  PartReader reader(bytes, StatisticsAccess::of(statistics), run);
  reader.read_header();
  walk_sections(bytes, part_kind, [&](const Section& section) { reader.read(section, false); });
  return statistics;
}

StatisticsInfo inspect_statistics(std::span<const std::byte> bytes, const RunOptions& run) {
  Statistics statistics;
  PartReader reader(bytes, StatisticsAccess::of(statistics), run);
  reader.read_header();
  walk_sections(bytes, part_kind, [&](const Section& section) { reader.read(section, true); });
  return {statistics.block_width_px(), statistics.block_height_px(), statistics.sample_size(), statistics.shards()};
}

}  // namespace vqi
