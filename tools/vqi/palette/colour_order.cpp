// Sorts indices by integer keys.
#include "colour_order.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace vqi::tool {
namespace {

std::uint64_t luma_of(const Rgba& rgba) noexcept {
  return 2126ULL * rgba[0] + 7152ULL * rgba[1] + 722ULL * rgba[2];  // Rec. 709, in 1/10000
}

/// 0 for greys, else 1 to 24: the part of the colour circle.
std::uint32_t hue_part_of(const Rgba& rgba, std::uint32_t max_value) noexcept {
  const std::int64_t most = std::max({rgba[0], rgba[1], rgba[2]});
  const std::int64_t least = std::min({rgba[0], rgba[1], rgba[2]});
  const std::int64_t chroma = most - least;
  constexpr std::int64_t grey_part = 24;  // of the greatest chroma: less is taken for grey
  if (chroma * grey_part <= max_value) return 0;
  const std::int64_t r = rgba[0];
  const std::int64_t g = rgba[1];
  const std::int64_t b = rgba[2];
  // In sixths of the circle times chroma, as in HSV.
  std::int64_t hue = most == r ? g - b : most == g ? b - r + 2 * chroma : r - g + 4 * chroma;
  hue = 8 * hue + chroma;  // in 48ths from where red is in the middle of the first two
  if (hue < 0) hue += 48 * chroma;
  return 1 + static_cast<std::uint32_t>(hue / (2 * chroma) % 24);
}

}  // namespace

void sort_palette(Palette& palette, PaletteOrder order) {
  if (order == PaletteOrder::none) return;
  std::vector<std::size_t> places(palette.colours.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  const auto key = [&](std::size_t k) {
    const Rgba& rgba = palette.colours[k].rgba;
    const std::uint64_t unused = order == PaletteOrder::use ? ~palette.counts[k] : 0;
    const std::uint32_t hue = order == PaletteOrder::hue ? hue_part_of(rgba, palette.max_value()) : 0;
    return std::tuple{unused, hue, order == PaletteOrder::use ? 0 : luma_of(rgba),
                      order == PaletteOrder::use ? 0U : rgba[3]};
  };
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  Palette sorted{palette.name, palette.bit_depth, {}, {}};
  for (const std::size_t k : places) {
    sorted.colours.push_back(std::move(palette.colours[k]));
    if (!palette.counts.empty()) sorted.counts.push_back(palette.counts[k]);
  }
  palette = std::move(sorted);
}

}  // namespace vqi::tool
