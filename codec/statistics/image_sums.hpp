// ImageSums: an image's id, size and type, and the sums of its samples, from which its variance is told.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "block_grid.hpp"
#include "distinct_vectors.hpp"
#include "integer.hpp"
#include "sampled_vectors.hpp"
#include "vqi/image.hpp"
#include "widened_pixels.hpp"
#include "work.hpp"

namespace vqi::detail {

/// The sums are over the samples of all vectors, with alpha premultiplied; blocks that reach beyond an edge count
/// whole.
struct ImageSums {
  ImageId id{};
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  PixelType type;
  std::array<std::uint64_t, 4> of_channel{};  ///< 0 for channels that there are not
  uint128 of_squares = 0;

  [[nodiscard]] std::uint64_t pixels() const noexcept { return std::uint64_t{width_px} * height_px; }
  [[nodiscard]] BlockGrid grid(std::uint32_t block_width_px, std::uint32_t block_height_px) const noexcept {
    return {width_px, height_px, type.channels, type.bit_depth, block_width_px, block_height_px};
  }
};

/// The first half of the SHA-256 of `bytes`.
[[nodiscard]] ImageId id_of(std::span<const std::byte> bytes);

/// The image's id (STATISTICS.md, "IMGS").
[[nodiscard]] ImageId image_id(const ImageView& image, const Work& work);

/// The sums of the image whose vectors are `distinct`.
[[nodiscard]] ImageSums sums_of(const ImageView& image, const DistinctVectors& distinct, const Work& work);

/// The sum over all vectors' samples of the squared difference from the mean of their channel, over images of one type
/// whose channels have `samples_of_channel` samples each.
[[nodiscard]] double squared_differences(std::span<const ImageSums> images, std::uint64_t samples_of_channel);

}  // namespace vqi::detail
