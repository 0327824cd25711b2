// Decodes from a source, and words errors as for whole files.
#include "region_files.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "file_source.hpp"
#include "image_input.hpp"
#include "read_input.hpp"
#include "stopwatch.hpp"
#include "vqi/image_io.hpp"
#include "vqi/streaming.hpp"

namespace vqi::tool {
namespace {

/// An input, in a file or in memory.
class RegionInput {
 public:
  RegionInput(const std::string& name, const DecompressOptions& options) : file_(FileSource::open(name)) {
    if (!file_) stream_ = read_input(name, options.common.max_memory_bytes, check_stream_start);
  }

  [[nodiscard]] ByteSource source() const {
    if (file_) return file_->source();
    return {stream_.size(),
            [this](std::uint64_t offset, std::span<std::byte> bytes) {
              std::copy_n(stream_.begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
            },
            {}};
  }
  /// What was read for `reads` of the source.
  [[nodiscard]] SourceReads reads(const SourceReads& reads) const {
    return file_ ? reads : SourceReads{stream_.size(), 1};
  }
  /// Throws the error that tells what a file is that is no stream.
  void check_start() const {
    constexpr std::uint64_t start_bytes = std::uint64_t{1} << 16;
    const ByteSource from = source();
    std::vector<std::byte> start(std::min(from.size_bytes, start_bytes));
    from.read_at(0, start);
    check_stream_start(start);
  }

 private:
  std::optional<FileSource> file_;
  std::vector<std::byte> stream_;
};

DecodedRegion decode_input(const RegionInput& input, const DecompressOptions& options,
                           const std::optional<Codebook>& codebook, const RunOptions& run) {
  const PixelRegion& at = *options.region;
  ByteSource source = input.source();
  if (codebook) source.codebook = std::make_shared<const Codebook>(*codebook);
  DecodeLimits limits = options.common.limits();
  limits.restore = !options.no_restore;
  try {
    return decode_region(source, at.x, at.y, at.width_px, at.height_px, limits, run);
  } catch (const Error& error) {
    if (error.error_code() == ErrorCode::bad_magic) input.check_start();
    if (error.error_code() != ErrorCode::codebook_needed) throw;
    throw Error(error.error_code(), std::string(error.what()) + ", give it with --codebook BOOK.vqb");
  }
}

}  // namespace

IndexFiles region_files(const std::string& name, const std::string& format, const DecompressOptions& options,
                        const std::optional<Codebook>& codebook, const JobContext& context, DecompressResult& result) {
  Stopwatch watch;
  const RegionInput input(name, options);
  result.read_seconds = watch.lap_seconds();
  RunOptions run = options.common.run(context);
  run.progress = context.progress({}, std::uint64_t{options.region->width_px} * options.region->height_px);
  const DecodedRegion region = decode_input(input, options, codebook, run);
  context.stop_if_asked("decoding");
  if (codebook && !region.source.stream.codebook_hash)
    throw Error(ErrorCode::invalid_option, "the file has a codebook of its own, leave out --codebook");
  result.decode_seconds = watch.lap_seconds();
  result.region = options.region;
  result.restored = !options.no_restore;
  result.info = region.source.stream;
  result.reads = input.reads(region.source.reads);
  result.warnings = write_losses(region.image.metadata(), region.image.channels(), format);
  IndexFiles files;
  files.bytes = write_image_bytes(region.image, format, run);
  result.write_seconds = watch.lap_seconds();
  return files;
}

}  // namespace vqi::tool
