// The stream grows in a file without a name, on the disk where it is to be.
#include "large_input.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "image_input.hpp"
#include "memory_budget.hpp"
#include "memory_left.hpp"
#include "spool_file.hpp"

namespace vqi::tool {
namespace {

/// What of the options needs the whole image: encode_stream does not take it, a palette may change the image's type, a
/// target encodes it many times. Empty if nothing does.
std::string whole_image_option(const OutputTarget& target, const CompressOptions& options) {
  const EncodeOptions& encode = options.encode;
  if (options.has_target()) return "a target";
  if (options.auto_k) return "--auto-k";
  if (options.skip_larger) return "--skip-larger";
  if (encode.codebook || !encode.fixed.empty() || !options.palette.empty()) return "a given colour";
  if (!options.colours.files().empty()) return "a file of colours or weights";
  if (encode.method == Method::ecvq) return "--method ecvq";
  if (encode.dither != Dither::none) return "--dither";
  if (encode.restore.value_or(false)) return "--restore";
  if (encode.verify) return "--verify";
  if (options.common.reading.salvage) return "--salvage";
  return target.is_stream() ? "an output that is no file" : "";
}

bool is_above_memory(std::uint64_t bytes, const CommonOptions& options) {
  return bytes > std::min(options.max_memory_bytes, half_of_memory());
}

/// Of file, pixels and indices.
std::uint64_t bytes_of(std::uint64_t width_px, std::uint64_t height_px, std::uint64_t pixel_bytes,
                       std::uint64_t file_bytes) {
  return file_bytes + width_px * height_px * (pixel_bytes + sizeof(std::uint16_t));
}

/// The most bytes that the image may take, by its first bytes; none if they do not tell.
std::optional<std::uint64_t> most_bytes(const FileSource& file) {
  constexpr std::uint64_t start_bytes = 4096;
  std::vector<std::byte> start(static_cast<std::size_t>(std::min(file.size_bytes(), start_bytes)));
  file.read(0, start);
  try {
    const ImageFileInfo info = inspect_image(start);
    return bytes_of(info.width_px, info.height_px, info.channels * (info.bit_depth / 8), file.size_bytes());
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// The error of a damaged file, with what to do about it.
Error advised(const Error& error, const CommonOptions& options) {
  return error.error_class() == ErrorClass::data ? advised_error(error, {}, options.limits(), "") : error;
}

}  // namespace

LargeInput LargeInput::open(const std::string& name, const OutputTarget& target, const CompressOptions& options) {
  LargeInput input;
  if (const std::string option = whole_image_option(target, options); !option.empty()) {
    input.obstacle_ = option + " needs the whole image";
    return input;
  }
  std::optional<FileSource> file = FileSource::open(name);
  if (!file) {
    input.obstacle_ = "only files can be read more than once";
    return input;
  }
  input.file_ = std::make_unique<const FileSource>(std::move(*file));
  const CommonOptions& common = options.common;
  const std::optional<std::uint64_t> most = most_bytes(*input.file_);
  if (most && !is_above_memory(*most, common)) return input;
  RunOptions run;
  run.max_memory_bytes = std::min(common.max_memory_bytes, half_of_memory());
  try {
    std::optional<ImageRows> image = read_image_rows(input.file_->source(), common.read_options(), run);
    const ImageView type = image ? image->rows.type : ImageView{};
    const bool is_above =
        is_above_memory(bytes_of(type.width_px, type.height_px, type.pixel_bytes(), input.file_bytes()), common);
    if (!image) input.obstacle_ = "only PNG, TIFF, PGM, PPM and PAM are read so";
    if (image && is_above) input.obstacle_ = image->obstacle;
    input.is_read_by_rows_ = image && is_above && input.obstacle_.empty();
    if (input.is_read_by_rows_) input.image_ = std::move(*image);
  } catch (const Error& error) {
    // What does fit into memory is found damaged there as well.
    if (most || is_above_memory(input.file_bytes(), common)) throw advised(error, common);
  }
  return input;
}

Error LargeInput::explained(const Error& error) const {
  const bool is_about_memory =
      error.error_code() == ErrorCode::limit_exceeded && error.limit().value_or(Limit::memory) == Limit::memory;
  if (!is_about_memory || obstacle_.empty()) return error;
  const std::string message = std::string(error.what()) + "; it is not read row by row, as " + obstacle_;
  return error.limit() ? Error(*error.limit(), message) : Error(error.error_code(), message);
}

EncodeReport LargeInput::encode(const OutputTarget& target, const CompressOptions& options,
                                const RunOptions& run) const {
  SpoolFile spool(target.path());
  EncodeReport report;
  try {
    report = with_memory_left(run, image_.memory_bytes, [&](const RunOptions& left) {
      return encode_stream(image_.rows, spool.sink(), options.encode, left);
    });
  } catch (const Error& error) {
    if (error.error_class() != ErrorClass::cancelled) file_->check_unchanged();
    throw advised(error, options.common);
  }
  file_->check_unchanged();
  target.write(spool.bytes(report.bytes.file));
  return report;
}

}  // namespace vqi::tool
