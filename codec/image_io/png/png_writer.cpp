// libpng writes rows into a vector, at a compression that was measured on images of few colours.
#include "png_writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <new>
#include <span>
#include <string>

#include "png_guard.hpp"
#include "png_metadata.hpp"
#include "row_progress.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// Measured on four images of 216, 4096 and all their colours. Images of few colours, as come out of a
/// .vqi file, compress best unfiltered: at 216 and 4096 colours to 16 and 11 % less bytes than with
/// libpng's choice of filters, in half the time (with all colours to 17 % more). Level 6 would save
/// another 15 % in 2.5 times the time.
constexpr int compression_level = 4;
constexpr std::size_t max_palette_size = 256;

/// Where libpng writes to.
struct PngSink {
  std::vector<std::byte> bytes;
  std::uint64_t most_bytes = 0;
  bool out_of_memory = false;
  bool is_full = false;
};

void append_to_sink(png_structp png, png_bytep data, std::size_t length) {
  auto* sink = static_cast<PngSink*>(png_get_io_ptr(png));
  sink->is_full = length > sink->most_bytes - sink->bytes.size();
  if (sink->is_full) png_error(png, "over the limit");
  try {
    const auto* begin = reinterpret_cast<const std::byte*>(data);
    sink->bytes.insert(sink->bytes.end(), begin, begin + length);
  } catch (const std::bad_alloc&) {
    sink->out_of_memory = true;
  }
  if (sink->out_of_memory) png_error(png, "out of memory");
}

/// What IHDR, PLTE and tRNS say.
struct PngShape {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  int bit_depth = 8;
  int colour_type = PNG_COLOR_TYPE_RGB;
  std::span<const png_color> palette;
  std::span<const png_byte> palette_alpha;
};

/// A libpng write struct into memory, with its errors turned into Error.
class PngEncoder {
 public:
  /// Borrows `run`.
  explicit PngEncoder(const RunOptions& run) : run_(run) {
    sink_.most_bytes = run.max_memory_bytes;
    png_ = png_create_write_struct(PNG_LIBPNG_VER_STRING, &failure_, fail_png_step, ignore_png_warning);
    if (png_ == nullptr) throw std::bad_alloc();
    info_ = png_create_info_struct(png_);
    if (info_ == nullptr) {
      png_destroy_write_struct(&png_, nullptr);
      throw std::bad_alloc();
    }
  }
  PngEncoder(const PngEncoder&) = delete;
  PngEncoder& operator=(const PngEncoder&) = delete;
  ~PngEncoder() { png_destroy_write_struct(&png_, &info_); }

