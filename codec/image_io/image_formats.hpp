// ImageReader and ImageWriter: the formats of image files, each with what reads and writes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// What reads the files of one format.
struct ImageReader {
  /// True if the bytes, of which some may still be missing, begin as files of this format do.
  bool (*recognises)(std::span<const std::byte> bytes);
  /// As `inspect_image`.
  ImageFileInfo (*inspect)(std::span<const std::byte> bytes);
  /// As `read_image`.
  ReadImage (*read)(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run);
  /// As `read_image_rows`; null: files of this format are read as a whole.
  ImageRows (*read_rows)(const ByteSource& file, const ReadOptions& options, const RunOptions& run) = nullptr;
};

/// What writes the files of one format, and what these can hold.
struct ImageWriter {
  std::string_view extension;  ///< in lower case, with its dot
  std::string_view name;
  bool holds_grey = true;
  bool holds_colour = true;
  bool holds_grey_alpha = false;
  bool holds_rgba = false;
  bool holds_16_bit = false;
  std::uint32_t max_side_px = 0x7FFFFFFF;
  std::uint64_t max_profile_bytes = 0;  ///< of an ICC profile that fits; 0: none is kept
  /// True if files hold such a density, be it rounded; null: they hold none.
  bool (*keeps_density)(const PixelDensity& density) = nullptr;
  bool keeps_colour_chunks = false;  ///< gAMA, cHRM, sRGB and cICP
  /// As `write_image_bytes`, for an image that the format holds.
  std::vector<std::byte> (*write)(const ImageView& image, std::string_view extension, const RunOptions& run);
  /// As `write_image_rows`, for an image that the format holds; null: images are written as a whole.
  std::uint64_t (*write_rows)(const RowGiver& image, const ByteSink& file, std::string_view extension) = nullptr;
};

/// The reader that recognises `bytes`, or null.
[[nodiscard]] const ImageReader* find_image_reader(std::span<const std::byte> bytes);

/// The writer for `extension`, in lower case with its dot, or null.
[[nodiscard]] const ImageWriter* find_image_writer(std::string_view extension);

/// The extensions of all writers, as ".png, .jpg".
[[nodiscard]] std::string image_writer_extensions();

/// Throws Error{invalid_option}, which names what is too much, unless `writer` can hold such an image.
void check_writer_holds(const ImageWriter& writer, std::uint32_t width_px, std::uint32_t height_px,
                        std::uint32_t channels, std::uint32_t bit_depth);

/// As `write_losses`.
[[nodiscard]] std::vector<std::string> losses_of(const ImageWriter& writer, const ColourMetadata& metadata,
                                                 std::uint32_t channels);

}  // namespace vqi::detail
