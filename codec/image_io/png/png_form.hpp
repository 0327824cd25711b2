// The smallest kind of PNG that holds an image's pixels and is read back with the same channels.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "vqi/image.hpp"

namespace vqi::detail {

/// At most 256 colours, each found in a time that does not depend on their number.
class ColourSet {
 public:
  static constexpr std::size_t max_size = 256;

  /// Red, green, blue, alpha from the low byte on.
  using Colour = std::uint32_t;

  /// Adds a colour unless it is there. False if there is no room for it.
  [[nodiscard]] bool add(Colour colour);
  /// The place of a colour that was added, in `colours`.
  [[nodiscard]] std::uint8_t index_of(Colour colour) const noexcept;
  /// In the order of first appearance; after `put_translucent_first` those that are not opaque come first.
  [[nodiscard]] const std::vector<Colour>& colours() const noexcept { return colours_; }
  /// The first `kept` colours stay before all others.
  void put_translucent_first(std::size_t kept = 0);

 private:
  static constexpr std::size_t slots = 1024;
  [[nodiscard]] std::size_t find_slot(Colour colour) const noexcept;

  std::vector<Colour> colours_;
  std::array<std::uint16_t, slots> places_{};  // of colours in colours_, from 1; 0: empty
};

[[nodiscard]] constexpr bool is_translucent(ColourSet::Colour colour) noexcept { return colour >> 24 != 255; }

/// The colour of the pixel at `sample` of 8-bit RGB or RGBA.
[[nodiscard]] inline ColourSet::Colour colour_at(const std::byte* sample, std::uint32_t channels) noexcept {
  const auto part = [&](std::uint32_t channel) { return std::to_integer<std::uint32_t>(sample[channel]); };
  return part(0) | part(1) << 8 | part(2) << 16 | (channels == 4 ? part(3) : 255U) << 24;
}

/// The colours of an 8-bit RGB or RGBA image, translucent ones first; nothing if they are over 256. Stops at the first
/// that is too much.
[[nodiscard]] std::optional<ColourSet> find_few_colours(const ImageView& image);

/// Adds the colours of rows of 8-bit RGB or RGBA; false at the first that is too much.
[[nodiscard]] bool add_colours(const ImageView& rows, ColourSet& set);

/// The samples that occur in 8-bit grey rows.
class GreyLevels {
 public:
  void add(const ImageView& rows) noexcept;
  /// 1, 2, 4 or 8: the fewest bits per sample from which all of them are widened exactly.
  [[nodiscard]] std::uint32_t bits() const noexcept;

 private:
  std::array<bool, 256> occurs_{};
};

/// `GreyLevels::bits` of a whole image.
[[nodiscard]] std::uint32_t find_grey_bits(const ImageView& image);

}  // namespace vqi::detail
