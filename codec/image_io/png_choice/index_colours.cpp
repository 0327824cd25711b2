// Premultiplied samples, as the codec itself compares colours.
#include "index_colours.hpp"

#include <algorithm>
#include <numeric>

namespace vqi::detail {
namespace {

PremultipliedColour premultiplied(ColourSet::Colour colour) {
  const std::uint32_t alpha = colour >> 24;
  const auto part = [&](std::uint32_t shift) {
    return static_cast<std::int16_t>(((colour >> shift & 255) * alpha + 127) / 255);
  };
  return {part(0), part(8), part(16), static_cast<std::int16_t>(alpha)};
}

struct CellSum {
  std::array<std::uint64_t, 4> samples{};
  std::uint64_t pixels = 0;
};

ColourSet::Colour mean_colour(const CellSum& sum, ColourSet::Colour old) {
  const std::uint32_t old_alpha = old >> 24;
  if (sum.pixels == 0 || old_alpha == 0) return old;
  const auto mean = [&](std::size_t i) { return (sum.samples[i] + sum.pixels / 2) / sum.pixels; };
  const std::uint64_t alpha = old_alpha == 255 ? 255 : std::clamp<std::uint64_t>(mean(3), 1, 254);
  ColourSet::Colour colour = static_cast<ColourSet::Colour>(alpha << 24);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::uint64_t whole = sum.pixels * alpha;
    const std::uint64_t straight = std::min<std::uint64_t>(255, (sum.samples[i] * 255 + whole / 2) / whole);
    colour |= static_cast<ColourSet::Colour>(straight << (8 * i));
  }
  return colour;
}

}  // namespace

std::vector<PremultipliedColour> premultiplied_pixels(const ImageView& image) {
  std::vector<PremultipliedColour> pixels;
  pixels.reserve(std::size_t{image.width_px} * image.height_px);
  for (std::uint32_t y = 0; y < image.height_px; ++y) {
    const std::byte* sample = image.row(y);
    for (std::uint32_t x = 0; x < image.width_px; ++x, sample += image.channels) {
      const bool is_grey = image.channels < 3;
      const std::array<std::byte, 4> pixel{sample[0], sample[is_grey ? 0 : 1], sample[is_grey ? 0 : 2],
                                           image.has_alpha() ? sample[image.channels - 1] : std::byte{255}};
      pixels.push_back(premultiplied(colour_at(pixel.data(), 4)));
    }
  }
  return pixels;
}

IndexColours::IndexColours(std::span<const ColourSet::Colour> colours)
    : near_count_(std::min(near_colours, colours.size())) {
  std::uint8_t unmet = 3;
  for (const ColourSet::Colour colour : colours) {
    const std::uint32_t alpha = colour >> 24;
    const auto guard = static_cast<std::uint8_t>((alpha != 255 ? 1 : 0) | (alpha != 0 ? 2 : 0));
    guards_[colours_.size()] = guard;
    unmet &= guard;
    colours_.push_back(premultiplied(colour));
  }
  for (std::uint8_t& guard : guards_) guard = static_cast<std::uint8_t>(guard & ~unmet);
  std::vector<std::pair<std::int32_t, std::uint8_t>> order(colours_.size());
  for (const PremultipliedColour& centre : colours_) {
    for (std::size_t k = 0; k < order.size(); ++k)
      order[k] = {&centre == &colours_[k] ? -1 : squared_distance(centre, colours_[k]), static_cast<std::uint8_t>(k)};
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(near_count_), order.end());
    for (std::size_t i = 0; i < near_count_; ++i) near_.push_back(order[i].second);
  }
}

std::uint8_t IndexColours::nearest_from(const PremultipliedColour& pixel, std::uint8_t start) const noexcept {
  std::uint8_t best = start;
  std::int32_t least = distance(pixel, start);
  for (bool moved = least > 0; moved;) {
    moved = false;
    for (const std::uint8_t k : near(best)) {
      const std::int32_t found = distance(pixel, k);
      if (found >= least) continue;
      least = found;
      start = k;
      moved = true;
    }
    best = start;
  }
  return best;
}

std::uint64_t IndexColours::squared_error(std::span<const PremultipliedColour> pixels,
                                          std::span<const std::uint8_t> indices) const noexcept {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < pixels.size(); ++i)
    sum += static_cast<std::uint64_t>(squared_distance(pixels[i], colours_[indices[i]]));
  return sum;
}

void move_to_means(std::vector<ColourSet::Colour>& colours, std::span<const ColourSet::Colour> fixed,
                   std::span<const PremultipliedColour> pixels, std::span<const std::uint8_t> indices) {
  std::vector<CellSum> sums(colours.size());
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    CellSum& sum = sums[indices[i]];
    const PremultipliedColour& pixel = pixels[i];
    sum.samples[0] += static_cast<std::uint64_t>(pixel.red);
    sum.samples[1] += static_cast<std::uint64_t>(pixel.green);
    sum.samples[2] += static_cast<std::uint64_t>(pixel.blue);
    sum.samples[3] += static_cast<std::uint64_t>(pixel.alpha);
    ++sum.pixels;
  }
  for (std::size_t k = 0; k < colours.size(); ++k)
    if (std::find(fixed.begin(), fixed.end(), colours[k]) == fixed.end()) colours[k] = mean_colour(sums[k], colours[k]);
}

}  // namespace vqi::detail
