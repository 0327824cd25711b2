// Colours are counted in a hash table until they are too many.
#include "png_form.hpp"

#include <algorithm>

namespace vqi::detail {

std::size_t ColourSet::find_slot(Colour colour) const noexcept {
  std::size_t slot = (colour * 0x9E3779B1U) >> 22;  // the upper 10 bits
  while (places_[slot] != 0 && colours_[places_[slot] - 1U] != colour) slot = (slot + 1) % slots;
  return slot;
}

bool ColourSet::add(Colour colour) {
  const std::size_t slot = find_slot(colour);
  if (places_[slot] != 0) return true;
  if (colours_.size() == max_size) return false;
  colours_.push_back(colour);
  places_[slot] = static_cast<std::uint16_t>(colours_.size());
  return true;
}

std::uint8_t ColourSet::index_of(Colour colour) const noexcept {
  return static_cast<std::uint8_t>(places_[find_slot(colour)] - 1);
}

void ColourSet::put_translucent_first(std::size_t kept) {
  std::vector<Colour> ordered = colours_;
  std::stable_partition(ordered.begin() + static_cast<std::ptrdiff_t>(kept), ordered.end(), is_translucent);
  *this = ColourSet();
  for (const Colour colour : ordered) static_cast<void>(add(colour));
}

bool add_colours(const ImageView& rows, ColourSet& set) {
  for (std::uint32_t y = 0; y < rows.height_px; ++y) {
    const std::byte* sample = rows.row(y);
    ColourSet::Colour last = ~colour_at(sample, rows.channels);
    for (std::uint32_t x = 0; x < rows.width_px; ++x, sample += rows.channels) {
      const ColourSet::Colour colour = colour_at(sample, rows.channels);
      if (colour != last && !set.add(colour)) return false;
      last = colour;
    }
  }
  return true;
}

std::optional<ColourSet> find_few_colours(const ImageView& image) {
  ColourSet set;
  if (!add_colours(image, set)) return std::nullopt;
  set.put_translucent_first();
  return set;
}

void GreyLevels::add(const ImageView& rows) noexcept {
  for (std::uint32_t y = 0; y < rows.height_px; ++y)
    for (std::uint32_t x = 0; x < rows.width_px; ++x) occurs_[std::to_integer<std::size_t>(rows.row(y)[x])] = true;
}

std::uint32_t GreyLevels::bits() const noexcept {
  for (const std::uint32_t bits : {1U, 2U, 4U}) {
    const std::uint32_t step = 255U / ((1U << bits) - 1);
    bool fits = true;
    for (std::uint32_t value = 0; value < occurs_.size(); ++value) fits &= !occurs_[value] || value % step == 0;
    if (fits) return bits;
  }
  return 8;
}

std::uint32_t find_grey_bits(const ImageView& image) {
  GreyLevels levels;
  levels.add(image);
  return levels.bits();
}

}  // namespace vqi::detail
