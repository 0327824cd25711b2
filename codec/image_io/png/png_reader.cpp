// libpng reads rows in place; limits come before it, and palettes are looked up after it.
#include "png_reader.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>
#include <string>

#include "byte_window.hpp"
#include "png_guard.hpp"
#include "png_metadata.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view png_signature = "\x89PNG\r\n\x1A\n";
/// The chunks that libpng may keep in memory, PLTE and tRNS, are under a kilobyte.
constexpr png_alloc_size_t max_chunk_bytes = std::size_t{1} << 20;

/// What IHDR says; it is read without libpng so that the limits come first.
struct PngSize {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  bool is_colour = false;
};

PngSize read_size(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, "PNG");
  if (!window.has(12, "IHDR") && bytes.size() >= 16)
    throw Error(ErrorCode::corrupt_image, "PNG is damaged: it does not begin with an IHDR chunk", 12);
  return {window.be32(16), window.be32(20), (window.u8(25) & PNG_COLOR_MASK_COLOR) != 0};
}

/// The bytes that libpng reads from, and how far it has come.
struct PngSource {
  std::span<const std::byte> bytes;
  std::size_t position = 0;
  bool ended_early = false;
};

void read_from_source(png_structp png, png_bytep data, std::size_t length) {
  auto* source = static_cast<PngSource*>(png_get_io_ptr(png));
  if (length > source->bytes.size() - source->position) {
    source->ended_early = true;
    png_error(png, "ends early");
  }
  std::memcpy(data, source->bytes.data() + source->position, length);
  source->position += length;
}