  void write_header(const PngShape& shape, std::span<const PngChunk> chunks) {
    run([&] {
      png_set_write_fn(png_, &sink_, append_to_sink, nullptr);
      png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
      png_set_compression_level(png_, compression_level);
      if (shape.bit_depth <= 8) png_set_filter(png_, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
      png_set_IHDR(png_, info_, shape.width_px, shape.height_px, shape.bit_depth, shape.colour_type, PNG_INTERLACE_NONE,
                   PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
      if (!shape.palette.empty())
        png_set_PLTE(png_, info_, shape.palette.data(), static_cast<int>(shape.palette.size()));
      if (!shape.palette_alpha.empty())
        png_set_tRNS(png_, info_, shape.palette_alpha.data(), static_cast<int>(shape.palette_alpha.size()), nullptr);
      png_write_info_before_PLTE(png_, info_);
      for (const PngChunk& chunk : chunks)
        png_write_chunk(png_, chunk.type.data(), reinterpret_cast<png_const_bytep>(chunk.data.data()),
                        chunk.data.size());
      png_write_info(png_, info_);
      png_set_packing(png_);
      if constexpr (std::endian::native == std::endian::little) png_set_swap(png_);
    });
  }

  /// Writes the rows that `row(y)` points to, from the top, and the end.
  template <typename Row>
  std::vector<std::byte> write_rows(std::uint32_t height_px, const Row& row) {
    RowProgress progress(run_.progress, Stage::write, height_px);
    progress.in_bands(height_px, [&](std::uint32_t begin, std::uint32_t end) {
      run([&] {
        for (std::uint32_t y = begin; y < end; ++y) png_write_row(png_, row(y));
      });
    });
    run([&] { png_write_end(png_, nullptr); });
    return std::move(sink_.bytes);
  }

 private:
  template <typename Step>
  void run(const Step& step) {
    if (run_png_step(png_, step)) return;
    if (sink_.out_of_memory) throw std::bad_alloc();
    if (sink_.is_full)
      throw Error(Limit::memory,
                  "the PNG file takes more than the limit of " + std::to_string(sink_.most_bytes) + " bytes of memory");
    throw Error(ErrorCode::invalid_image, std::string("image cannot be written as PNG: ") + failure_.text);
  }

  const RunOptions& run_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  PngFailure failure_;
  PngSink sink_;
};

bool is_colour_type(int colour_type) { return (colour_type & PNG_COLOR_MASK_COLOR) != 0; }

int colour_type_of(std::uint32_t channels) {
  constexpr std::array types{PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                             PNG_COLOR_TYPE_RGB_ALPHA};
  return types[channels - 1];
}

/// The palette and its alpha that a codebook of 1x1 blocks stands for.
struct Palette {
  std::array<png_color, max_palette_size> colours{};
  std::array<png_byte, max_palette_size> alpha{};
  std::size_t size = 0;
  std::size_t alpha_size = 0;  ///< entries up to the last that is not opaque
};

Palette palette_of(const ImageView& codebook) {
  Palette palette;
  palette.size = codebook.width_px;
  const auto* sample = reinterpret_cast<const png_byte*>(codebook.row(0));
  for (std::size_t i = 0; i < palette.size; ++i, sample += codebook.channels) {
    const bool is_grey = codebook.channels < 3;
    palette.colours[i] = {sample[0], sample[is_grey ? 0 : 1], sample[is_grey ? 0 : 2]};
    palette.alpha[i] = codebook.has_alpha() ? sample[codebook.channels - 1] : png_byte{255};
    if (palette.alpha[i] != 255) palette.alpha_size = i + 1;
  }
  return palette;
}

void validate_indexed(const IndexedImage& indexed) {
  const ImageView codebook = indexed.codebook.view();
  validate(codebook);
  if (codebook.bit_depth != 8)
    throw Error(ErrorCode::invalid_option, "a palette PNG holds 8 bits per sample; this image has 16");
  if (codebook.height_px != 1 || indexed.map_width != indexed.width_px || indexed.map_height != indexed.height_px)
    throw Error(ErrorCode::invalid_option, "a palette PNG holds one index per pixel; this image has larger blocks");
  if (codebook.width_px > max_palette_size)
    throw Error(ErrorCode::invalid_option, "a palette PNG holds at most 256 colours; this image has " +
                                               std::to_string(codebook.width_px) + " codewords");
  if (indexed.width_px == 0 || indexed.height_px == 0 ||
      indexed.indices.size() != std::size_t{indexed.width_px} * indexed.height_px)
    throw Error(ErrorCode::invalid_image, "index map does not have one index per pixel");
  const auto is_outside = [&](std::uint16_t index) { return index >= codebook.width_px; };
  if (std::any_of(indexed.indices.begin(), indexed.indices.end(), is_outside))
    throw Error(ErrorCode::invalid_image, "index map holds an index that has no codeword");
}

}  // namespace

std::vector<std::byte> write_png(const ImageView& image, const RunOptions& run) {
  validate(image);
  PngShape shape{
      image.width_px, image.height_px, static_cast<int>(image.bit_depth), colour_type_of(image.channels), {}, {}};
  std::vector<PngChunk> chunks;
  if (image.metadata != nullptr) chunks = png_metadata_chunks(*image.metadata, is_colour_type(shape.colour_type));
  PngEncoder encoder(run);
  encoder.write_header(shape, chunks);
  return encoder.write_rows(image.height_px,
                            [&](std::uint32_t y) { return reinterpret_cast<png_const_bytep>(image.row(y)); });
}

std::vector<std::byte> write_palette_png(const IndexedImage& indexed, const RunOptions& run) {
  validate_indexed(indexed);
  const Palette palette = palette_of(indexed.codebook);
  int bits = 1;
  while ((std::size_t{1} << bits) < palette.size) bits *= 2;
  const PngShape shape{indexed.width_px,
                       indexed.height_px,
                       bits,
                       PNG_COLOR_TYPE_PALETTE,
                       {palette.colours.data(), palette.size},
                       {palette.alpha.data(), palette.alpha_size}};
  const std::vector<PngChunk> chunks = png_metadata_chunks(indexed.metadata, true);
  std::vector<png_byte> row(indexed.width_px);
  PngEncoder encoder(run);
  encoder.write_header(shape, chunks);
  return encoder.write_rows(indexed.height_px, [&](std::uint32_t y) -> png_const_bytep {
    const std::uint16_t* index = indexed.indices.data() + std::size_t{y} * indexed.width_px;
    std::transform(index, index + indexed.width_px, row.begin(),
                   [](std::uint16_t i) { return static_cast<png_byte>(i); });
    return row.data();
  });
}

}  // namespace vqi::detail
