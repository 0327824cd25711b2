// The stream grows in a file without a name, on the disk where it is to be.
#include "large_input.hpp"

#include <utility>

#include "memory_budget.hpp"
#include "spool_file.hpp"

namespace vqi::tool {
namespace {

/// Whether encode_stream takes the options, and nothing else has to see the image: a palette may change its type, a
/// target encodes it many times.
bool can_be_streamed(const CompressOptions& options) {
  const EncodeOptions& encode = options.encode;
  const ReadChoice& reading = options.common.reading;
  const bool has_colours =
      encode.codebook || !encode.fixed.empty() || !options.palette.empty() || !options.colours.files().empty();
  return !options.has_target() && !options.auto_k && !options.skip_larger && !has_colours &&
         encode.method != Method::ecvq && encode.dither == Dither::none && !encode.verify && !reading.salvage &&
         reading.page == 1;
}

bool is_above_memory(const ImageRows& image, std::uint64_t file_bytes, const CommonOptions& options) {
  const ImageView& type = image.rows.type;
  const std::uint64_t pixels = std::uint64_t{type.width_px} * type.height_px;
  const std::uint64_t needed = file_bytes + pixels * (type.pixel_bytes() + sizeof(std::uint16_t));
  return needed > options.max_memory_bytes || needed > half_of_memory();
}

}  // namespace

std::optional<LargeInput> LargeInput::open(const std::string& name, const OutputTarget& target,
                                           const CompressOptions& options) {
  if (target.is_stream() || !can_be_streamed(options)) return std::nullopt;
  std::optional<FileSource> file = FileSource::open(name);
  if (!file) return std::nullopt;
  LargeInput input;
  input.file_ = std::make_unique<const FileSource>(std::move(*file));
  std::optional<ImageRows> image = read_image_rows(input.file_->source(), options.common.limits());
  if (!image || !is_above_memory(*image, input.file_bytes(), options.common)) return std::nullopt;
  input.image_ = std::move(*image);
  return input;
}

EncodeReport LargeInput::encode(const OutputTarget& target, const EncodeOptions& options, const RunOptions& run) const {
  SpoolFile spool(target.path());
  EncodeReport report = encode_stream(image_.rows, spool.sink(), options, run);
  target.write(spool.bytes(report.bytes.file));
  return report;
}

}  // namespace vqi::tool
