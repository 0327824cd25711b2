// libpng reads rows in place; limits come before it, and palettes are looked up after it.
#include "png_reader.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "byte_window.hpp"
#include "damage_report.hpp"
#include "exif.hpp"
#include "image_errors.hpp"
#include "png_chunks.hpp"
#include "png_guard.hpp"
#include "png_metadata.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"
#include "upright.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view png_signature = "\x89PNG\r\n\x1A\n";
/// The chunks that libpng may keep in memory, PLTE and tRNS, are under a kilobyte.
constexpr png_alloc_size_t max_chunk_bytes = std::size_t{1} << 20;
/// libpng takes pixels in blocks, and none of the last where a file is cut off in it.
constexpr std::size_t salvage_block_bytes = 64;

/// What IHDR says; it is read without libpng so that the limits come first.
struct PngSize {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint8_t bit_depth = 0;
  bool is_palette = false;
  bool is_colour = false;
  bool has_alpha = false;

  /// Without those that tRNS adds.
  [[nodiscard]] std::uint32_t channels() const noexcept { return (is_colour ? 3U : 1U) + (has_alpha ? 1U : 0U); }
};

PngSize read_size(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, "PNG");
  if (window.has(12, "CgBI")) throw_unsupported("PNG", "Apple's own form of iOS applications (CgBI)");
  if (!window.has(12, "IHDR") && bytes.size() >= 16)
    throw Error(ErrorCode::corrupt_image, "PNG is damaged: it does not begin with an IHDR chunk", 12);
  const std::uint8_t colour_type = window.u8(25);
  return {window.be32(16),
          window.be32(20),
          window.u8(24),
          colour_type == PNG_COLOR_TYPE_PALETTE,
          (colour_type & PNG_COLOR_MASK_COLOR) != 0,
          (colour_type & PNG_COLOR_MASK_ALPHA) != 0};
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
  /// Borrows `bytes`. With `keeps_going` wrong checksums stop nothing, and rows in front of other damage are kept.
  PngDecoder(std::span<const std::byte> bytes, bool keeps_going) : source_{bytes}, keeps_going_(keeps_going) {
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
      if (keeps_going_) {
        png_set_crc_action(png_, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
        png_set_compression_buffer_size(png_, salvage_block_bytes);
      } else {
        png_set_crc_action(png_, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
      }
      // Of the ancillary chunks only tRNS is for libpng.
      png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
      png_read_info(png_, info_);
      is_palette_ = png_get_color_type(png_, info_) == PNG_COLOR_TYPE_PALETTE;
      has_transparency_ = png_get_valid(png_, info_, PNG_INFO_tRNS) != 0;
      // libpng would take an index outside the palette for black: so palettes are looked up by us.
      if (is_palette_) {
        png_set_packing(png_);
      } else {
        png_set_expand_gray_1_2_4_to_8(png_);
        if (has_transparency_) png_set_tRNS_to_alpha(png_);
      }
      if constexpr (std::endian::native == std::endian::little) png_set_swap(png_);
      passes_ = png_set_interlace_handling(png_);
      // What libpng would forgive inside the pixels, such as a wrong Adler-32, is damage here.
      png_set_benign_errors(png_, 0);
      png_read_update_info(png_, info_);
      channels_ = png_get_channels(png_, info_);
      if (is_palette_) channels_ = has_transparency_ ? 4 : 3;
    });
  }

  /// Channels and depth of the image that `read_rows` fills.
  [[nodiscard]] std::uint32_t channels() const noexcept { return channels_; }
  [[nodiscard]] bool has_transparency() const noexcept { return has_transparency_; }  ///< by a tRNS chunk
  [[nodiscard]] std::uint32_t bit_depth() const { return png_get_bit_depth(png_, info_); }

  /// Reads the pixels into `image`. Throws Error{cancelled} where `callback` says so, and Error{corrupt_image} unless
  /// it keeps going.
  void read_rows(Image& image, const ProgressCallback& callback) {
    // Indices go to the end of their rows, from where they widen forwards in place.
    const std::size_t offset = is_palette_ ? image.row_bytes() - image.width_px() : 0;
    if (png_get_rowbytes(png_, info_) + offset != image.row_bytes())
      throw Error(ErrorCode::corrupt_image, "PNG is damaged: its rows have an unexpected size");
    // Rows that are lost stay black, or become the palette's first colour.
    if (keeps_going_) std::fill(image.samples().begin(), image.samples().end(), std::byte{0});
    const std::uint32_t height_px = image.height_px();
    RowProgress progress(callback, Stage::read, static_cast<std::uint64_t>(passes_) * height_px);
    for (int pass = 0; pass < passes_; ++pass)
      progress.in_bands(height_px, [&](std::uint32_t begin, std::uint32_t end) {
        if (damage_) return;
        const auto read_band = [&] {
          for (next_row_ = begin; next_row_ < end; ++next_row_)
            png_read_row(png_, reinterpret_cast<png_bytep>(image.row(next_row_) + offset), nullptr);
        };
        if (run_png_step(png_, read_band)) return;
        if (!keeps_going_) throw_failure();
        damage_ = failure();
        first_lost_row_ = pass == 0 ? next_row_ : 0;
      });
    if (is_palette_) look_up_palette(image);
  }

  /// An index that has no entry in the palette; only where it keeps going.
  [[nodiscard]] const std::optional<FileDamage>& index_damage() const noexcept { return index_damage_; }

  /// What ended the pixels early; only where it keeps going.
  [[nodiscard]] const std::optional<FileDamage>& damage() const noexcept { return damage_; }
  /// The first row that it may have changed.
  [[nodiscard]] std::uint32_t first_lost_row() const noexcept { return first_lost_row_; }

 private:
  /// Replaces the indices at the ends of the rows by their palette entries; those that have none by opaque black.
  void look_up_palette(Image& image) {
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
        const bool is_inside = index < size;
        if (!is_inside) note_wrong_index();
        const png_color colour = is_inside ? palette[index] : png_color{};
        target[0] = colour.red;
        target[1] = colour.green;
        target[2] = colour.blue;
        if (channels == 4) target[3] = is_inside && index < alpha_size ? alpha[index] : png_byte{255};
      }
    }
  }

  void note_wrong_index() {
    constexpr std::string_view words = "a pixel's index lies outside of the palette";
    if (!keeps_going_) throw_damaged("PNG", std::string(words), source_.position);
    if (!index_damage_) index_damage_ = FileDamage{std::string(words), source_.position};
  }

  template <typename Step>
  void run(const Step& step) {
    if (!run_png_step(png_, step)) throw_failure();
  }

  /// What libpng failed of, and where.
  [[nodiscard]] FileDamage failure() const {
    if (source_.ended_early) return {"it ends early", source_.bytes.size()};
    std::string words = failure_.text;
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return {words, source_.position};
  }

  [[noreturn]] void throw_failure() const {
    const FileDamage damage = failure();
    if (source_.ended_early)
      throw Error(ErrorCode::corrupt_image,
                  "PNG ends early, at byte " + std::to_string(damage.offset) + "; the file is truncated or damaged",
                  damage.offset);
    throw_damaged("PNG", damage.words, damage.offset);
  }

  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  PngFailure failure_;
  PngSource source_;
  bool keeps_going_;
  std::optional<FileDamage> damage_;
  std::optional<FileDamage> index_damage_;
  std::uint32_t next_row_ = 0;
  std::uint32_t first_lost_row_ = 0;
  int passes_ = 1;
  bool is_palette_ = false;
  bool has_transparency_ = false;
  std::uint32_t channels_ = 0;
};

