// A format is recognised by its first bytes when read, and by its extension when written.
#include "image_formats.hpp"

#include <algorithm>
#include <array>

#include "bmp_reader.hpp"
#include "bmp_writer.hpp"
#include "gif_reader.hpp"
#include "jpeg_reader.hpp"
#include "jpeg_writer.hpp"
#include "netpbm_reader.hpp"
#include "netpbm_writer.hpp"
#include "opencv_io.hpp"
#include "png_reader.hpp"
#include "png_writer.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::array readers{
    ImageReader{is_png, inspect_png, read_png},
    ImageReader{is_jpeg, inspect_jpeg, read_jpeg},
    ImageReader{is_bmp, inspect_bmp, read_bmp},
    ImageReader{is_gif, inspect_gif, read_gif},
    ImageReader{is_netpbm, inspect_netpbm, read_netpbm},
    ImageReader{opencv_recognises, inspect_with_opencv, read_with_opencv},
};

std::vector<std::byte> write_png_file(const ImageView& image, std::string_view /*extension*/, const RunOptions& run) {
  return write_png(image, run);
}

constexpr std::uint32_t max_int_side_px = 0x7FFFFFFF;   // of PNG, BMP and Netpbm
constexpr std::uint32_t max_opencv_side_px = 1U << 20;  // what OpenCV itself reads back

constexpr std::array writers{
    ImageWriter{".png", "PNG", true, true, true, true, true, max_int_side_px, write_png_file},
    ImageWriter{".jpg", "JPEG", true, true, false, false, false, 65500, write_jpeg},
    ImageWriter{".jpeg", "JPEG", true, true, false, false, false, 65500, write_jpeg},
    ImageWriter{".tif", "TIFF", true, true, false, true, true, max_opencv_side_px, write_with_opencv},
    ImageWriter{".tiff", "TIFF", true, true, false, true, true, max_opencv_side_px, write_with_opencv},
    ImageWriter{".webp", "WebP", true, true, false, true, false, 16383, write_with_opencv},
    ImageWriter{".bmp", "BMP", true, true, false, false, false, max_int_side_px, write_bmp},
    ImageWriter{".ppm", "PPM", false, true, false, false, true, max_int_side_px, write_netpbm},
    ImageWriter{".pgm", "PGM", true, false, false, false, true, max_int_side_px, write_netpbm},
    ImageWriter{".pnm", "PNM", true, true, false, false, true, max_int_side_px, write_netpbm},
    ImageWriter{".pam", "PAM", true, true, true, true, true, max_int_side_px, write_netpbm},
};

}  // namespace

const ImageReader* find_image_reader(std::span<const std::byte> bytes) {
  const auto* found =
      std::find_if(readers.begin(), readers.end(), [&](const ImageReader& reader) { return reader.recognises(bytes); });
  return found == readers.end() ? nullptr : found;
}

const ImageWriter* find_image_writer(std::string_view extension) {
  const auto* found = std::find_if(writers.begin(), writers.end(),
                                   [&](const ImageWriter& writer) { return writer.extension == extension; });
  return found == writers.end() ? nullptr : found;
}

std::string image_writer_extensions() {
  std::string list;
  for (const ImageWriter& writer : writers) {
    if (!list.empty()) list += ", ";
    list += writer.extension;
  }
  return list;
}

void check_writer_holds(const ImageWriter& writer, const ImageView& image) {
  const auto refuse = [&](const std::string& what) {
    throw Error(ErrorCode::invalid_option,
                std::string(writer.name) + " cannot hold " + what + "; write a .png instead");
  };
  if (image.channels == 2 && !writer.holds_grey_alpha) refuse("grey with alpha");
  if (image.channels == 4 && !writer.holds_rgba) refuse("alpha");
  if (image.channels == 3 && !writer.holds_colour) refuse("colours");
  if (image.channels == 1 && !writer.holds_grey) refuse("a grey image");
  if (image.bit_depth == 16 && !writer.holds_16_bit) refuse("16 bits per sample");
  if (std::max(image.width_px, image.height_px) > writer.max_side_px)
    refuse("sides over " + std::to_string(writer.max_side_px) + " pixels");
}

}  // namespace vqi::detail
