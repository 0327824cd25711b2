// What OpenCV does not check or do is done around it: limits and patched headers.
#include "opencv_io.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "image_header.hpp"
#include "opencv_codec.hpp"
#include "private_stderr.hpp"
#include "read_limits.hpp"
#include "sample_copy.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// The file with the header's patches and padding; empty where there are none.
std::vector<std::byte> patched_copy(std::span<const std::byte> bytes, const ImageHeader& header) {
  std::vector<std::byte> copy;
  if (header.patches.empty() && bytes.size() >= header.min_file_bytes) return copy;
  copy.reserve(std::max(bytes.size(), header.min_file_bytes));
  copy.assign(bytes.begin(), bytes.end());
  if (copy.size() < header.min_file_bytes) copy.resize(header.min_file_bytes);
  for (const BytePatch& patch : header.patches) copy[patch.offset] = patch.value;
  return copy;
}

DecodedSamples samples_of(const std::optional<OpencvSamples>& decoded, const ImageHeader& header) {
  if (!decoded)
    throw Error(ErrorCode::corrupt_image, std::string(header.format) +
                                              " cannot be decoded; it is damaged, or of a kind that OpenCV does not "
                                              "read");
  if (decoded->bit_depth == 0 || decoded->channels == 2 || decoded->channels > 4)
    throw_unsupported(header.format, "samples that are not 8- or 16-bit grey, RGB or RGBA");
  if (decoded->width_px != header.width_px || decoded->height_px != header.height_px)
    throw_damaged(header.format, "its size is not the one in its header", 0);
  return {decoded->data,     decoded->width_px,  decoded->height_px,
          decoded->channels, decoded->bit_depth, decoded->stride_bytes};
}

}  // namespace

bool opencv_recognises(std::span<const std::byte> bytes) { return has_image_signature(bytes); }

ImageFileInfo inspect_with_opencv(std::span<const std::byte> bytes) {
  const ImageHeader header = read_image_header(bytes);
  return {std::string(header.format), header.width_px, header.height_px, header.channels, header.bit_depth};
}

ReadImage read_with_opencv(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  ImageHeader header = read_image_header(bytes);
  check_size_limits(header.width_px, header.height_px, options.limits);
  // OpenCV's matrix and our image live side by side for a moment.
  const std::uint64_t image_bytes =
      std::uint64_t{header.width_px} * header.height_px * header.channels * (header.bit_depth / 8);
  check_memory_limit(image_bytes + std::max(image_bytes, header.scratch_bytes), run, "reading the image");
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw Error(ErrorCode::limit_exceeded, std::string(header.format) + " file of " + std::to_string(bytes.size()) +
                                               " bytes is over the 2147483647 that OpenCV reads; convert it to PNG "
                                               "with another program first");

  const std::vector<std::byte> patched = patched_copy(bytes, header);
  ReadImage result;
  result.format = header.format;
  result.warnings = std::move(header.warnings);
  const OpencvCodec& codec = opencv_codec();
  std::optional<OpencvSamples> decoded;
  const std::string message =
      run_with_private_stderr([&] { decoded = codec.decode(patched.empty() ? bytes : std::span(patched)); });
  result.image = copy_samples(samples_of(decoded, header), header);
  if (!message.empty()) result.warnings.push_back("the " + result.format + " decoder says: " + message);
  return result;
}

std::vector<std::byte> write_with_opencv(const ImageView& image, std::string_view extension, const RunOptions& run) {
  // Colours are copied into OpenCV's order, grey is taken as it lies.
  if (image.channels > 1) check_memory_limit(image.row_bytes() * image.height_px, run, "writing the image");
  const OpencvCodec& codec = opencv_codec();
  std::optional<std::vector<std::byte>> file;
  static_cast<void>(run_with_private_stderr([&] { file = codec.encode(image, std::string(extension)); }));
  if (!file) throw Error(ErrorCode::invalid_image, "image cannot be written as " + std::string(extension));
  check_memory_limit(file->size(), run, "writing the image");
  return std::move(*file);
}

}  // namespace vqi::detail
