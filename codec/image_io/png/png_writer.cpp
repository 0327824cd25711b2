// libpng writes rows into a vector, in the smallest form that holds them, at a compression that was measured.
#include "png_writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <new>
#include <numeric>
#include <optional>
#include <span>
#include <string>

#include "png_form.hpp"
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
constexpr int quick_level = 4;
/// Palettes and low depths have a third of the bytes or less, so that there is time for the smallest file.
constexpr int best_level = 9;
/// Below, a palette may take more than it saves: both forms are tried.
constexpr std::uint64_t tried_px = std::uint64_t{1} << 16;
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
  int compression_level = quick_level;
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
      png_set_compression_level(png_, shape.compression_level);
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

int colour_type_of(std::uint32_t channels) {
  constexpr std::array types{PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                             PNG_COLOR_TYPE_RGB_ALPHA};
  return types[channels - 1];
}

/// PLTE and tRNS for colours of which the translucent ones come first.
struct Palette {
  std::array<png_color, max_palette_size> colours{};
  std::array<png_byte, max_palette_size> alpha{};
  std::size_t size = 0;
  std::size_t alpha_size = 0;  ///< entries up to the last that is not opaque

  void add(ColourSet::Colour colour) {
    colours[size] = {static_cast<png_byte>(colour), static_cast<png_byte>(colour >> 8),
                     static_cast<png_byte>(colour >> 16)};
    alpha[size] = static_cast<png_byte>(colour >> 24);
    ++size;
    if (is_translucent(colour)) alpha_size = size;
  }
};

/// The fewest bits that PNG has for `size` indices.
int index_bits(std::size_t size) {
  int bits = 1;
  while ((std::size_t{1} << bits) < size) bits *= 2;
  return bits;
}

PngShape palette_shape(std::uint32_t width_px, std::uint32_t height_px, const Palette& palette) {
  return {width_px,
          height_px,
          index_bits(palette.size),
          PNG_COLOR_TYPE_PALETTE,
          best_level,
          {palette.colours.data(), palette.size},
          {palette.alpha.data(), palette.alpha_size}};
}

/// The colours of a codebook of 1x1 blocks.
std::vector<ColourSet::Colour> codeword_colours(const ImageView& codebook) {
  std::vector<ColourSet::Colour> colours;
  const std::byte* sample = codebook.row(0);
  for (std::uint32_t i = 0; i < codebook.width_px; ++i, sample += codebook.channels) {
    const bool is_grey = codebook.channels < 3;
    const std::array<std::byte, 4> pixel{sample[0], sample[is_grey ? 0 : 1], sample[is_grey ? 0 : 2],
                                         codebook.has_alpha() ? sample[codebook.channels - 1] : std::byte{255}};
    colours.push_back(colour_at(pixel.data(), 4));
  }
  return colours;
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

/// Writes the image's own samples.
std::vector<std::byte> write_samples(const ImageView& image, std::span<const PngChunk> chunks, const RunOptions& run) {
  PngEncoder encoder(run);
  encoder.write_header({image.width_px,
                        image.height_px,
                        static_cast<int>(image.bit_depth),
                        colour_type_of(image.channels),
                        quick_level,
                        {},
                        {}},
                       chunks);
  return encoder.write_rows(image.height_px,
                            [&](std::uint32_t y) { return reinterpret_cast<png_const_bytep>(image.row(y)); });
}

/// Writes 8-bit grey samples, all of which fit into `bits`.
std::vector<std::byte> write_low_grey(const ImageView& image, std::uint32_t bits, std::span<const PngChunk> chunks,
                                      const RunOptions& run) {
  const std::uint32_t step = 255U / ((1U << bits) - 1);
  std::vector<png_byte> row(image.width_px);
  PngEncoder encoder(run);
  encoder.write_header(
      {image.width_px, image.height_px, static_cast<int>(bits), PNG_COLOR_TYPE_GRAY, best_level, {}, {}}, chunks);
  return encoder.write_rows(image.height_px, [&](std::uint32_t y) -> png_const_bytep {
    std::transform(image.row(y), image.row(y) + image.width_px, row.begin(), [&](std::byte sample) {
      return static_cast<png_byte>(std::to_integer<std::uint32_t>(sample) / step);
    });
    return row.data();
  });
}

/// Writes an image of few colours as indices. RGBA keeps a tRNS chunk even where it is opaque, by which its readers
/// know that it has alpha.
std::vector<std::byte> write_few_colours(const ImageView& image, const ColourSet& set, std::span<const PngChunk> chunks,
                                         const RunOptions& run) {
  Palette palette;
  for (const ColourSet::Colour colour : set.colours()) palette.add(colour);
  if (image.channels == 4 && palette.alpha_size == 0) palette.alpha_size = 1;
  std::vector<png_byte> row(image.width_px);
  PngEncoder encoder(run);
  encoder.write_header(palette_shape(image.width_px, image.height_px, palette), chunks);
  return encoder.write_rows(image.height_px, [&](std::uint32_t y) -> png_const_bytep {
    const std::byte* sample = image.row(y);
    for (std::uint32_t x = 0; x < image.width_px; ++x, sample += image.channels)
      row[x] = set.index_of(colour_at(sample, image.channels));
    return row.data();
  });
}

}  // namespace

std::vector<std::byte> write_png(const ImageView& image, const RunOptions& run) {
  validate(image);
  std::vector<PngChunk> chunks;
  if (image.metadata != nullptr) chunks = png_metadata_chunks(*image.metadata, image.channels > 2);
  if (image.bit_depth == 8 && image.channels == 1)
    if (const std::uint32_t bits = find_grey_bits(image); bits < 8) return write_low_grey(image, bits, chunks, run);
  if (image.bit_depth == 16 || image.channels < 3) return write_samples(image, chunks, run);
  const std::optional<ColourSet> set = find_few_colours(image);
  if (!set) return write_samples(image, chunks, run);
  std::vector<std::byte> indexed = write_few_colours(image, *set, chunks, run);
  if (std::uint64_t{image.width_px} * image.height_px > tried_px) return indexed;
  RunOptions quiet = run;
  quiet.progress = {};
  std::vector<std::byte> plain = write_samples(image, chunks, quiet);
  return plain.size() < indexed.size() ? plain : indexed;
}

std::vector<std::byte> write_palette_png(const IndexedImage& indexed, const RunOptions& run) {
  validate_indexed(indexed);
  const std::vector<ColourSet::Colour> colours = codeword_colours(indexed.codebook);
  std::vector<std::size_t> order(colours.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_partition(order.begin(), order.end(), [&](std::size_t i) { return is_translucent(colours[i]); });
  Palette palette;
  std::array<png_byte, max_palette_size> place{};
  for (const std::size_t codeword : order) {
    place[codeword] = static_cast<png_byte>(palette.size);
    palette.add(colours[codeword]);
  }
  const std::vector<PngChunk> chunks = png_metadata_chunks(indexed.metadata, true);
  std::vector<png_byte> row(indexed.width_px);
  PngEncoder encoder(run);
  encoder.write_header(palette_shape(indexed.width_px, indexed.height_px, palette), chunks);
  return encoder.write_rows(indexed.height_px, [&](std::uint32_t y) -> png_const_bytep {
    const std::uint16_t* index = indexed.indices.data() + std::size_t{y} * indexed.width_px;
    std::transform(index, index + indexed.width_px, row.begin(), [&](std::uint16_t i) { return place[i]; });
    return row.data();
  });
}

}  // namespace vqi::detail
