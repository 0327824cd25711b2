// Image files other than PNG to images and back, through OpenCV.
#include "opencv_io.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <new>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "image_header.hpp"
#include "private_stderr.hpp"
#include "read_limits.hpp"
#include "sample_copy.hpp"
#include "vqi/error.hpp"

namespace vqi {
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
  std::array<int, 2> parameter;  ///< of cv::imencode
};

constexpr std::uint32_t max_opencv_side_px = 1U << 20;  // what OpenCV itself reads back
constexpr std::array<int, 2> jpeg_quality{cv::IMWRITE_JPEG_QUALITY, 95};
constexpr std::array<int, 2> webp_lossless{cv::IMWRITE_WEBP_QUALITY, 101};
constexpr std::array<int, 2> tiff_lzw{cv::IMWRITE_TIFF_COMPRESSION, 5};
constexpr std::array<int, 2> pnm_binary{cv::IMWRITE_PXM_BINARY, 1};
constexpr std::array<int, 2> no_parameter{};

constexpr std::array write_formats{
    WriteFormat{".jpg", "JPEG", true, true, false, false, 65500, jpeg_quality},
    WriteFormat{".jpeg", "JPEG", true, true, false, false, 65500, jpeg_quality},
    WriteFormat{".tif", "TIFF", true, true, true, true, max_opencv_side_px, tiff_lzw},
    WriteFormat{".tiff", "TIFF", true, true, true, true, max_opencv_side_px, tiff_lzw},
    WriteFormat{".webp", "WebP", true, true, true, false, 16383, webp_lossless},
    WriteFormat{".bmp", "BMP", true, true, false, false, max_opencv_side_px, no_parameter},
    WriteFormat{".ppm", "PPM", false, true, false, true, max_opencv_side_px, pnm_binary},
    WriteFormat{".pgm", "PGM", true, false, false, true, max_opencv_side_px, pnm_binary},
    WriteFormat{".pnm", "PNM", true, true, false, true, max_opencv_side_px, pnm_binary},
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

/// cv::imdecode without its exceptions and messages; an empty matrix if it fails. `message` is the
/// first line that a decoder printed.
cv::Mat decode_quietly(std::span<const std::byte> bytes, std::string& message) {
  cv::Mat decoded;
  // OpenCV takes a pointer to non-const, and does not write through it.
  const cv::Mat file(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<std::byte*>(bytes.data()));
  message = run_with_private_stderr([&] {
    try {
      decoded = cv::imdecode(file, cv::IMREAD_UNCHANGED);
    } catch (const cv::Exception& failure) {
      if (failure.code == cv::Error::StsNoMem) throw std::bad_alloc();
      decoded.release();
    }
  });
  return decoded;
}

DecodedSamples samples_of(const cv::Mat& matrix, const ImageHeader& header) {
  if (matrix.empty())
    throw Error(ErrorCode::corrupt_image, std::string(header.format) +
                                              " cannot be decoded; it is damaged, or of a kind that OpenCV does not "
                                              "read");
  if ((matrix.depth() != CV_8U && matrix.depth() != CV_16U) || matrix.channels() == 2 || matrix.channels() > 4)
    throw_unsupported(header.format, "samples that are not 8- or 16-bit grey, RGB or RGBA");
  const auto width_px = static_cast<std::uint32_t>(matrix.cols);
  const auto height_px = static_cast<std::uint32_t>(matrix.rows);
  if (width_px != header.width_px || height_px != header.height_px)
    throw_damaged(header.format, "its size is not the one in its header", 0);
  return {reinterpret_cast<const std::byte*>(matrix.data),
          width_px,
          height_px,
          static_cast<std::uint32_t>(matrix.channels()),
          matrix.depth() == CV_16U ? 16U : 8U,
          matrix.step[0]};
}

/// A matrix in OpenCV's channel order; grey ones borrow the view's samples.
cv::Mat bgr_matrix(const ImageView& image) {
  const int depth = image.bit_depth == 16 ? CV_16U : CV_8U;
  const cv::Mat source(static_cast<int>(image.height_px), static_cast<int>(image.width_px),
                       CV_MAKETYPE(depth, static_cast<int>(image.channels)), const_cast<std::byte*>(image.samples),
                       image.stride_bytes);
  if (image.channels == 1) return source;
  cv::Mat target(source.rows, source.cols, source.type());
  const std::array<int, 8> order{0, 2, 1, 1, 2, 0, 3, 3};
  cv::mixChannels(&source, 1, &target, 1, order.data(), image.channels);
  return target;
}

}  // namespace

std::optional<ReadImage> read_with_opencv(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  std::optional<ImageHeader> header = read_image_header(bytes);
  if (!header) return std::nullopt;
  check_read_limits(header->width_px, header->height_px, 0, limits);
  // OpenCV's matrix and our image live side by side for a moment.
  const std::uint64_t image_bytes =
      std::uint64_t{header->width_px} * header->height_px * header->channels * (header->bit_depth / 8);
  check_memory_limit(image_bytes + std::max(image_bytes, header->scratch_bytes), limits);
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw Error(ErrorCode::limit_exceeded, std::string(header->format) + " file of " + std::to_string(bytes.size()) +
                                               " bytes is over the 2147483647 that OpenCV reads; convert it to PNG "
                                               "with another program first");

  const std::vector<std::byte> patched = patched_copy(bytes, *header);
  ReadImage result;
  result.format = header->format;
  result.warnings = std::move(header->warnings);
  std::string message;
  const cv::Mat decoded = decode_quietly(patched.empty() ? bytes : std::span(patched), message);
  result.image = copy_samples(samples_of(decoded, *header), *header);
  if (!message.empty()) result.warnings.push_back("the " + result.format + " decoder says: " + message);
  return result;
}

bool opencv_writes(std::string_view extension) { return find_write_format(extension) != nullptr; }

std::vector<std::byte> write_with_opencv(const ImageView& image, std::string_view extension) {
  const WriteFormat& format = *find_write_format(extension);
  check_format_holds(format, image);
  std::vector<unsigned char> encoded;
  const std::string failure = "image cannot be written as " + std::string(format.name);
  static_cast<void>(run_with_private_stderr([&] {
    try {
      const std::vector<int> parameters(format.parameter.begin(), format.parameter.end());
      if (!cv::imencode(std::string(extension), bgr_matrix(image), encoded, parameters))
        throw Error(ErrorCode::invalid_image, failure);
    } catch (const cv::Exception& exception) {
      if (exception.code == cv::Error::StsNoMem) throw std::bad_alloc();
      throw Error(ErrorCode::invalid_image, failure);
    }
  }));
  const auto* begin = reinterpret_cast<const std::byte*>(encoded.data());
  return {begin, begin + encoded.size()};
}

std::string opencv_write_extensions() {
  std::string list;
  for (const WriteFormat& format : write_formats) {
    if (!list.empty()) list += ", ";
    list += format.extension;
  }
  return list;
}

}  // namespace vqi
