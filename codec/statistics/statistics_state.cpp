// What follows from the images and vectors that statistics hold.
#include "statistics_state.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

#include "bytes.hpp"

namespace vqi {
using namespace detail;

VectorRun Statistics::State::OfType::run() const {
  if (const auto* const all = std::get_if<MergedVectors>(&vectors)) return all->merged();
  return std::get<SampledVectors>(vectors).weighted();
}

std::uint64_t Statistics::State::OfType::size_bytes() const noexcept {
  if (const auto* const all = std::get_if<MergedVectors>(&vectors)) return all->size_bytes();
  return std::get_if<SampledVectors>(&vectors)->size_bytes();
}

Statistics::State::OfType& Statistics::State::of(const PixelType& type) {
  const auto place = std::find_if(types.begin(), types.end(), [&](const OfType& each) {
    return std::tie(each.type.channels, each.type.bit_depth) >= std::tie(type.channels, type.bit_depth);
  });
  if (place != types.end() && place->type == type) return *place;
  const std::uint32_t dimension = block_of(type).dimension();
  if (counts_all(type)) return *types.insert(place, OfType{type, MergedVectors(dimension, type.bit_depth)});
  return *types.insert(place, OfType{type, SampledVectors(dimension, type.bit_depth, sample_size)});
}

std::uint64_t Statistics::State::vectors() const noexcept {
  std::uint64_t sum = 0;
  for (const ImageSums& image : images) sum += vectors_of(image);
  return sum;
}

bool Statistics::State::is_sampled() const noexcept {
  return std::any_of(types.begin(), types.end(), [](const OfType& each) {
    const auto* const sampled = std::get_if<SampledVectors>(&each.vectors);
    return sampled != nullptr && sampled->is_partial();
  });
}

PixelType Statistics::State::widest() const noexcept {
  PixelType widest = types.front().type;
  for (const OfType& each : types) widest = common_type(widest, each.type);
  return widest;
}

VectorRun Statistics::State::merged_as(const PixelType& wide) const {
  if (types.size() == 1 && counts_all(wide)) return types.front().run();
  const BlockGrid block = block_of(wide);
  const std::size_t pixels = std::size_t{block_width_px} * block_height_px;
  MergedVectors all(block.dimension(), block.bit_depth);
  for (const OfType& each : types) {
    VectorRun narrow = each.run();
    VectorRun widened{std::vector<std::byte>(narrow.counts.size() * block.vector_bytes()), narrow.counts};
    widen_pixels(narrow.rows.data(), each.type, narrow.counts.size() * pixels, wide, widened.rows.data());
    all.add(std::move(widened));
  }
  return all.merged();
}

std::set<ShardId> Statistics::State::all_shards() const {
  std::set<ShardId> all = shards;
  if (added.empty()) return all;
  std::vector<ImageId> ids = added;
  std::sort(ids.begin(), ids.end());
  std::vector<std::byte> hashed;
  ByteWriter writer(hashed);
  writer.integer(shard.number, 4);
  writer.integer(shard.count, 4);
  writer.integer(ids.size(), 8);
  for (const ImageId& id : ids) writer.append(id);
  ShardId id = id_of(hashed);
  while (!all.insert(id).second) id = id_of(id);  // the same images were merged before, and added again on purpose
  return all;
}

std::uint64_t Statistics::State::size_bytes() const noexcept {
  std::uint64_t bytes = images.size() * (sizeof(ImageSums) + sizeof(ImageId));
  for (const OfType& each : types) bytes += each.size_bytes();
  return bytes;
}

}  // namespace vqi
