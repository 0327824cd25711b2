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
#include "netpbm_rows.hpp"
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
    ImageReader{is_png, inspect_png, read_png, read_png_rows},
    ImageReader{is_jpeg, inspect_jpeg, read_jpeg},
    ImageReader{is_tiff, inspect_tiff, read_tiff, read_tiff_rows},
    ImageReader{is_bmp, inspect_bmp, read_bmp},
    ImageReader{is_gif, inspect_gif, read_gif},
    ImageReader{is_netpbm, inspect_netpbm, read_netpbm, read_netpbm_rows},
    ImageReader{is_webp, inspect_webp, read_webp},
    ImageReader{is_jpeg2000, inspect_jpeg2000, read_jpeg2000},
    ImageReader{is_sun_raster, inspect_sun_raster, read_sun_raster},
};

std::vector<std::byte> write_png_file(const ImageView& image, std::string_view /*extension*/, const RunOptions& run) {
  return write_png(image, run);
}

constexpr std::uint64_t any_profile_bytes = 0x7FFFFFFF;  // PNG's and TIFF's lengths have 32 bits

bool keep_any_density(const PixelDensity& /*density*/) { return true; }

constexpr ImageWriter png_writer{.extension = ".png",
                                 .name = "PNG",
                                 .holds_grey_alpha = true,
                                 .holds_rgba = true,
                                 .holds_16_bit = true,
                                 .max_profile_bytes = any_profile_bytes,
                                 .keeps_density = keep_any_density,
                                 .keeps_colour_chunks = true,
                                 .write = write_png_file,
                                 .write_rows = write_png_rows};
constexpr ImageWriter jpeg_writer{.extension = ".jpg",
                                  .name = "JPEG",
                                  .max_side_px = 65500,
                                  .max_profile_bytes = max_jpeg_profile_bytes,
                                  .keeps_density = jpeg_has_density,
                                  .write = write_jpeg};
constexpr ImageWriter tiff_writer{.extension = ".tif",
                                  .name = "TIFF",
                                  .holds_grey_alpha = true,
                                  .holds_rgba = true,
                                  .holds_16_bit = true,
                                  .max_profile_bytes = any_profile_bytes,
                                  .keeps_density = keep_any_density,
                                  .write = write_tiff,
                                  .write_rows = write_tiff_rows};
constexpr ImageWriter webp_writer{.extension = ".webp",
                                  .name = "WebP",
                                  .holds_rgba = true,
                                  .max_side_px = 16383,
                                  .max_profile_bytes = max_webp_profile_bytes,
                                  .write = write_webp};
constexpr ImageWriter bmp_writer{.extension = ".bmp", .name = "BMP", .write = write_bmp};
constexpr ImageWriter ppm_writer{.extension = ".ppm",
                                 .name = "PPM",
                                 .holds_grey = false,
                                 .holds_16_bit = true,
                                 .write = write_netpbm,
                                 .write_rows = write_netpbm_rows};
constexpr ImageWriter pgm_writer{.extension = ".pgm",
                                 .name = "PGM",
                                 .holds_colour = false,
                                 .holds_16_bit = true,
                                 .write = write_netpbm,
                                 .write_rows = write_netpbm_rows};
constexpr ImageWriter pnm_writer{
    .extension = ".pnm", .name = "PNM", .holds_16_bit = true, .write = write_netpbm, .write_rows = write_netpbm_rows};
constexpr ImageWriter pam_writer{.extension = ".pam",
                                 .name = "PAM",
                                 .holds_grey_alpha = true,
                                 .holds_rgba = true,
                                 .holds_16_bit = true,
                                 .write = write_netpbm,
                                 .write_rows = write_netpbm_rows};

constexpr ImageWriter with_extension(ImageWriter writer, std::string_view extension) {
  writer.extension = extension;
  return writer;
}

constexpr std::array writers{png_writer,
                             jpeg_writer,
                             with_extension(jpeg_writer, ".jpeg"),
                             tiff_writer,
                             with_extension(tiff_writer, ".tiff"),
                             webp_writer,
                             bmp_writer,
                             ppm_writer,
                             pgm_writer,
                             pnm_writer,
                             pam_writer};

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
  const bool keeps_profile = metadata.icc_profile && icc_profile_fits(metadata.icc_profile->bytes, is_colour) &&
                             metadata.icc_profile->bytes.size() <= writer.max_profile_bytes;
  lose(metadata.icc_profile && !keeps_profile, "ICC colour profile");
  lose(metadata.gamma && !writer.keeps_colour_chunks, "gamma (gAMA)");
  lose(metadata.chromaticities && !writer.keeps_colour_chunks, "chromaticities (cHRM)");
  lose(metadata.srgb_intent && !writer.keeps_colour_chunks, "rendering intent (sRGB)");
  lose(metadata.cicp && !writer.keeps_colour_chunks, "colour space (cICP)");
  const bool keeps_density =
      metadata.density && writer.keeps_density != nullptr && writer.keeps_density(*metadata.density);
  lose(metadata.density && !keeps_density, "pixel density");
  return losses;
}

}  // namespace vqi::detail
