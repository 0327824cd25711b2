// TiffLayout: what the pixels of a TIFF page are and how they lie in the file, in kinds that vqi reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tiff_directory.hpp"
#include "tiff_handle.hpp"

namespace vqi::detail {

/// What the samples of a pixel stand for; alpha may follow them.
enum class TiffColours { inverted_grey, grey, rgb, palette, cmyk, ycbcr, cie_lab, icc_lab };

struct TiffLayout {
  std::uint32_t width_px = 0;   ///< as stored, before orientation
  std::uint32_t height_px = 0;  ///< as stored
  TiffColours colours = TiffColours::grey;
  std::uint32_t bits = 8;            ///< of a sample, 1..16
  std::uint32_t samples = 1;         ///< of a pixel
  std::uint32_t colour_samples = 1;  ///< those that stand for the colour; they come first
  std::optional<std::uint32_t> alpha_sample;
  bool is_premultiplied = false;  ///< colours are multiplied by alpha
  bool has_planes = false;        ///< each sample has strips or tiles of its own
  bool is_tiled = false;
  std::uint32_t segment_width_px = 0;   ///< of a tile, or the image's
  std::uint32_t segment_height_px = 0;  ///< of a tile, or of a strip but the last
  std::uint32_t subsampling_x = 1;      ///< pixels that share chroma samples, as libtiff hands them out
  std::uint32_t subsampling_y = 1;
  std::uint32_t orientation = 1;
  bool is_compressed = false;
  bool is_deflated = false;
  bool is_byte_swapped = false;  ///< words of uncompressed samples are not in this machine's order
  bool is_bit_reversed = false;  ///< the first pixel of an uncompressed byte is in its lowest bit

  [[nodiscard]] std::uint32_t channels() const noexcept {
    const bool is_grey = colours == TiffColours::inverted_grey || colours == TiffColours::grey;
    return (is_grey ? 1U : 3U) + (alpha_sample ? 1U : 0U);
  }
  [[nodiscard]] std::uint32_t bit_depth() const noexcept { return bits > 8 ? 16 : 8; }
  [[nodiscard]] bool is_subsampled() const noexcept { return subsampling_x * subsampling_y != 1; }
  [[nodiscard]] std::uint32_t across() const noexcept { return (width_px - 1) / segment_width_px + 1; }
  [[nodiscard]] std::uint32_t down() const noexcept { return (height_px - 1) / segment_height_px + 1; }
  /// Planes that are read: those behind alpha, and those of samples that stand for nothing, are not.
  [[nodiscard]] std::vector<std::uint32_t> planes() const;
  /// Bytes of a row of a decoded strip or tile of one plane, without subsampling.
  [[nodiscard]] std::uint64_t row_bytes() const noexcept {
    return (std::uint64_t{segment_width_px} * (has_planes ? 1 : samples) * bits + 7) / 8;
  }
  /// Bytes of a decoded strip or tile of one plane, of the first `rows` rows; the largest integer where they are more.
  [[nodiscard]] std::uint64_t segment_bytes(std::uint32_t rows) const noexcept;
};

/// The layout of the page that `handle` has read, whose directory `directory` is as well; sets what libtiff is to
/// decode to, and adds to `warnings` which samples are left out. Throws Error{not_an_image} for a kind that is not read
/// and Error{corrupt_image}.
[[nodiscard]] TiffLayout read_tiff_layout(TiffHandle& handle, const TiffDirectory& directory,
                                          std::vector<std::string>& warnings);

}  // namespace vqi::detail
