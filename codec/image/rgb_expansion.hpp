// RgbExpansion: indices below 256 to pixels of three bytes, 64 at a time where the machine can permute bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::detail {

/// Pixels of a few colours written in whole cache lines: what such a line held before is then not read from memory,
/// which takes most of the time of writing it piece by piece.
class RgbExpansion {
 public:
  static constexpr std::size_t colours_max = 256;

  /// `colours` holds at most colours_max colours of three bytes.
  explicit RgbExpansion(std::span<const std::byte> colours) noexcept;

  /// Three bytes for each of `indices`, all of them below the number of colours.
  void expand(std::span<const std::uint16_t> indices, std::byte* pixels) const noexcept;
  /// The same, pixel by pixel: what machines without these instructions do.
  void expand_portable(std::span<const std::uint16_t> indices, std::byte* pixels) const noexcept;

 private:
  void expand_lines(std::span<const std::uint16_t> indices, std::byte* pixels) const noexcept;

  using Plane = std::array<std::uint8_t, colours_max>;
  std::array<Plane, 3> planes_{};                         // the first bytes of all colours, then the second ...
  std::array<std::byte, 3 * colours_max + 1> colours_{};  // with one byte more, since four are read
};

}  // namespace vqi::detail
