// Streams that are read in pieces, for images larger than memory and for parts of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "vqi/export.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"
#include "vqi/report.hpp"
#include "vqi/run_options.hpp"

namespace vqi {

struct Codebook;

/// What reads from a stream of known size.
struct ByteSource {
  std::uint64_t size_bytes = 0;  ///< of the whole stream
  /// Fills `bytes` with the stream's bytes from `offset` on; all of them lie in the stream. Called by one thread at a
  /// time, the one that made the call which reads. What it throws ends that call.
  std::function<void(std::uint64_t offset, std::span<std::byte> bytes)> read_at;
  /// That of a detached stream (vqi/codebook.hpp), whose hash it must have; others do not need it.
  std::shared_ptr<const Codebook> codebook{};
};

/// What was read of a ByteSource.
struct SourceReads {
  std::uint64_t bytes = 0;  ///< in all
  std::uint64_t calls = 0;  ///< of ByteSource::read_at
};

/// What a stream that was read in pieces says of itself, and how much of it was read.
struct SourceReport {
  StreamInfo stream;  ///< as of `inspect`, without a list of sections
  SourceReads reads;  ///< of the source
};

/// A part of an image.
struct DecodedRegion {
  Image image;          ///< the rectangle's pixels
  SourceReport source;  ///< what was read
};

/// As `decode_region` of vqi/codec.hpp, reading little more than the strips that the rectangle touches: header,
/// codebook, colour metadata, strip table and end of the stream, whose checksums are checked, the beginning by 32 KiB
/// at once. Strips that follow one another are read together. Memory counts, beside what it counts there, the bytes of
/// codebook, table and metadata, those of the strips under way, and 2 MiB of strips that are read together. Throws what
/// `source.read_at` throws as well, and Error{codebook_needed} for a detached stream without its codebook.
[[nodiscard]] VQI_API DecodedRegion decode_region(const ByteSource& source, std::uint32_t x_px, std::uint32_t y_px,
                                                  std::uint32_t width_px, std::uint32_t height_px,
                                                  const DecodeLimits& limits = {}, const RunOptions& run = {});

/// Takes an image row by row. Both are called by the thread that called, and what they throw ends the call.
struct RowSink {
  /// Called once before the first row, with size and type of the whole image and its metadata, without samples. May be
  /// empty.
  std::function<void(const ImageView& type)> begin{};
  /// Gets some whole rows, the first of which is row `first_row` of the image, from the first to the last without gaps;
  /// they are valid during the call.
  std::function<void(std::uint32_t first_row, const ImageView& rows)> rows;
};

/// Decodes an image of which only the strips under way are in memory, each with its bytes, indices and pixels. Strips
/// are checked and decoded in parallel, as many at once as memory and threads allow, and given in their order. What
/// is wrong in a later strip is noticed after rows were given. Memory counts what `decode_region` counts, with the
/// pixels of the strips under way in place of those of the rectangle. Throws as it does.
VQI_API SourceReport decode_stream(const ByteSource& source, const RowSink& sink, const DecodeLimits& limits = {},
                                   const RunOptions& run = {});

/// Gives an image row by row, from the first row to the last, as often as it is asked to.
struct RowSource {
  /// Size, type and metadata of the image; its samples are not used and may be null.
  ImageView type;
  /// Writes the samples of some rows, at least one and at most `rows_max`, from row `first_row` on, one after the other
  /// without gaps, to `samples`, which has room for `rows_max` rows, and returns their number. Rows are asked for in
  /// ascending order; row 0 begins a further pass over the image, of which there are two or three. Called by the thread
  /// that called, and what it throws ends the call.
  std::function<std::uint32_t(std::uint32_t first_row, std::uint32_t rows_max, std::span<std::byte> samples)> read;
};

/// Takes the bytes of a stream.
struct ByteSink {
  /// Writes `bytes` at `offset`. Bytes come in any order, and some are written a second time. Called by the thread that
  /// called, and what it throws ends the call.
  std::function<void(std::uint64_t offset, std::span<const std::byte> bytes)> write_at;
};

/// Encodes an image of which only some strips are in memory: the first pass over its rows counts vectors, the second
/// codes them, and a third follows where another coding than that of the second turns out to be smaller. The stream is
/// the first `bytes.file` bytes of the sink, where `bytes` is that of the report, and it is byte for byte what `encode`
/// makes; what the sink has behind them is to be cut off. Single pixels of 8 bits without alpha may be more than 2^32 -
/// 1, the most that `encode` takes.
///
/// Not with what needs the whole image at once, which is Error{invalid_option}: Method::ecvq, `dither`, `weights`,
/// `verify`. Of the figures that `encode` measures, those that need more than a row are left out: Distortion::ssim, and
/// mse_oklab. `run.max_memory_bytes` counts rows, indices and coded bytes of the strips under way, and the distinct
/// vectors: of pixels of up to 24 bits at most some 500 MB, else what they take. As for `encode`, what training takes
/// is not counted. Throws what `encode` throws, Error{invalid_image} for a source that ends early or whose passes
/// differ.
[[nodiscard]] VQI_API EncodeReport encode_stream(const RowSource& source, const ByteSink& sink,
                                                 const EncodeOptions& options = {}, const RunOptions& run = {});

}  // namespace vqi
