// TiffColour: samples of a TIFF's kind of colour to those of an Image.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tiff_layout.hpp"

namespace vqi::detail {

/// What beside the layout says which colour samples stand for.
struct TiffColourTables {
  std::vector<std::array<std::uint8_t, 3>> palette;            ///< 2^bits colours, for a palette
  std::array<float, 3> luma{0.299F, 0.587F, 0.114F};           ///< of red, green and blue, for YCbCr
  std::array<float, 6> reference{0, 255, 128, 255, 128, 255};  ///< black and white of Y, Cb and Cr
};

/// Reads the tables of the page that `handle` has read. Throws Error{corrupt_image}.
[[nodiscard]] TiffColourTables read_tiff_colour_tables(TiffHandle& handle, const TiffLayout& layout);

class TiffColour {
 public:
  /// Borrows both.
  TiffColour(const TiffLayout& layout, const TiffColourTables& tables);

  /// Makes `count` pixels of the layout's channels and depth out of what `read_tiff_samples` gives. Takes `samples` for
  /// its own work.
  void convert(std::span<std::uint16_t> samples, std::uint32_t count, std::byte* pixels) const;

 private:
  template <typename Sample>
  void convert_row(std::span<std::uint16_t> samples, std::uint32_t count, Sample* pixels) const;
  void stretch(std::span<std::uint16_t> samples) const;
  [[nodiscard]] std::array<std::uint32_t, 3> rgb_of(const std::uint16_t* colour) const;

  const TiffLayout& layout_;
  const TiffColourTables& tables_;
  std::uint32_t full_;
  std::vector<std::uint16_t>
      stretched_;  ///< by a sample in the file's range, that of the image; empty if it is the same
};

}  // namespace vqi::detail