/// A libpng read struct over bytes in memory, with its errors turned into Error.
class PngDecoder {
 public:
  explicit PngDecoder(std::span<const std::byte> bytes) : source_{bytes} {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, &failure_, fail_png_step, ignore_png_warning);
    if (png_ == nullptr) throw std::bad_alloc();
    info_ = png_create_info_struct(png_);
    if (info_ == nullptr) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw std::bad_alloc();
    }
  }
  PngDecoder(const PngDecoder&) = delete;
  PngDecoder& operator=(const PngDecoder&) = delete;
  ~PngDecoder() { png_destroy_read_struct(&png_, &info_, nullptr); }

  /// Reads all that precedes the pixels, and decides what the rows shall look like.
  void read_header() {
    run([this] {
      png_set_read_fn(png_, &source_, read_from_source);
      png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // ours were applied to IHDR
      png_set_chunk_malloc_max(png_, max_chunk_bytes);
      png_set_crc_action(png_, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
      // Of the ancillary chunks only tRNS is for libpng.
      png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
      png_read_info(png_, info_);
      is_palette_ = png_get_color_type(png_, info_) == PNG_COLOR_TYPE_PALETTE;
      const bool has_transparency = png_get_valid(png_, info_, PNG_INFO_tRNS) != 0;
      // libpng would take an index outside the palette for black: so palettes are looked up by us.
      if (is_palette_) {
        png_set_packing(png_);
      } else {
        png_set_expand_gray_1_2_4_to_8(png_);
        if (has_transparency) png_set_tRNS_to_alpha(png_);
      }
      if constexpr (std::endian::native == std::endian::little) png_set_swap(png_);
      passes_ = png_set_interlace_handling(png_);
      // What libpng would forgive inside the pixels, such as a wrong Adler-32, is damage here.
      png_set_benign_errors(png_, 0);
      png_read_update_info(png_, info_);
      channels_ = png_get_channels(png_, info_);
      if (is_palette_) channels_ = has_transparency ? 4 : 3;
    });
  }

  /// Channels and depth of the image that `read_rows` fills.
  [[nodiscard]] std::uint32_t channels() const noexcept { return channels_; }
  [[nodiscard]] std::uint32_t bit_depth() const { return png_get_bit_depth(png_, info_); }

  /// Reads the pixels into `image`, and on to IEND. Throws Error{cancelled} where `callback` says so.
  void read_rows(Image& image, const ProgressCallback& callback) {
    // Indices go to the end of their rows, from where they widen forwards in place.
    const std::size_t offset = is_palette_ ? image.row_bytes() - image.width_px() : 0;
    if (png_get_rowbytes(png_, info_) + offset != image.row_bytes())
      throw Error(ErrorCode::corrupt_image, "PNG is damaged: its rows have an unexpected size");
    const std::uint32_t height_px = image.height_px();
    RowProgress progress(callback, Stage::read, static_cast<std::uint64_t>(passes_) * height_px);
    for (int pass = 0; pass < passes_; ++pass)
      progress.in_bands(height_px, [&](std::uint32_t begin, std::uint32_t end) {
        run([&] {
          for (std::uint32_t y = begin; y < end; ++y)
            png_read_row(png_, reinterpret_cast<png_bytep>(image.row(y) + offset), nullptr);
        });
      });
    run([this] {
      png_set_benign_errors(png_, 1);
      png_read_end(png_, nullptr);
    });
    if (is_palette_) look_up_palette(image);
  }

 private:
  /// Replaces the indices at the ends of the rows by their palette entries.
  void look_up_palette(Image& image) const {
    png_colorp palette = nullptr;
    png_bytep alpha = nullptr;
    int size = 0;
    int alpha_size = 0;
    png_get_PLTE(png_, info_, &palette, &size);
    png_get_tRNS(png_, info_, &alpha, &alpha_size, nullptr);
    const std::uint32_t channels = image.channels();
    for (std::uint32_t y = 0; y < image.height_px(); ++y) {
      auto* target = reinterpret_cast<png_bytep>(image.row(y));
      const png_byte* source = target + image.row_bytes() - image.width_px();
      for (std::uint32_t x = 0; x < image.width_px(); ++x, target += channels) {
        const int index = source[x];
        if (index >= size)
          throw Error(ErrorCode::corrupt_image, "PNG is damaged: a pixel's index lies outside the palette");
        target[0] = palette[index].red;
        target[1] = palette[index].green;
        target[2] = palette[index].blue;
        if (channels == 4) target[3] = index < alpha_size ? alpha[index] : png_byte{255};
      }
    }
  }

  template <typename Step>
  void run(const Step& step) {
    if (run_png_step(png_, step)) return;
    if (source_.ended_early)
      throw Error(
          ErrorCode::corrupt_image,
          "PNG ends early, at byte " + std::to_string(source_.bytes.size()) + "; the file is truncated or damaged",
          source_.bytes.size());
    std::string words = failure_.text;
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    throw Error(ErrorCode::corrupt_image,
                "PNG is damaged near byte " + std::to_string(source_.position) + " (" + words + ")", source_.position);
  }

  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  PngFailure failure_;
  PngSource source_;
  int passes_ = 1;
  bool is_palette_ = false;
  std::uint32_t channels_ = 0;
};

}  // namespace

bool is_png(std::span<const std::byte> bytes) { return ByteWindow(bytes, "PNG").has(0, png_signature); }

ImageFileInfo inspect_png(std::span<const std::byte> bytes) {
  const PngSize size = read_size(bytes);
  const bool is_16_bit = ByteWindow(bytes, "PNG").u8(24) == 16;
  // tRNS, further on, may make an alpha channel of any colour type.
  return {"PNG", size.width_px, size.height_px, size.is_colour ? 4U : 2U, is_16_bit ? 16U : 8U};
}

ReadImage read_png(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  const PngSize size = read_size(bytes);
  check_size_limits(size.width_px, size.height_px, options.limits);

  ReadImage result;
  result.format = "PNG";
  PngDecoder decoder(bytes);
  decoder.read_header();
  const std::uint64_t pixel_bytes = std::uint64_t{decoder.channels()} * (decoder.bit_depth() / 8);
  check_memory_limit(pixel_bytes * size.width_px * size.height_px, run, "reading the image");
  ColourMetadata metadata = read_png_metadata(bytes, size.is_colour, run.max_memory_bytes, result.warnings);

  result.image = Image(size.width_px, size.height_px, decoder.channels(), decoder.bit_depth());
  decoder.read_rows(result.image, run.progress);
  result.image.metadata() = std::move(metadata);
  return result;
}

}  // namespace vqi::detail
