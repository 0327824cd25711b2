// The strips and tiles of a TIFF page to the rows of an Image, and what becomes of damaged ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "tiff_colour.hpp"
#include "tiff_directory.hpp"
#include "tiff_handle.hpp"
#include "tiff_layout.hpp"
#include "vqi/image_io.hpp"

namespace vqi::detail {

/// Bytes that `read_tiff_pixels` takes beside the image.
[[nodiscard]] std::uint64_t tiff_scratch_bytes(const TiffLayout& layout) noexcept;

/// A page whose directory has been read. Borrows all but the colour.
struct TiffPixelSource {
  TiffHandle& handle;
  const TiffDirectory& directory;
  std::span<const std::byte> file;
  const TiffLayout& layout;
  TiffColour colour;
};

/// Decodes `page` into `result.image`, which has the layout's size, as stored. A strip or tile that is damaged, too
/// short or missing is Error{corrupt_image}; with Damage::salvage its pixels become grey from the first row on that
/// cannot be decoded, and `result` tells which rows. Throws Error{not_an_image} where libtiff does not support what the
/// file uses, and Error{cancelled}.
void read_tiff_pixels(const TiffPixelSource& page, Damage damage, const RunOptions& run, ReadImage& result);

}  // namespace vqi::detail
