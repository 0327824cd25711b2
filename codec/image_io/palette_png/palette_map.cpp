// Codewords become colours, each distinct one once, and the map's indices follow.
#include "palette_map.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// The colours of a codebook of 1x1 blocks.
std::vector<ColourSet::Colour> codeword_colours(const ImageView& codebook) {
  std::vector<ColourSet::Colour> colours;
  const std::byte* sample = codebook.row(0);
  for (std::uint32_t i = 0; i < codebook.width_px; ++i, sample += codebook.channels) {
    const bool is_grey = codebook.channels < 3;
    const std::array<std::byte, 4> pixel{sample[0], sample[is_grey ? 0 : 1], sample[is_grey ? 0 : 2],
                                         codebook.has_alpha() ? sample[codebook.channels - 1] : std::byte{255}};
    colours.push_back(colour_at(pixel.data(), 4));
  }
  return colours;
}

void validate_indexed(const IndexedImage& indexed) {
  const ImageView codebook = indexed.codebook.view();
  validate(codebook);
  if (codebook.bit_depth != 8)
    throw Error(ErrorCode::invalid_option, "a palette PNG holds 8 bits per sample; this image has 16");
  if (codebook.height_px != 1 || indexed.map_width != indexed.width_px || indexed.map_height != indexed.height_px)
    throw Error(ErrorCode::invalid_option, "a palette PNG holds one index per pixel; this image has larger blocks");
  if (codebook.width_px > ColourSet::max_size)
    throw Error(ErrorCode::invalid_option, "a palette PNG holds at most 256 colours; this image has " +
                                               std::to_string(codebook.width_px) + " codewords");
  if (indexed.width_px == 0 || indexed.height_px == 0 ||
      indexed.indices.size() != std::size_t{indexed.width_px} * indexed.height_px)
    throw Error(ErrorCode::invalid_image, "index map does not have one index per pixel");
  const auto is_outside = [&](std::uint16_t index) { return index >= codebook.width_px; };
  if (std::any_of(indexed.indices.begin(), indexed.indices.end(), is_outside))
    throw Error(ErrorCode::invalid_image, "index map holds an index that has no codeword");
}

}  // namespace

PaletteMap make_palette_map(const IndexedImage& indexed, std::size_t kept) {
  validate_indexed(indexed);
  const std::vector<ColourSet::Colour> codewords = codeword_colours(indexed.codebook);
  std::array<bool, ColourSet::max_size> used{};
  for (const std::uint16_t index : indexed.indices) used[index] = true;
  ColourSet set;
  for (std::size_t k = 0; k < codewords.size(); ++k)
    if (used[k] || k < kept) static_cast<void>(set.add(codewords[k]));
  set.put_translucent_first(kept);
  std::array<std::uint8_t, ColourSet::max_size> place{};
  for (std::size_t k = 0; k < codewords.size(); ++k)
    if (used[k]) place[k] = set.index_of(codewords[k]);
  PaletteMap map{indexed.width_px, indexed.height_px, std::vector<std::uint8_t>(indexed.indices.size()), set.colours(),
                 kept};
  std::transform(indexed.indices.begin(), indexed.indices.end(), map.indices.begin(),
                 [&](std::uint16_t index) { return place[index]; });
  return map;
}

PaletteMap make_palette_map(const ImageView& image, const ColourSet& set) {
  PaletteMap map{image.width_px, image.height_px, {}, set.colours(), 0};
  map.indices.reserve(std::size_t{image.width_px} * image.height_px);
  for (std::uint32_t y = 0; y < image.height_px; ++y) {
    const std::byte* sample = image.row(y);
    for (std::uint32_t x = 0; x < image.width_px; ++x, sample += image.channels)
      map.indices.push_back(set.index_of(colour_at(sample, image.channels)));
  }
  return map;
}

void reorder(PaletteMap& map, std::span<const std::uint8_t> places) {
  std::vector<ColourSet::Colour> moved(map.colours.size());
  for (std::size_t k = 0; k < moved.size(); ++k) moved[places[k]] = map.colours[k];
  map.colours = std::move(moved);
  for (std::uint8_t& index : map.indices) index = places[index];
}

std::size_t colours_before_opaque(const PaletteMap& map) noexcept {
  const auto first = map.colours.begin() + static_cast<std::ptrdiff_t>(map.kept);
  const auto opaque = std::find_if_not(first, map.colours.end(), is_translucent);
  return static_cast<std::size_t>(opaque - map.colours.begin());
}

}  // namespace vqi::detail
