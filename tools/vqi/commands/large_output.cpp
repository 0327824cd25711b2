// The image grows in a file without a name, on the disk where it is to be.
#include "large_output.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "image_input.hpp"
#include "memory_budget.hpp"
#include "spool_file.hpp"
#include "stopwatch.hpp"
#include "vqi/codec.hpp"
#include "vqi/image_io.hpp"

namespace vqi::tool {
namespace {

/// What reads the whole image, or writes something else.
bool needs_whole_image(const DecompressOptions& options) {
  return options.salvage || options.region || options.thumbnail_px != 0 || options.indexed || options.indices.form ||
         options.reference;
}

/// The words of errors of whole files.
Error worded(const Error& error, std::span<const std::byte> start, const DecompressOptions& options) {
  if (error.error_code() == ErrorCode::codebook_needed)
    return {error.error_code(), std::string(error.what()) + ", give it with --codebook BOOK.vqb"};
  if (error.error_class() != ErrorClass::data) return error;
  return advised_error(error, start, options.common.limits(), "write what is left of it with --salvage");
}

std::vector<std::byte> start_of(const FileSource& file) {
  constexpr std::uint64_t start_bytes = std::uint64_t{1} << 16;
  std::vector<std::byte> start(static_cast<std::size_t>(std::min(file.size_bytes(), start_bytes)));
  file.read(0, start);
  return start;
}

}  // namespace

std::optional<LargeOutput> LargeOutput::open(const std::string& name, const OutputTarget& target,
                                             const std::string& format, const DecompressOptions& options) {
  if (needs_whole_image(options) || target.is_stream() || !can_write_image_rows(format)) return std::nullopt;
  std::optional<FileSource> file = FileSource::open(name);
  if (!file) return std::nullopt;
  try {
    const StreamInfo info = inspect(start_of(*file), options.common.limits());
    const std::uint64_t limit = std::min(options.common.max_memory_bytes, half_of_memory());
    if (info.decode_memory_bytes <= limit && file->size_bytes() <= limit - info.decode_memory_bytes)
      return std::nullopt;
    return LargeOutput(std::move(*file), std::uint64_t{info.width_px} * info.height_px, info.codebook_hash.has_value());
  } catch (const Error&) {
    return std::nullopt;  // decoding the whole file tells what is wrong
  }
}

void LargeOutput::write(const OutputTarget& target, const std::string& format, const DecompressOptions& options,
                        const std::optional<Codebook>& codebook, const JobContext& context,
                        DecompressResult& result) const {
  if (codebook && !is_detached_)
    throw Error(ErrorCode::invalid_option, "the file has a codebook of its own, leave out --codebook");
  Stopwatch watch;
  RunOptions run = options.common.run(context);
  const MemoryBudget::Share memory = context.reserve_memory(run.max_memory_bytes);
  run.progress = context.progress({}, pixels_);
  DecodeLimits limits = options.common.limits();
  limits.restore = result.restored = !options.no_restore;
  ByteSource source = file_.source();
  if (codebook) source.codebook = std::make_shared<const Codebook>(*codebook);
  SpoolFile spool(target.path());
  std::vector<std::string> losses;
  const auto give_rows = [&](const RowSink& sink) {
    const auto begin = [&](const ImageView& type) {
      losses = write_losses(*type.metadata, type.channels, format);
      sink.begin(type);
    };
    result.info = decode_stream(source, {begin, sink.rows}, limits, run).stream;
  };
  try {
    result.output_bytes = write_image_rows(give_rows, spool.sink(), format);
  } catch (const Error& error) {
    if (error.error_class() != ErrorClass::cancelled) file_.check_unchanged();
    throw worded(error, start_of(file_), options);
  }
  file_.check_unchanged();
  context.stop_if_asked("decoding");
  result.warnings = std::move(losses);
  result.warnings.emplace_back("the image was written row by row, as it does not fit into memory");
  result.decode_seconds = watch.lap_seconds();
  target.write(spool.bytes(result.output_bytes));
  result.write_seconds = watch.lap_seconds();
}

}  // namespace vqi::tool
