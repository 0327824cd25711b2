// Gradients are found as components of the picture.
//
// 1. A plateau is a component of equal colours. It is flat if it is large, and much larger than each plateau that a
//    small step joins it to: a page or a button, with the shadows around it. The bands of a slow gradient are large as
//    well, but like their neighbours.
// 2. A region is a component of pixels that are joined by small steps, without flat plateaus. A step is small against
//    the error of the pixels' codewords: smaller than what quantization makes of it. Edges and strokes of text are
//    steep, and texture at fine palettes is as well.
// 3. A region is a gradient if it is large and has several codewords: between them are the false edges that dithering
//    hides.
#include "gradient_mask.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "work_pulse.hpp"

namespace vqi::detail {
namespace {

/// Chosen by eye on photographs, screens and gradients at K = 8, 32 and 256.
struct GradientRules {
  std::int32_t step_256 = 3;              ///< a step is small up to this, in 1/256 of the range of samples,
  std::int32_t step_error_percent = 100;  ///< and up to this part of the larger error of both pixels
  std::uint32_t flat_pixels = 256;        ///< a flat plateau has at least as many,
  std::uint32_t flat_times = 8;           ///< and as many times the pixels of each plateau around it
  std::uint32_t region_pixels = 64;       ///< a gradient has at least as many
};
constexpr GradientRules rules;

/// Sets of pixels that are joined to components; each has its first pixel for a name.
class Components {
 public:
  explicit Components(std::size_t pixels) : parent_(pixels) {
    for (std::size_t n = 0; n < pixels; ++n) parent_[n] = static_cast<std::uint32_t>(n);
  }

  [[nodiscard]] std::uint32_t root(std::uint32_t n) noexcept {
    while (parent_[n] != n) {
      parent_[n] = parent_[parent_[n]];
      n = parent_[n];
    }
    return n;
  }

  void join(std::uint32_t first, std::uint32_t second) noexcept {
    first = root(first);
    second = root(second);
    if (first < second)
      parent_[second] = first;
    else
      parent_[first] = second;
  }

 private:
  LargeVector<std::uint32_t> parent_;
};

/// A pixel beside the one above or left of it.
struct Neighbours {
  std::uint32_t first;  ///< number of the pixel above or left
  std::uint32_t second;
  const DitherPoint& first_colour;
  const DitherPoint& second_colour;
};

/// Calls visit(neighbours) for all pairs of pixels side by side or one above the other, row by row.
template <typename Visit>
void for_each_neighbours(const ImageView& image, const Work& work, const Visit& visit) {
  const std::uint32_t width = image.width_px;
  std::vector<DitherPoint> points(width);
  std::vector<DitherPoint> above(width);
  WorkPulse pulse(work.pool);
  for (std::uint32_t y = 0; y < image.height_px; ++y) {
    pulse.add(std::uint64_t{width} * 20);
    read_points(image, y, points);
    const std::uint32_t row = y * width;
    for (std::uint32_t x = 0; x < width; ++x) {
      if (x > 0) visit(Neighbours{row + x - 1, row + x, points[x - 1], points[x]});
      if (y > 0) visit(Neighbours{row + x - width, row + x, above[x], points[x]});
    }
    std::swap(points, above);
  }
}

/// What a step between colours is compared with.
class Steps {
 public:
  Steps(const DitherPalette& palette, std::span<const std::uint16_t> indices)
      : palette_(palette), indices_(indices), least_(std::max(1, rules.step_256 * (palette.max_value() + 1) / 256)) {}

  [[nodiscard]] bool is_small(const Neighbours& pair) const noexcept {
    if (palette_.is_transparent(pair.first_colour) || palette_.is_transparent(pair.second_colour)) return false;
    const std::int32_t step = largest_step(pair.first_colour, pair.second_colour);
    if (step <= least_) return true;
    const std::int32_t error =
        std::max(error_of(pair.first, pair.first_colour), error_of(pair.second, pair.second_colour));
    return std::int64_t{step} * 100 <= std::int64_t{error} * rules.step_error_percent;
  }

 private:
  [[nodiscard]] std::int32_t error_of(std::uint32_t n, const DitherPoint& colour) const noexcept {
    return largest_step(colour, palette_.points()[indices_[n]]);
  }

  const DitherPalette& palette_;
  std::span<const std::uint16_t> indices_;
  std::int32_t least_;
};

/// 1 for the pixels of flat plateaus.
LargeVector<std::uint8_t> find_flat(const ImageView& image, const Steps& steps, const Work& work) {
  const std::size_t pixels = std::size_t{image.width_px} * image.height_px;
  Components plateaus(pixels);
  for_each_neighbours(image, work, [&](const Neighbours& pair) {
    if (pair.first_colour == pair.second_colour) plateaus.join(pair.first, pair.second);
  });
  LargeVector<std::uint32_t> size(pixels, 0);
  LargeVector<std::uint32_t> largest_beside(pixels, 0);
  for (std::size_t n = 0; n < pixels; ++n) ++size[plateaus.root(static_cast<std::uint32_t>(n))];
  for_each_neighbours(image, work, [&](const Neighbours& pair) {
    if (pair.first_colour == pair.second_colour || !steps.is_small(pair)) return;
    const std::uint32_t first = plateaus.root(pair.first);
    const std::uint32_t second = plateaus.root(pair.second);
    largest_beside[first] = std::max(largest_beside[first], size[second]);
    largest_beside[second] = std::max(largest_beside[second], size[first]);
  });
  LargeVector<std::uint8_t> flat(pixels);
  for (std::size_t n = 0; n < pixels; ++n) {
    const std::uint32_t root = plateaus.root(static_cast<std::uint32_t>(n));
    flat[n] = size[root] >= rules.flat_pixels && size[root] / rules.flat_times >= largest_beside[root] ? 1 : 0;
  }
  return flat;
}

}  // namespace

LargeVector<std::uint8_t> find_gradients(const ImageView& image, const DitherPalette& palette,
                                         std::span<const std::uint16_t> indices, const Work& work) {
  const std::size_t pixels = indices.size();
  const Steps steps(palette, indices);
  LargeVector<std::uint8_t> mask = find_flat(image, steps, work);
  Components regions(pixels);
  for_each_neighbours(image, work, [&](const Neighbours& pair) {
    if (mask[pair.first] == 0 && mask[pair.second] == 0 && steps.is_small(pair)) regions.join(pair.first, pair.second);
  });
  LargeVector<std::uint32_t> size(pixels, 0);
  LargeVector<std::uint8_t> several(pixels, 0);
  for (std::size_t n = 0; n < pixels; ++n) {
    const std::uint32_t root = regions.root(static_cast<std::uint32_t>(n));
    ++size[root];
    if (indices[n] != indices[root]) several[root] = 1;
  }
  for (std::size_t n = 0; n < pixels; ++n) {
    const std::uint32_t root = regions.root(static_cast<std::uint32_t>(n));
    mask[n] = mask[n] == 0 && size[root] >= rules.region_pixels && several[root] != 0 ? 1 : 0;
  }
  return mask;
}

}  // namespace vqi::detail
