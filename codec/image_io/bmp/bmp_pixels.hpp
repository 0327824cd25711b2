// The pixels of a BMP to an Image, by palette, masks or as they are.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "bmp_header.hpp"
#include "byte_window.hpp"
#include "damage_report.hpp"
#include "vqi/image.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

using BmpPalette = std::vector<std::array<std::uint8_t, 3>>;

/// The palette, as red, green and blue. Throws Error{corrupt_image} where the file ends before it does.
[[nodiscard]] BmpPalette read_bmp_palette(const ByteWindow& window, const BmpHeader& header);

/// Where the rows of a picture without run lengths end, in the file or behind its end.
[[nodiscard]] std::uint64_t end_of_bmp_rows(const BmpHeader& header) noexcept;

/// True if some pixel has an alpha that is not 0.
[[nodiscard]] bool has_any_alpha(const ByteWindow& window, const BmpHeader& header);

/// Fills `image`, of the header's size and 8 bits: 1 channel takes the palette for grey, 4 want an alpha mask. Rows
/// that the file lacks, and pixels outside of the palette, are damage; with salvage they stay as they are, or black.
/// Throws Error{corrupt_image, cancelled}.
void read_bmp_rows(const ByteWindow& window, const BmpHeader& header, const BmpPalette& palette, DamageReport& damage,
                   const ProgressCallback& callback, Image& image);

/// As `read_bmp_rows`, from run lengths that `decode_bmp_runs` has decoded to `cells`. 2 and 4 channels have alpha 0
/// where a pixel was skipped, and there the palette's first colour.
void paint_bmp_cells(const std::vector<std::uint32_t>& cells, const BmpHeader& header, const BmpPalette& palette,
                     DamageReport& damage, Image& image);

}  // namespace vqi::detail