/// A type with what is no letter replaced.
std::string printable_type(std::string_view type) {
  std::string result(type);
  std::replace_if(
      result.begin(), result.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return result;
}

/// Notes wrong checksums and chunks that are not understood, as far as libpng is not to refuse them.
void note_damaged_chunks(const PngChunks& chunks, Damage rule, ReadImage& result) {
  bool is_behind_pixels = false;
  for (const PngChunkView& chunk : chunks.list) {
    const bool is_ancillary = (chunk.type[0] & 0x20) != 0;
    const bool is_harmless = is_behind_pixels ? is_ancillary || !chunk.crc_ok : is_harmless_chunk(chunk.type);
    const std::string name = is_harmless_chunk(chunk.type) ? std::string(chunk.type) + " chunk" : "a chunk";
    if (!chunk.crc_ok && is_harmless)
      note_harmless_damage({"wrong checksum of " + name + ", which is left out", chunk.offset}, rule, result);
    else if (!chunk.crc_ok)
      note_pixel_damage({"wrong checksum of its " + printable_type(chunk.type) + " chunk", chunk.offset}, "its pixels",
                        rule, result);
    else if (is_behind_pixels && !is_ancillary && chunk.type != "IDAT")
      note_pixel_damage({"an unknown critical chunk", chunk.offset}, "its pixels", rule, result);
    is_behind_pixels |= chunk.type == "IDAT";
  }
}

/// libpng leaves a tRNS chunk out that is not in its place or does not fit the picture, and says nothing.
void note_unused_transparency(const PngChunks& chunks, bool is_used, Damage rule, ReadImage& result) {
  for (const PngChunkView& chunk : chunks.list) {
    if (chunk.type != "tRNS" || !chunk.crc_ok || std::exchange(is_used, false)) continue;
    const std::string words = "its tRNS chunk is out of place or does not fit it";
    if (rule == Damage::refuse_any) throw_damaged("PNG", words, chunk.offset);
    result.warnings.push_back("the PNG's transparency is left out: " + words);
    return;
  }
}

/// The orientation of the first eXIf chunk that is whole.
std::uint32_t find_orientation(const PngChunks& chunks) {
  for (const PngChunkView& chunk : chunks.list) {
    if (chunk.type != "eXIf" || !chunk.crc_ok) continue;
    return read_exif(chunk.data).orientation;
  }
  return 1;
}

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
  check_page(options.page, 1, "PNG");
  // libpng takes memory for rows with the header; tRNS and orientation, further on, may add to this.
  check_image_memory(size.width_px, size.height_px, size.channels() * (size.bit_depth == 16 ? 2U : 1U), run);
  const PngChunks chunks = find_png_chunks(bytes);

  ReadImage result;
  result.format = "PNG";
  note_damaged_chunks(chunks, options.damage, result);
  PngDecoder decoder(bytes, options.damage == Damage::salvage);
  decoder.read_header();
  note_unused_transparency(chunks, decoder.has_transparency(), options.damage, result);
  result.sample_bits = size.bit_depth;
  result.is_palette = size.is_palette;
  result.dropped = dropped_png_metadata(chunks);
  const std::uint32_t orientation = find_orientation(chunks);
  const std::uint64_t pixel_bytes = std::uint64_t{decoder.channels()} * (decoder.bit_depth() / 8);
  check_image_memory(size.width_px, size.height_px, pixel_bytes * (orientation == 1 ? 1 : 2), run);
  ColourMetadata metadata = read_png_metadata(chunks, size.is_colour, run.max_memory_bytes, result.warnings);
  const bool has_profile = std::any_of(chunks.list.begin(), chunks.list.end(),
                                       [](const PngChunkView& chunk) { return chunk.type == "iCCP"; });
  if (has_profile && !metadata.icc_profile) result.dropped.emplace_back("ICC profile");

  result.image = Image(size.width_px, size.height_px, decoder.channels(), decoder.bit_depth());
  decoder.read_rows(result.image, run.progress);
  if (decoder.index_damage()) note_pixel_damage(*decoder.index_damage(), "some pixels", options.damage, result);
  if (decoder.damage())
    note_pixel_damage(*decoder.damage(),
                      "the pixels from stored row " + std::to_string(decoder.first_lost_row() + 1) + " on",
                      options.damage, result);
  else if (!chunks.has_end)
    note_harmless_damage({"its IEND chunk is missing or damaged", chunks.end_offset}, options.damage, result);
  if (chunks.has_end) note_trailing_bytes(bytes.size() - chunks.end_offset, chunks.end_offset, options.damage, result);
  result.image.metadata() = std::move(metadata);
  result.image = turned_upright(std::move(result.image), orientation);
  return result;
}

}  // namespace vqi::detail
