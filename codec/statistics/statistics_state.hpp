// Statistics::State: what statistics hold, for the calls that gather, merge, write and read them, and learn from them.
#pragma once

#include <cstdint>
#include <set>
#include <variant>
#include <vector>

#include "block_grid.hpp"
#include "image_sums.hpp"
#include "merged_vectors.hpp"
#include "sampled_vectors.hpp"
#include "vqi/statistics.hpp"
#include "widened_pixels.hpp"

namespace vqi {

struct Statistics::State {
  /// The vectors of images of one type: all of them, or a sample.
  struct OfType {
    detail::PixelType type;
    std::variant<detail::MergedVectors, detail::SampledVectors> vectors;

    [[nodiscard]] detail::VectorRun run() const;
    [[nodiscard]] std::uint64_t size_bytes() const noexcept;
  };

  std::uint32_t block_width_px = 1;
  std::uint32_t block_height_px = 1;
  std::uint32_t sample_size = sample_size_default;
  Shard shard{};
  std::vector<detail::ImageSums> images{};
  std::vector<detail::ImageId> added{};  ///< those of `images` that are the shard `shard`, and in no one of `shards`
  std::set<ShardId> shards{};
  std::vector<OfType> types{};  ///< in ascending order of channels, then bits

  /// The grid of one block.
  [[nodiscard]] detail::BlockGrid block_of(const detail::PixelType& type) const noexcept {
    return {block_width_px, block_height_px, type.channels, type.bit_depth, block_width_px, block_height_px};
  }
  /// True if every vector of this type is counted, false if a sample is kept.
  [[nodiscard]] bool counts_all(const detail::PixelType& type) const noexcept {
    return block_width_px == 1 && block_height_px == 1 && type.bit_depth == 8;
  }
  /// The vectors of a type, which may be new.
  [[nodiscard]] OfType& of(const detail::PixelType& type);
  [[nodiscard]] std::uint64_t vectors_of(const detail::ImageSums& image) const noexcept {
    return image.grid(block_width_px, block_height_px).vector_count();
  }
  [[nodiscard]] std::uint64_t vectors() const noexcept;
  [[nodiscard]] bool is_sampled() const noexcept;
  /// The least type that holds all images, of which there is one.
  [[nodiscard]] detail::PixelType widest() const noexcept;
  /// All vectors in ascending order, widened to one type.
  [[nodiscard]] detail::VectorRun merged_as(const detail::PixelType& wide) const;
  [[nodiscard]] std::set<ShardId> all_shards() const;
  [[nodiscard]] std::uint64_t size_bytes() const noexcept;
};

/// The state of statistics, for other files than their own.
struct StatisticsAccess {
  static const Statistics::State& of(const Statistics& statistics) { return *statistics.state_; }
  static Statistics::State& of(Statistics& statistics) { return *statistics.state_; }
  using State = Statistics::State;
};

}  // namespace vqi
