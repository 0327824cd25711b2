// Pixels are laid out as bytes are, with marks where a byte is no pixel.
#include "byte_distances.hpp"

#include "png_rows.hpp"

namespace vqi::detail {

ByteDistances::ByteDistances(const IndexColours& colours, std::span<const PremultipliedColour> pixels,
                             std::uint32_t width_px, std::uint32_t depth)
    : colours_(colours), depth_(depth), per_byte_(8 / depth) {
  const std::size_t row_pixels = packed_row_bytes(width_px, depth) * per_byte_;
  for (std::size_t begin = 0; begin < pixels.size(); begin += width_px) {
    pixels_.insert(pixels_.end(), per_byte_, {0, 0, 0, filter_mark});
    const std::span<const PremultipliedColour> row = pixels.subspan(begin, width_px);
    pixels_.insert(pixels_.end(), row.begin(), row.end());
    pixels_.insert(pixels_.end(), row_pixels - width_px, {0, 0, 0, padding_mark});
  }
}

std::int32_t ByteDistances::packed_distance(const PremultipliedColour* pixel, std::uint8_t byte) const noexcept {
  const std::uint32_t mask = (1U << depth_) - 1;
  std::int32_t sum = 0;
  for (std::uint32_t shift = 8; shift > 0; ++pixel) {
    shift -= depth_;
    if (pixel->alpha == padding_mark) continue;
    const std::uint32_t index = static_cast<std::uint32_t>(byte) >> shift & mask;
    if (index >= colours_.size()) return forbidden_distance;
    sum += colours_.distance(*pixel, index);
  }
  return std::min(sum, forbidden_distance);
}

ByteDistances::Literal ByteDistances::cheapest_literal(std::size_t place, std::uint8_t start,
                                                       std::span<const std::int32_t> prices, std::int32_t unit,
                                                       std::uint8_t predicted) const noexcept {
  const auto cost_of = [&](std::uint8_t byte) {
    return distance(place, byte) * unit + prices[static_cast<std::uint8_t>(byte - predicted)];
  };
  Literal best{start, cost_of(start)};
  const auto offer = [&](std::uint32_t byte) {
    const std::int32_t cost = cost_of(static_cast<std::uint8_t>(byte));
    if (cost < best.cost) best = {static_cast<std::uint8_t>(byte), cost};
  };
  if (pixels_[place * per_byte_].alpha == filter_mark) return best;
  if (predicted != 0) offer(predicted);
  const std::uint32_t mask = (1U << depth_) - 1;
  for (std::uint32_t shift = 0; shift < 8; shift += depth_) {
    const std::uint32_t index = static_cast<std::uint32_t>(start) >> shift & mask;
    if (index >= colours_.size()) continue;
    for (const std::uint8_t other : colours_.near(index))
      offer((start & ~(mask << shift)) | static_cast<std::uint32_t>(other) << shift);
  }
  return best;
}

}  // namespace vqi::detail
