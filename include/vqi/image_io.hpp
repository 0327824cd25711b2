// Image files to images and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vqi/codec.hpp"
#include "vqi/export.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"
#include "vqi/run_options.hpp"
#include "vqi/streaming.hpp"

namespace vqi {

/// What to do with an image file that is damaged.
enum class Damage {
  refuse_lost_pixels,  ///< damage that may have changed a pixel is an error; other damage, such as a wrong checksum of
                       ///< a text or bytes after the end, is a warning
  refuse_any,          ///< all damage is an error
  salvage,             ///< pixels that can be read are returned as well; `ReadImage::lost_pixels` then is true
};

/// How image files are read.
struct ReadOptions {
  DecodeLimits limits{};                       ///< of the picture that is asked for
  Damage damage = Damage::refuse_lost_pixels;  ///< what to do with a damaged file
  std::uint32_t page = 1;                      ///< which picture of a file of several, from 1
};

/// An image that was read, and what could not be carried along.
struct ReadImage {
  Image image;                        ///< in the widened type, with its metadata
  std::string format;                 ///< "PNG", "JPEG", "TIFF" ...
  std::vector<std::string> warnings;  ///< one line each, such as a colour profile that is not kept
  std::vector<std::string> dropped;   ///< metadata that the file has and `image` has not: "EXIF", "XMP", "text" ...
  std::uint32_t sample_bits = 8;      ///< of a sample in the file, 1..16, before it was widened to 8 or 16; with a
                                      ///< palette those of an index, whatever its colours have
  bool is_palette = false;            ///< the file has a palette of colours
  bool lost_pixels = false;           ///< damage changed or took pixels; only with Damage::salvage
};

/// What an image file says of itself before it is decoded.
struct ImageFileInfo {
  std::string format;           ///< "PNG", "JPEG", "TIFF" ...
  std::uint32_t width_px = 0;   ///< pixels in a row
  std::uint32_t height_px = 0;  ///< rows
  std::uint32_t channels = 0;   ///< the most that the decoded image may have
  std::uint32_t bit_depth = 0;  ///< the most that it may have, 8 or 16
};

/// Reads the header of an image file that lies in memory; the size is the one before orientation. No
/// limits apply, and no memory is taken by the size. Throws Error{not_an_image, corrupt_image}.
[[nodiscard]] VQI_API ImageFileInfo inspect_image(std::span<const std::byte> bytes);

/// Reads an image file that lies in memory.
///
/// PNG keeps grey, grey+alpha, RGB and RGBA at 8 and 16 bits; 1, 2 and 4 bits and palettes are widened to 8 bits a
/// sample, and tRNS becomes alpha. TIFF of up to 16 unsigned bits keeps the same kinds. BMP is read at 8 bits, and so
/// is GIF: what a player shows, with alpha where a pixel is transparent. PNM and PAM are scaled from their maximum
/// value to 8 or 16 bits. JPEG, WebP and JPEG 2000 are read as well, and Sun raster through OpenCV. Orientation is
/// applied. Metadata are PNG's gAMA, cHRM, sRGB, iCCP, cICP and pHYs, and an ICC profile and density of other formats
/// where they fit.
///
/// Bytes after the end of a file are harmless damage, with two exceptions: in an OS/2 array of BMPs the pictures may
/// lie anywhere, and of a Sun raster OpenCV does not tell where it ends. Of an animation that is damaged or cut off,
/// the frames up to the one that is asked for count; `Damage::salvage` shows the last of them that can be drawn.
///
/// All but Sun raster are read on the calling thread, and reported to `run.progress`. `run.max_memory_bytes` bounds the
/// pixels of the image, of a second one where it is turned, what the decoder keeps of them until its end, and an ICC
/// profile, but not `bytes`.
/// Throws Error{not_an_image, corrupt_image, limit_exceeded, cancelled}, Error{invalid_option} if there is no such
/// page, and Error{io_failed} where OpenCV is needed and cannot be loaded.
[[nodiscard]] VQI_API ReadImage read_image(std::span<const std::byte> bytes, const ReadOptions& options = {},
                                           const RunOptions& run = {});

/// As above, from a file, whose bytes `run.max_memory_bytes` bounds as well; also throws Error{io_failed}.
[[nodiscard]] VQI_API ReadImage read_image(const std::filesystem::path& path, const ReadOptions& options = {},
                                           const RunOptions& run = {});

/// An image file that need not be in memory, whose rows are read one after the other.
struct ImageRows {
  /// From the first row to the last without gaps, as often as they are asked for; the samples are those of
  /// `read_image`.
  RowSource rows{};
  /// What `read_image` tells of the file, with its metadata and without its samples. Warnings about its pixels are
  /// there when they have been read once.
  std::shared_ptr<const ReadImage> about{};
  std::uint64_t memory_bytes = 0;  ///< that reading takes beside the rows that are asked for
  /// Why rows cannot be read, and `read_image` has to ("the PNG is interlaced"); empty where they can.
  std::string obstacle{};
};

/// The rows of an image file for `encode_stream`: of PNG, unless it is interlaced or turned; of TIFF, unless it is
/// turned or its strips take more memory than `run.max_memory_bytes`, with tiles by rows of tiles; of raw PGM, PPM and
/// PAM with the maximum value 255 or 65535 that hold one picture and nothing behind it. None for other formats. `file`
/// is copied, and read here and when rows are. Throws what `file` throws, and what `read_image` throws, for damage that
/// only shows in the pixels when they are read; the copies of `rows` are used by one thread at a time.
[[nodiscard]] VQI_API std::optional<ImageRows> read_image_rows(const ByteSource& file, const ReadOptions& options = {},
                                                               const RunOptions& run = {});

/// True if `write_image` and `write_image_bytes` know the format that a file name's `extension` (".png", ".TIFF")
/// names.
[[nodiscard]] VQI_API bool can_write_image(std::string_view extension);

/// Throws Error{invalid_option}, which names what is too much, unless the format that `extension` names is written and
/// holds images of this size, 1 to 4 channels, and 8 or 16 bits.
VQI_API void check_can_write(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels,
                             std::uint32_t bit_depth, std::string_view extension);

/// What of `metadata` the format that `extension` names does not keep with an image of 1 to 4 channels, one line each;
/// none where it keeps all. Throws Error{invalid_option} if the format is unknown.
[[nodiscard]] VQI_API std::vector<std::string> write_losses(const ColourMetadata& metadata, std::uint32_t channels,
                                                            std::string_view extension);

/// The bytes of an image file in the format that `extension` names. PNG takes the smallest form from which the same
/// pixels and channels are read: palettes, and grey of 1, 2 and 4 bits; JPEG has quality 95 and all colour samples; the
/// others are lossless, but grey WebP is read again as RGB. `write_losses` tells which metadata is not kept. Files are
/// written on the calling thread and reported to `run.progress`. `run.max_memory_bytes` bounds the file's bytes and,
/// one by one, what JPEG and WebP take for the pixels until their end. Throws Error{invalid_option} if the format is
/// unknown or cannot hold this kind of image, and Error{invalid_image, limit_exceeded, cancelled}.
[[nodiscard]] VQI_API std::vector<std::byte> write_image_bytes(ImageView image, std::string_view extension,
                                                               const RunOptions& run = {});

/// Gives all rows of an image to a sink, from the first to the last, and calls its `begin` before: as a call of
/// `decode_stream` does.
using RowGiver = std::function<void(const RowSink& sink)>;

/// True if `write_image_rows` writes the format that a file name's `extension` names: PNG, TIFF, PGM, PPM, PNM and PAM.
[[nodiscard]] VQI_API bool can_write_image_rows(std::string_view extension);

/// Writes an image file of which only some rows are in memory, and returns the number of its bytes. `image` is called
/// once, and before that for PNG and TIFF once more, to choose how rows are written; that call it may be left by an
/// exception, which it has to let through. The bytes are those of `write_image_bytes`, with one exception: a PNG of at
/// most 256 colours with three or four channels has its palette in the order in which colours appear, and takes more
/// bytes. Reports no progress of its own. Throws what `image` and `file` throw, Error{invalid_option} as
/// `write_image_bytes` does or where there is no writer of rows, and Error{invalid_image}.
VQI_API std::uint64_t write_image_rows(const RowGiver& image, const ByteSink& file, std::string_view extension);

/// As `write_image_bytes`, to a file, in the format that its extension names; also throws Error{io_failed}. A file of
/// that name is replaced, not atomically: it is truncated first, and removed if writing fails. Encoding comes before
/// both, so that its errors leave the old file as it was.
VQI_API void write_image(ImageView image, const std::filesystem::path& path, const RunOptions& run = {});

/// The bytes of a palette PNG with the same index map: 1, 2, 4 or 8 bits an index, tRNS for alpha.
/// `run` as for PNG in `write_image_bytes`. Throws Error{invalid_option} unless K <= 256, blocks are 1x1 and the depth
/// is 8, and Error{limit_exceeded, cancelled}.
[[nodiscard]] VQI_API std::vector<std::byte> write_indexed_png(const IndexedImage& indexed, const RunOptions& run = {});

}  // namespace vqi
