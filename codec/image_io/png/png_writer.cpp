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

#include "palette_png.hpp"
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
/// Low depths have half of the bytes or less, so that there is time for the smallest file.
constexpr int best_level = 9;
/// Below, a palette may take more than it saves: both forms are tried.
constexpr std::uint64_t tried_px = std::uint64_t{1} << 16;

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

/// What IHDR says.
struct PngShape {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  int bit_depth = 8;
  int colour_type = PNG_COLOR_TYPE_RGB;
  int compression_level = quick_level;
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

/// Writes the image's own samples.
std::vector<std::byte> write_samples(const ImageView& image, std::span<const PngChunk> chunks, const RunOptions& run) {
  PngEncoder encoder(run);
  encoder.write_header(
      {image.width_px, image.height_px, static_cast<int>(image.bit_depth), colour_type_of(image.channels), quick_level},
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
  encoder.write_header({image.width_px, image.height_px, static_cast<int>(bits), PNG_COLOR_TYPE_GRAY, best_level},
                       chunks);
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
  const CallWork work(run);
  PalettePngOptions options;
  options.effort = usual_png_effort(std::uint64_t{image.width_px} * image.height_px);
  options.keeps_alpha = image.channels == 4;
  return write_palette_map(make_palette_map(image, set), chunks, options, work);
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
  const std::uint64_t pixels = std::uint64_t{image.width_px} * image.height_px;
  if (pixels * png_bytes_per_pixel > run.max_memory_bytes) return write_samples(image, chunks, run);
  std::vector<std::byte> indexed = write_few_colours(image, *set, chunks, run);
  if (pixels > tried_px) return indexed;
  RunOptions quiet = run;
  quiet.progress = {};
  std::vector<std::byte> plain = write_samples(image, chunks, quiet);
  return plain.size() < indexed.size() ? plain : indexed;
}

}  // namespace vqi::detail
