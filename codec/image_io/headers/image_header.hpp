// ImageHeader: format and size of an image file before it is decoded, and what to mend afterwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "byte_window.hpp"

namespace vqi::detail {

/// What a decoded alpha channel means.
enum class AlphaKind { straight, premultiplied, none };

/// A byte to overwrite before decoding.
struct BytePatch {
  std::size_t offset = 0;
  std::byte value{};
};

/// An image file's header. Formats other than PNG are decoded by OpenCV, which takes memory by the
/// declared size, applies orientation to some formats only, and leaves samples of other ranges as
/// they are: the fields tell what to check before and what to mend after.
struct ImageHeader {
  std::string_view format;          ///< "JPEG", "WebP" ...
  std::uint32_t width_px = 0;       ///< as stored, before orientation
  std::uint32_t height_px = 0;      ///< as stored
  std::uint32_t channels = 3;       ///< the most that the decoder may return
  std::uint32_t bit_depth = 8;      ///< the most that the decoder may return
  std::uint64_t scratch_bytes = 0;  ///< what the decoder takes beside the image, for large items
  std::uint32_t orientation = 1;    ///< EXIF's 1..8, to be applied to what is decoded
  std::uint32_t sample_max = 0;     ///< the value decoded for white, to be scaled to full; 0: full
  bool is_rgb_order = false;        ///< decoded as RGB; otherwise as BGR
  AlphaKind alpha = AlphaKind::straight;
  std::vector<BytePatch> patches;  ///< to be applied to a copy of the file before decoding
  std::size_t min_file_bytes = 0;  ///< to which a copy of the file is to be filled up with zeros
  std::vector<std::string> warnings;
};

/// True if the bytes begin as a file does whose header is read here.
[[nodiscard]] bool has_image_signature(std::span<const std::byte> bytes);

/// Reads the header of a file that `has_image_signature`; `bytes` may be hostile. Throws Error{corrupt_image} where a
/// header is damaged or its file shorter than it says, and Error{not_an_image} where a file is of a kind that vqi does
/// not read.
[[nodiscard]] ImageHeader read_image_header(std::span<const std::byte> bytes);

// One function per format, each for bytes that begin with its signature.
[[nodiscard]] ImageHeader read_sun_raster_header(std::span<const std::byte> bytes);

/// Throws Error{not_an_image}: the file is a `format` of a kind that is not read, for `reason`.
[[noreturn]] void throw_unsupported(std::string_view format, const std::string& reason);

/// Throws Error{corrupt_image}: the file is a `format` with a wrong `what` at `offset`.
[[noreturn]] void throw_damaged(std::string_view format, const std::string& what, std::uint64_t offset);

/// The warning that the ICC profile of a `format` file is not kept.
[[nodiscard]] std::string profile_warning(std::string_view format);

}  // namespace vqi::detail
