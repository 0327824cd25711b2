// What OpenCV does not check or do is done around it: limits, patched headers, formats and what they can hold.
#include "opencv_io.hpp"

#include <algorithm>
#include <array>
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

/// What a format that OpenCV writes can hold.
struct WriteFormat {
  std::string_view extension;
  std::string_view name;
  bool holds_grey;
  bool holds_colour;
  bool holds_alpha;  ///< RGBA; grey+alpha is for PNG alone
  bool holds_16_bit;
  std::uint32_t max_side_px;
};

constexpr std::uint32_t max_opencv_side_px = 1U << 20;  // what OpenCV itself reads back

constexpr std::array write_formats{
    WriteFormat{".jpg", "JPEG", true, true, false, false, 65500},
    WriteFormat{".jpeg", "JPEG", true, true, false, false, 65500},
    WriteFormat{".tif", "TIFF", true, true, true, true, max_opencv_side_px},
    WriteFormat{".tiff", "TIFF", true, true, true, true, max_opencv_side_px},
    WriteFormat{".webp", "WebP", true, true, true, false, 16383},
    WriteFormat{".bmp", "BMP", true, true, false, false, max_opencv_side_px},
    WriteFormat{".ppm", "PPM", false, true, false, true, max_opencv_side_px},
    WriteFormat{".pgm", "PGM", true, false, false, true, max_opencv_side_px},
    WriteFormat{".pnm", "PNM", true, true, false, true, max_opencv_side_px},
};

const WriteFormat* find_write_format(std::string_view extension) {
  const auto* found = std::find_if(write_formats.begin(), write_formats.end(),
                                   [&](const WriteFormat& format) { return format.extension == extension; });
  return found == write_formats.end() ? nullptr : found;
}

void check_format_holds(const WriteFormat& format, const ImageView& image) {
  const auto refuse = [&](const std::string& what) {
    throw Error(ErrorCode::invalid_option,
                std::string(format.name) + " cannot hold " + what + "; write a .png instead");
  };
  if (image.channels == 2) refuse("grey with alpha");
  if (image.channels == 4 && !format.holds_alpha) refuse("alpha");
  if (image.channels == 3 && !format.holds_colour) refuse("colours");
  if (image.channels == 1 && !format.holds_grey) refuse("a grey image");
  if (image.bit_depth == 16 && !format.holds_16_bit) refuse("16 bits per sample");
  if (std::max(image.width_px, image.height_px) > format.max_side_px)
    refuse("sides over " + std::to_string(format.max_side_px) + " pixels");
}

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

std::optional<ReadImage> read_with_opencv(std::span<const std::byte> bytes, const DecodeLimits& limits,
                                          const RunOptions& run) {
  std::optional<ImageHeader> header = read_image_header(bytes);
  if (!header) return std::nullopt;
  check_size_limits(header->width_px, header->height_px, limits);
  // OpenCV's matrix and our image live side by side for a moment.
  const std::uint64_t image_bytes =
      std::uint64_t{header->width_px} * header->height_px * header->channels * (header->bit_depth / 8);
  check_memory_limit(image_bytes + std::max(image_bytes, header->scratch_bytes), run, "reading the image");
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw Error(ErrorCode::limit_exceeded, std::string(header->format) + " file of " + std::to_string(bytes.size()) +
                                               " bytes is over the 2147483647 that OpenCV reads; convert it to PNG "
                                               "with another program first");

  const std::vector<std::byte> patched = patched_copy(bytes, *header);
  ReadImage result;
  result.format = header->format;
  result.warnings = std::move(header->warnings);
  const OpencvCodec& codec = opencv_codec();
  std::optional<OpencvSamples> decoded;
  const std::string message =
      run_with_private_stderr([&] { decoded = codec.decode(patched.empty() ? bytes : std::span(patched)); });
  result.image = copy_samples(samples_of(decoded, *header), *header);
  if (!message.empty()) result.warnings.push_back("the " + result.format + " decoder says: " + message);
  return result;
}

bool opencv_writes(std::string_view extension) { return find_write_format(extension) != nullptr; }

std::vector<std::byte> write_with_opencv(const ImageView& image, std::string_view extension, const RunOptions& run) {
  const WriteFormat& format = *find_write_format(extension);
  check_format_holds(format, image);
  // Colours are copied into OpenCV's order, grey is taken as it lies.
  if (image.channels > 1) check_memory_limit(image.row_bytes() * image.height_px, run, "writing the image");
  const OpencvCodec& codec = opencv_codec();
  std::optional<std::vector<std::byte>> file;
  static_cast<void>(run_with_private_stderr([&] { file = codec.encode(image, std::string(extension)); }));
  if (!file) throw Error(ErrorCode::invalid_image, "image cannot be written as " + std::string(format.name));
  check_memory_limit(file->size(), run, "writing the image");
  return std::move(*file);
}

std::string opencv_write_extensions() {
  std::string list;
  for (const WriteFormat& format : write_formats) {
    if (!list.empty()) list += ", ";
    list += format.extension;
  }
  return list;
}

}  // namespace vqi::detail
