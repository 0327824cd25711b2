// Distances between pixels and palette colours, both premultiplied, and means of the pixels that share an index.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "palette_map.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// A colour times its alpha, and the alpha, all 0 .. 255.
struct PremultipliedColour {
  std::int16_t red = 0;
  std::int16_t green = 0;
  std::int16_t blue = 0;
  std::int16_t alpha = 255;

  bool operator==(const PremultipliedColour&) const = default;
};

/// Added to the distance of a colour that a pixel may not have; well below 2^31, above every other cost of a pixel.
inline constexpr std::int32_t forbidden_distance = 1 << 22;

[[nodiscard]] inline std::int32_t squared_distance(const PremultipliedColour& a,
                                                   const PremultipliedColour& b) noexcept {
  const std::int32_t red = a.red - b.red;
  const std::int32_t green = a.green - b.green;
  const std::int32_t blue = a.blue - b.blue;
  const std::int32_t alpha = a.alpha - b.alpha;
  return red * red + green * green + blue * blue + alpha * alpha;
}

/// The pixels of an 8-bit image, row-major.
[[nodiscard]] std::vector<PremultipliedColour> premultiplied_pixels(const ImageView& image);

/// A palette as the searches see it.
class IndexColours {
 public:
  /// Colours near a colour that are tried in its place.
  static constexpr std::size_t near_colours = 16;

  explicit IndexColours(std::span<const ColourSet::Colour> colours);

  [[nodiscard]] std::size_t size() const noexcept { return colours_.size(); }

  /// The squared distance, with `forbidden_distance` where an opaque pixel would become translucent or a transparent
  /// one visible, unless no colour of the palette is as the pixel.
  [[nodiscard]] std::int32_t distance(const PremultipliedColour& pixel, std::size_t k) const noexcept {
    return squared_distance(pixel, colours_[k]) + (is_forbidden(pixel, k) ? forbidden_distance : 0);
  }
  /// Whether an opaque pixel would become translucent or a transparent one visible.
  [[nodiscard]] bool is_forbidden(const PremultipliedColour& pixel, std::size_t k) const noexcept {
    const std::uint32_t guard = (pixel.alpha == 255 ? 1U : 0U) | (pixel.alpha == 0 ? 2U : 0U);
    return (guard & guards_[k]) != 0;
  }
  /// The colours nearest to k, itself first.
  [[nodiscard]] std::span<const std::uint8_t> near(std::size_t k) const noexcept {
    return {near_.data() + k * near_count_, near_count_};
  }
  /// The nearest colour by steps to nearer ones among those near `start`; mostly the nearest of all.
  [[nodiscard]] std::uint8_t nearest_from(const PremultipliedColour& pixel, std::uint8_t start) const noexcept;
  /// The squared distances of all pixels from their colours, without what is forbidden.
  [[nodiscard]] std::uint64_t squared_error(std::span<const PremultipliedColour> pixels,
                                            std::span<const std::uint8_t> indices) const noexcept;

 private:
  std::vector<PremultipliedColour> colours_;
  std::array<std::uint8_t, ColourSet::max_size> guards_{};  // 1: not opaque, 2: not transparent
  std::size_t near_count_;
  std::vector<std::uint8_t> near_;
};

/// Moves the colours that are not among `fixed` to the means of their pixels; opaque ones stay opaque, transparent ones
/// stay. Colours without pixels stay.
void move_to_means(std::vector<ColourSet::Colour>& colours, std::span<const ColourSet::Colour> fixed,
                   std::span<const PremultipliedColour> pixels, std::span<const std::uint8_t> indices);

}  // namespace vqi::detail
