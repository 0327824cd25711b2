// Chooses what the options leave open, and calls the writer of the form.
#include "index_files.hpp"

#include <cstring>
#include <filesystem>

#include "c_arrays.hpp"
#include "map_files.hpp"
#include "tile_sheet.hpp"
#include "tiled_map.hpp"
#include "vqi/error.hpp"
#include "vqi/image_io.hpp"

namespace vqi::tool {
namespace {

std::vector<std::byte> bytes_of(const std::string& text) {
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

std::string size_text(std::uint32_t width, std::uint32_t height) {
  return std::to_string(width) + "x" + std::to_string(height);
}

/// The options of C arrays and raw bytes, with all that is not given.
struct PackedLayout {
  PixelForm pixels;
  std::uint32_t bits;
  BitOrder order;

  PackedLayout(const BlockImage& image, const IndexChoice& choice)
      : pixels(choice.pixels.value_or(usual_pixel_form(image.has_alpha()))),
        bits(choice.index_bits.value_or(fewest_index_bits(image.k))),
        order(choice.bit_order.value_or(BitOrder::msb_first)) {
    if (image.has_alpha() && !holds_alpha(pixels))
      throw Error(ErrorCode::invalid_option, "--palette-format " + std::string(pixel_form_name(pixels)) +
                                                 " has no place for the alpha of the image, give rgba8888 or bgra8888");
  }
  [[nodiscard]] std::string index_text(const BlockImage& image) const {
    std::string text = std::to_string(bits) + (bits == 1 ? " bit an index" : " bits an index");
    if (bits < 8) text += order == BitOrder::msb_first ? ", msb first" : ", lsb first";
    return text + ", " + std::to_string(packed_row_bytes(image.indexed.map_width, bits)) + " bytes a row";
  }
};

std::string colours_text(const BlockImage& image) {
  const std::string plural = image.k == 1 ? "" : "s";
  if (!image.has_blocks()) return std::to_string(image.k) + " colour" + plural;
  return std::to_string(image.k) + " tile" + plural + " of " + size_text(image.block_width_px, image.block_height_px);
}

/// Colours, filled up with zeros to as many as the indices can name, then the indices.
void write_raw(const BlockImage& image, const PackedLayout& layout, IndexFiles& files) {
  const std::size_t palette_bytes =
      (std::size_t{1} << layout.bits) * image.pixels_in_block() * pixel_bytes(layout.pixels);
  files.bytes.reserve(palette_bytes);
  for (std::uint32_t k = 0; k < image.k; ++k)
    for (std::size_t i = 0; i < image.pixels_in_block(); ++i)
      append_pixel(files.bytes, image.pixel(k, i), layout.pixels);
  files.bytes.resize(palette_bytes);
  const std::vector<std::byte> indices = pack_indices(image, layout.bits, layout.order);
  files.bytes.insert(files.bytes.end(), indices.begin(), indices.end());
  files.description = colours_text(image) + " as " + std::string(pixel_form_name(layout.pixels)) + " in " +
                      std::to_string(palette_bytes) + " bytes; " + layout.index_text(image);
}

void write_c(const BlockImage& image, const PackedLayout& layout, const std::string& output, IndexFiles& files) {
  const std::string name = c_identifier(output);
  files.bytes = bytes_of(write_c_arrays(image, name, layout.pixels, layout.bits, layout.order));
  files.description = name + (image.has_blocks() ? "_tiles, " : "_palette, ") + colours_text(image) + " as " +
                      std::string(pixel_form_name(layout.pixels)) + "; " + name + "_indices, " +
                      layout.index_text(image);
}

void write_sheet(const BlockImage& image, const RunOptions& run, std::vector<std::byte>& bytes) {
  bytes = write_image_bytes(draw_tile_sheet(image), ".png", run);
}

std::string sheet_text(const BlockImage& image) {
  return colours_text(image) + ", " + std::to_string(sheet_columns(image.k)) + " in a row";
}

void write_tiled(const BlockImage& image, const std::string& output, const RunOptions& run, IndexFiles& files) {
  const std::filesystem::path sheet(tile_sheet_name(output));
  files.bytes = bytes_of(write_tmx(image, std::filesystem::path(output).stem().string(), sheet.filename().string()));
  write_sheet(image, run, files.sheet.emplace());
  files.description = size_text(image.indexed.map_width, image.indexed.map_height) +
                      (image.indexed.indices.size() == 1 ? " tile; in " : " tiles; in ") + sheet.filename().string() +
                      " " + sheet_text(image);
}

/// Throws Error{limit_exceeded} if the files may take more memory than `run` allows.
void check_memory(const BlockImage& image, const RunOptions& run) {
  const std::uint64_t bytes =
      index_file_memory_bytes * (image.indexed.indices.size() + image.indexed.codebook.size_bytes());
  if (bytes > run.max_memory_bytes)
    throw Error(Limit::memory, "the file takes up to " + std::to_string(bytes) + " bytes of memory, the limit is " +
                                   std::to_string(run.max_memory_bytes));
}

/// Maps without a size of the image in them.
void warn_of_padding(const BlockImage& image, IndexFiles& files) {
  if (!image.is_padded()) return;
  const IndexedImage& indexed = image.indexed;
  files.warnings.push_back(
      "the blocks of the map cover " +
      size_text(indexed.map_width * image.block_width_px, indexed.map_height * image.block_height_px) +
      " pixels, the image has " + size_text(indexed.width_px, indexed.height_px));
}

/// Colours of C arrays and bytes stand alone. That they are of sRGB is what everyone takes for granted.
void warn_of_lost_metadata(const BlockImage& image, IndexForm form, IndexFiles& files) {
  const ColourMetadata& metadata = image.indexed.metadata;
  const bool has_gamma = (metadata.gamma || metadata.chromaticities) && !metadata.srgb_intent;
  if (metadata.icc_profile || metadata.cicp || has_gamma)
    files.warnings.push_back("the form " + std::string(index_form_name(form)) +
                             " does not keep the colour profile or gamma of the image");
}

}  // namespace

IndexFiles write_index_files(const BlockImage& image, const IndexChoice& choice, const std::string& output,
                             const RunOptions& run) {
  check_memory(image, run);
  const std::string map_size = size_text(image.indexed.map_width, image.indexed.map_height);
  IndexFiles files;
  const IndexForm form = *choice.form;
  if (form != IndexForm::c && form != IndexForm::sheet) warn_of_padding(image, files);
  if (form == IndexForm::c || form == IndexForm::raw) warn_of_lost_metadata(image, form, files);
  switch (form) {
    case IndexForm::c:
      write_c(image, PackedLayout(image, choice), output, files);
      break;
    case IndexForm::raw:
      write_raw(image, PackedLayout(image, choice), files);
      break;
    case IndexForm::npy:
      files.bytes = write_npy(image);
      files.description = map_size + (image.k > 256 ? " indices as uint16" : " indices as uint8");
      break;
    case IndexForm::pgm:
      files.bytes = write_index_pgm(image);
      files.description = map_size + " indices as samples";
      break;
    case IndexForm::csv:
      files.bytes = bytes_of(write_index_csv(image));
      files.description = map_size + " indices";
      break;
    case IndexForm::sheet:
      write_sheet(image, run, files.bytes);
      files.description = sheet_text(image);
      break;
    case IndexForm::tmx:
      write_tiled(image, output, run, files);
      break;
  }
  return files;
}

}  // namespace vqi::tool
