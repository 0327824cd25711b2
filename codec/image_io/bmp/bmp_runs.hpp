// The run lengths of a BMP to cells: indices, or colours of 24 bits.
#pragma once

#include <cstdint>
#include <vector>

#include "bmp_header.hpp"
#include "byte_window.hpp"
#include "damage_report.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// A cell that no run covers: deltas, and ends of line or bitmap, may pass over pixels.
constexpr std::uint32_t skipped_bmp_cell = 0xFFFFFFFF;

/// The cells of a BMP of RLE4, RLE8 or RLE24, in the file's order of rows, and where the runs end.
struct BmpRuns {
  std::vector<std::uint32_t> cells;
  std::uint64_t end_offset = 0;
};

/// Decodes run lengths; four bytes for each cell. A run that is longer than its row is cut there, as programs write
/// rows padded to four. Data that end before the picture, and deltas and runs that lead out of it, are damage; a
/// missing end of bitmap is damage that changes no pixel. Throws Error{corrupt_image, cancelled}.
[[nodiscard]] BmpRuns decode_bmp_runs(const ByteWindow& window, const BmpHeader& header, DamageReport& damage,
                                      const ProgressCallback& callback);

}  // namespace vqi::detail
