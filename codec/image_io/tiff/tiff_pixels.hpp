// The strips and tiles of a TIFF page to the rows of an Image, and what becomes of damaged ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "tiff_colour.hpp"
#include "tiff_directory.hpp"
#include "tiff_handle.hpp"
#include "tiff_layout.hpp"
#include "vqi/image_io.hpp"

namespace vqi::detail {

/// Bytes that `TiffPixels` takes beside the rows that it gives.
[[nodiscard]] std::uint64_t tiff_scratch_bytes(const TiffLayout& layout) noexcept;

/// The most rows of a band of `TiffPixels`.
[[nodiscard]] std::uint32_t band_rows_max(const TiffLayout& layout) noexcept;

/// A page whose directory has been read. Borrows all but the colour.
struct TiffPixelSource {
  TiffHandle& handle;
  const TiffDirectory& directory;
  const FileBytes& file;
  const TiffLayout& layout;
  TiffColour colour;
};

/// Decodes a page, as stored, in bands of whole rows: a row of tiles, a compressed strip, or a part of another strip. A
/// strip or tile that is damaged, too short or missing is Error{corrupt_image}; with Damage::salvage its pixels become
/// grey from the first row on that cannot be decoded. Throws Error{not_an_image} where libtiff does not support what
/// the file uses.
class TiffPixels {
 public:
  /// Borrows what the page does. Warnings go to `result`.
  TiffPixels(const TiffPixelSource& page, Damage damage, ReadImage& result);
  TiffPixels(const TiffPixels&) = delete;
  TiffPixels& operator=(const TiffPixels&) = delete;
  ~TiffPixels();

  /// The rows of the band that begins with `first_row`; the others begin where one ends, the first with row 0.
  [[nodiscard]] std::uint32_t band_rows(std::uint32_t first_row) const noexcept;
  /// Decodes them to `rows`, without gaps between them. Calls `report` before each strip or tile.
  void read_band(std::uint32_t first_row, std::byte* rows, const std::function<void()>& report);
  /// Adds which rows are lost to the warnings; to be called after the last band.
  void note_lost_rows();

 private:
  class Reader;
  std::unique_ptr<Reader> reader_;
};

/// Decodes `page` into `result.image`, which has the layout's size. Throws Error{cancelled} as well.
void read_tiff_pixels(const TiffPixelSource& page, Damage damage, const RunOptions& run, ReadImage& result);

}  // namespace vqi::detail
