// A format is recognised by its first bytes when read, and by its extension when written.
#include "image_formats.hpp"

#include <algorithm>
#include <array>

#include "bmp_reader.hpp"
#include "bmp_writer.hpp"
#include "gif_reader.hpp"
#include "icc_profile.hpp"
#include "jpeg2000_header.hpp"
#include "jpeg2000_reader.hpp"
#include "jpeg_reader.hpp"
#include "jpeg_writer.hpp"
#include "netpbm_reader.hpp"
#include "netpbm_writer.hpp"
#include "png_reader.hpp"
#include "png_writer.hpp"
#include "sun_raster_reader.hpp"
#include "tiff_reader.hpp"
#include "tiff_writer.hpp"
#include "vqi/error.hpp"
#include "webp_reader.hpp"
#include "webp_writer.hpp"

namespace vqi::detail {
namespace {

constexpr std::array readers{
    ImageReader{is_png, inspect_png, read_png},
    ImageReader{is_jpeg, inspect_jpeg, read_jpeg},
    ImageReader{is_tiff, inspect_tiff, read_tiff},
    ImageReader{is_bmp, inspect_bmp, read_bmp},
    ImageReader{is_gif, inspect_gif, read_gif},
    ImageReader{is_netpbm, inspect_netpbm, read_netpbm},
    ImageReader{is_webp, inspect_webp, read_webp},
    ImageReader{is_jpeg2000, inspect_jpeg2000, read_jpeg2000},
    ImageReader{is_sun_raster, inspect_sun_raster, read_sun_raster},
};

std::vector<std::byte> write_png_file(const ImageView& image, std::string_view /*extension*/, const RunOptions& run) {
  return write_png(image, run);
}

constexpr std::uint32_t max_int_side_px = 0x7FFFFFFF;  // of PNG, TIFF, BMP and Netpbm

constexpr std::array writers{
    ImageWriter{".png", "PNG", true, true, true, true, true, max_int_side_px, true, true, true, write_png_file},
    ImageWriter{".jpg", "JPEG", true, true, false, false, false, 65500, true, true, false, write_jpeg},
    ImageWriter{".jpeg", "JPEG", true, true, false, false, false, 65500, true, true, false, write_jpeg},
    ImageWriter{".tif", "TIFF", true, true, true, true, true, max_int_side_px, true, true, false, write_tiff},
    ImageWriter{".tiff", "TIFF", true, true, true, true, true, max_int_side_px, true, true, false, write_tiff},
    ImageWriter{".webp", "WebP", true, true, false, true, false, 16383, true, false, false, write_webp},
    ImageWriter{".bmp", "BMP", true, true, false, false, false, max_int_side_px, false, false, false, write_bmp},
    ImageWriter{".ppm", "PPM", false, true, false, false, true, max_int_side_px, false, false, false, write_netpbm},
    ImageWriter{".pgm", "PGM", true, false, false, false, true, max_int_side_px, false, false, false, write_netpbm},
    ImageWriter{".pnm", "PNM", true, true, false, false, true, max_int_side_px, false, false, false, write_netpbm},
    ImageWriter{".pam", "PAM", true, true, true, true, true, max_int_side_px, false, false, false, write_netpbm},
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

void check_writer_holds(const ImageWriter& writer, std::uint32_t width_px, std::uint32_t height_px,
                        std::uint32_t channels, std::uint32_t bit_depth) {
  const auto refuse = [&](const std::string& what) {
    throw Error(ErrorCode::invalid_option,
                std::string(writer.name) + " cannot hold " + what + "; write a .png instead");
  };
  if (channels == 2 && !writer.holds_grey_alpha) refuse("grey with alpha");
  if (channels == 4 && !writer.holds_rgba) refuse("alpha");
  if (channels == 3 && !writer.holds_colour) refuse("colours");
  if (channels == 1 && !writer.holds_grey) refuse("a grey image");
  if (bit_depth == 16 && !writer.holds_16_bit) refuse("16 bits per sample");
  if (std::max(width_px, height_px) > writer.max_side_px)
    refuse("sides over " + std::to_string(writer.max_side_px) + " pixels");
}

std::vector<std::string> losses_of(const ImageWriter& writer, const ColourMetadata& metadata, std::uint32_t channels) {
  std::vector<std::string> losses;
  const auto lose = [&](bool is_lost, std::string_view what) {
    if (is_lost) losses.push_back("the " + std::string(writer.name) + " file does not keep the " + std::string(what));
  };
  // WebP has colours only.
  const bool is_colour = channels > 2 || writer.name == "WebP";
  const bool fits = metadata.icc_profile && icc_profile_fits(metadata.icc_profile->bytes, is_colour);
  lose(metadata.icc_profile && !(writer.keeps_profile && fits), "ICC colour profile");
  lose(metadata.gamma && !writer.keeps_colour_chunks, "gamma (gAMA)");
  lose(metadata.chromaticities && !writer.keeps_colour_chunks, "chromaticities (cHRM)");
  lose(metadata.srgb_intent && !writer.keeps_colour_chunks, "rendering intent (sRGB)");
  lose(metadata.cicp && !writer.keeps_colour_chunks, "colour space (cICP)");
  lose(metadata.density && !writer.keeps_density, "pixel density");
  return losses;
}

}  // namespace vqi::detail
