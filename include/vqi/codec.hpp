// encode, decode, inspect, salvage: an image to a .vqi stream in memory and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vqi/error.hpp"
#include "vqi/export.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"
#include "vqi/report.hpp"
#include "vqi/run_options.hpp"

namespace vqi {

/// A .vqi stream and what making it cost.
struct Encoded {
  std::vector<std::byte> bytes;  ///< the stream, as a .vqi file has it
  EncodeReport report;           ///< what encode did, and its figures
};

/// Learns a codebook of `options.k` codewords for `image` and writes every vector as the index of its nearest codeword,
/// opaque and transparent ones of their kind; with Method::ecvq of one that costs little distortion and bits together.
///
/// `image` is borrowed for the call. The bytes depend on the image, the options and nothing else: not on `run`, the
/// machine or the SIMD target. Lossless when the image has at most `options.k` distinct vectors. The distortion that is
/// reported and stored is exactly that of what a decoder returns. `run.max_memory_bytes` counts the index map, with
/// Method::ecvq five of them, and with `options.verify` the decoded image; what training takes beside them is not
/// counted. Throws Error{invalid_image, invalid_option, limit_exceeded, verification_failed, cancelled},
/// Error{target_unreachable} for `options.lossless` alone, and std::bad_alloc.
[[nodiscard]] VQI_API Encoded encode(ImageView image, const EncodeOptions& options = {}, const RunOptions& run = {});

/// Returns the image that a stream holds. Integer arithmetic only: the same pixels everywhere.
///
/// `bytes` are borrowed for the call. They may be anything; they are checked in full, and what is not a whole,
/// undamaged stream is an Error of class data with its byte offset. The image is allocated after header, codebook and
/// strip table verify. `run.max_memory_bytes` counts the pixels, the metadata, the codebook, what its context model
/// derives from it, and for each strip under way its indices and the state of model and filter: all that grows with it.
/// Beside it a call takes less than a megabyte, and what threads take. As many strips are decoded at once as the limit
/// and `run.threads` allow. Throws Error{limit_exceeded} if the image passes `limits` or one strip at a time takes too
/// much memory, Error{cancelled}, what `run.progress` throws, and std::bad_alloc. The time is linear in the bytes, the
/// pixels and the samples of the codebook.
[[nodiscard]] VQI_API Image decode(std::span<const std::byte> bytes, const DecodeLimits& limits = {},
                                   const RunOptions& run = {});

/// An index map with its codebook, as a palette image has them.
struct IndexedImage {
  std::uint32_t width_px = 0;          ///< of the image, not of the map of blocks
  std::uint32_t height_px = 0;         ///< likewise
  std::uint32_t map_width = 0;         ///< vectors in a row: ceil(width_px / block width)
  std::uint32_t map_height = 0;        ///< rows of vectors: ceil(height_px / block height)
  Image codebook;                      ///< K images of one block side by side: (K * block width) x block height
  std::vector<std::uint16_t> indices;  ///< map_height * map_width, row-major, each < K
  ColourMetadata metadata;             ///< of the image
};

/// As `decode`, but keeps the indices; memory counts the index map and a second codebook in place of the pixels and of
/// the indices of strips.
[[nodiscard]] VQI_API IndexedImage decode_indexed(std::span<const std::byte> bytes, const DecodeLimits& limits = {},
                                                  const RunOptions& run = {});

/// Decodes the pixels of one rectangle. Only the strips that it touches are read and checked, and decoded down to the
/// rectangle's last row; damage in other strips is not noticed. Memory counts the pixels of the rectangle in place of
/// those of the image, and for each strip under way the indices down to that row, and one row of blocks as wide as the
/// rectangle. Throws Error{invalid_option} if the rectangle is empty or not
/// inside the image, and otherwise what `decode` throws.
[[nodiscard]] VQI_API Image decode_region(std::span<const std::byte> bytes, std::uint32_t x_px, std::uint32_t y_px,
                                          std::uint32_t width_px, std::uint32_t height_px,
                                          const DecodeLimits& limits = {}, const RunOptions& run = {});

/// Pixel rows begin .. end - 1.
struct RowRange {
  std::uint32_t begin = 0;                           ///< the first row
  std::uint32_t end = 0;                             ///< the row after the last one
  bool operator==(const RowRange&) const = default;  ///< the same rows
};

/// What could be read of a damaged stream. Each pixel row is whole, unverified or lost.
struct Salvaged {
  Image image;  ///< of the full size
  /// Rows that were decoded from a strip that is cut off or damaged. If it is cut off, they are those before the cut;
  /// a decode filter knows less of the last four. If its bytes changed, rows from the damage on may be wrong, and
  /// nothing tells where it is. Ascending, no two touch.
  std::vector<RowRange> unverified_rows;
  std::vector<RowRange> lost_rows;  ///< filled with the codebook's mean; ascending, no two touch
  std::vector<Error> faults;        ///< as `decode` would meet them, then one for each broken strip; empty: no damage
};

/// Decodes what is left of a stream, whatever else is damaged, missing or cut off.
///
/// A strip is whole if its checksum says so and it decodes; its rows are right. Of another strip the rows are decoded
/// up to the first one that its bytes do not reach, or that breaks the coding's rules, and returned as unverified.
/// Lost rows get the mean of all codewords, each counted once, halves rounded up. Colour metadata is
/// kept where its section is whole. Without a whole header and codebook, or where no row is left, nothing can be
/// salvaged: then, and where the stream needs a newer release, an Error of class data is thrown. The image is allocated
/// after header and codebook verify. Memory is counted, with about 700 bytes more for each strip, and
/// Error{limit_exceeded, cancelled} and std::bad_alloc are thrown, as in `decode`.
[[nodiscard]] VQI_API Salvaged salvage(std::span<const std::byte> bytes, const DecodeLimits& limits = {},
                                       const RunOptions& run = {});

/// Reads a stream's header and sections and checks every checksum, without decoding indices.
///
/// Damage after the fixed header is returned in `StreamInfo::damage`, with the sections found; a
/// header that cannot be read throws as `decode` does, and so does an image that passes `limits`. There are no
/// RunOptions, as it never takes long: the work is linear in the bytes, about one checksum over them.
[[nodiscard]] VQI_API StreamInfo inspect(std::span<const std::byte> bytes, const DecodeLimits& limits = {});

}  // namespace vqi
