// What chunks say comes before the pixels, and limits before all memory that goes by the size.
#include "png_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "byte_window.hpp"
#include "damage_report.hpp"
#include "exif.hpp"
#include "image_errors.hpp"
#include "png_chunks.hpp"
#include "png_decoder.hpp"
#include "png_metadata.hpp"
#include "read_limits.hpp"
#include "row_progress.hpp"
#include "upright.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view png_signature = "\x89PNG\r\n\x1A\n";

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

constexpr std::uint64_t header_bytes = 33;  // signature and IHDR

/// `start` is the first header_bytes of the file, or all of a shorter one.
PngSize read_size(std::span<const std::byte> start) {
  const ByteWindow window(start, "PNG");
  if (window.has(12, "CgBI")) throw_unsupported("PNG", "Apple's own form of iOS applications (CgBI)");
  if (!window.has(12, "IHDR") && start.size() >= 16)
    throw Error(ErrorCode::corrupt_image, "PNG is damaged: it does not begin with an IHDR chunk", 12);
  const std::uint8_t colour_type = window.u8(25);
  return {window.be32(16),
          window.be32(20),
          window.u8(24),
          colour_type == PNG_COLOR_TYPE_PALETTE,
          (colour_type & PNG_COLOR_MASK_COLOR) != 0,
          (colour_type & PNG_COLOR_MASK_ALPHA) != 0};
}

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
    const bool is_ancillary = (chunk.type()[0] & 0x20) != 0;
    const bool is_harmless = is_behind_pixels ? is_ancillary || !chunk.crc_ok : is_harmless_chunk(chunk.type());
    const std::string name = is_harmless_chunk(chunk.type()) ? std::string(chunk.type()) + " chunk" : "a chunk";
    if (!chunk.crc_ok && is_harmless)
      note_harmless_damage({"wrong checksum of " + name + ", which is left out", chunk.offset}, rule, result);
    else if (!chunk.crc_ok)
      note_pixel_damage({"wrong checksum of its " + printable_type(chunk.type()) + " chunk", chunk.offset},
                        "its pixels", rule, result);
    else if (is_behind_pixels && !is_ancillary && chunk.type() != "IDAT")
      note_pixel_damage({"an unknown critical chunk", chunk.offset}, "its pixels", rule, result);
    is_behind_pixels |= chunk.type() == "IDAT";
  }
}

/// libpng leaves a tRNS chunk out that is not in its place or does not fit the picture, and says nothing.
void note_unused_transparency(const PngChunks& chunks, bool is_used, Damage rule, ReadImage& result) {
  for (const PngChunkView& chunk : chunks.list) {
    if (chunk.type() != "tRNS" || !chunk.crc_ok || std::exchange(is_used, false)) continue;
    const std::string words = "its tRNS chunk is out of place or does not fit it";
    if (rule == Damage::refuse_any) throw_damaged("PNG", words, chunk.offset);
    result.warnings.push_back("the PNG's transparency is left out: " + words);
    return;
  }
}

/// The orientation of the first eXIf chunk that is whole.
std::uint32_t find_orientation(const PngChunks& chunks) {
  for (const PngChunkView& chunk : chunks.list) {
    if (chunk.type() != "eXIf" || !chunk.crc_ok) continue;
    return read_exif(chunk.data).orientation;
  }
  return 1;
}

PngSize read_checked_size(const FileBytes& file, const ReadOptions& options) {
  const PngSize size = read_size(file.at(0, std::min(file.size(), header_bytes)));
  check_size_limits(size.width_px, size.height_px, options.limits);
  check_page(options.page, 1, "PNG");
  return size;
}

/// A file of which all is known but the pixels.
struct OpenPng {
  /// Borrows the file.
  OpenPng(const FileBytes& file, const ReadOptions& options, const RunOptions& run);

  PngSize size;
  PngChunks chunks;
  PngDecoder decoder;
  std::uint32_t orientation = 1;
  ReadImage result{};         ///< without image
  ColourMetadata metadata{};  ///< that of the image
};

OpenPng::OpenPng(const FileBytes& file, const ReadOptions& options, const RunOptions& run)
    : size(read_checked_size(file, options)),
      chunks(find_png_chunks(file)),
      decoder(file, options.damage == Damage::salvage) {
  result.format = "PNG";
  note_damaged_chunks(chunks, options.damage, result);
  decoder.read_header();
  note_unused_transparency(chunks, decoder.has_transparency(), options.damage, result);
  result.sample_bits = size.bit_depth;
  result.is_palette = size.is_palette;
  result.dropped = dropped_png_metadata(chunks);
  orientation = find_orientation(chunks);
  metadata = read_png_metadata(chunks, size.is_colour, run.max_memory_bytes, result.warnings);
  const bool has_profile = std::any_of(chunks.list.begin(), chunks.list.end(),
                                       [](const PngChunkView& chunk) { return chunk.type() == "iCCP"; });
  if (has_profile && !metadata.icc_profile) result.dropped.emplace_back("ICC profile");
}

/// What lies behind the pixels, which were read as far as the file has them.
void note_end(const FileBytes& file, const PngChunks& chunks, bool are_pixels_whole, Damage rule, ReadImage& result) {
  if (are_pixels_whole && !chunks.has_end)
    note_harmless_damage({"its IEND chunk is missing or damaged", chunks.end_offset}, rule, result);
  if (chunks.has_end) note_trailing_bytes(file.size() - chunks.end_offset, chunks.end_offset, rule, result);
}

void read_pixels(PngDecoder& decoder, Damage rule, Image& image, const ProgressCallback& callback) {
  // Rows that are lost stay black, or become the palette's first colour.
  if (rule == Damage::salvage) std::fill(image.samples().begin(), image.samples().end(), std::byte{0});
  RowProgress progress(callback, Stage::read, static_cast<std::uint64_t>(decoder.passes()) * image.height_px());
  for (int pass = 0; pass < decoder.passes(); ++pass)
    progress.in_bands(image.height_px(), [&](std::uint32_t begin, std::uint32_t end) {
      decoder.read_rows(pass, begin, end - begin, image.row(begin));
    });
  decoder.look_up_palette(image.height_px(), image.row(0));
}

/// Rows that are decoded when they are asked for, in each pass by a decoder of its own.
class PngRows {
 public:
  PngRows(const ByteSource& source, const ReadOptions& options, const RunOptions& run)
      : file_(source, "PNG"), open_(file_, options, run), rule_(options.damage) {
    note_end(file_, open_.chunks, true, options.damage, open_.result);
    open_.result.image.metadata() = std::move(open_.metadata);
  }
  PngRows(const PngRows&) = delete;
  PngRows& operator=(const PngRows&) = delete;
  ~PngRows() = default;

  [[nodiscard]] const ReadImage& about() const noexcept { return open_.result; }
  [[nodiscard]] ImageView type() const {
    const PngDecoder& decoder = open_.decoder;
    return {nullptr,
            open_.size.width_px,
            open_.size.height_px,
            decoder.channels(),
            decoder.bit_depth(),
            decoder.row_bytes(),
            &open_.result.image.metadata()};
  }
  [[nodiscard]] const char* obstacle() const noexcept {
    if (open_.decoder.passes() > 1) return "the PNG is interlaced";
    if (open_.orientation != 1) return "the PNG's orientation turns it";
    return "";
  }
  /// Rows of libpng and its decompressor, and metadata.
  [[nodiscard]] std::uint64_t memory_bytes() const {
    constexpr std::uint64_t fixed_bytes = std::uint64_t{1} << 18;
    std::uint64_t bytes = fixed_bytes + 3 * open_.decoder.row_bytes();
    for (const std::vector<std::byte>& copy : open_.chunks.copies) bytes += copy.size();
    return bytes + open_.chunks.list.capacity() * sizeof(PngChunkView);
  }

  std::uint32_t read(std::uint32_t first_row, std::uint32_t rows_max, std::span<std::byte> samples) {
    if (first_row == 0) begin_pass();
    decoder_->read_rows(0, first_row, rows_max, samples.data());
    decoder_->look_up_palette(rows_max, samples.data());
    if (decoder_->surplus() && !std::exchange(is_surplus_noted_, rule_ != Damage::refuse_any))
      note_harmless_damage(*decoder_->surplus(), rule_, open_.result);
    return rows_max;
  }

 private:
  void begin_pass() {
    file_.forget();
    decoder_.emplace(file_, false);
    decoder_->read_header();
    const PngDecoder& first = open_.decoder;
    const bool is_same = decoder_->width_px() == first.width_px() && decoder_->height_px() == first.height_px() &&
                         decoder_->channels() == first.channels() && decoder_->bit_depth() == first.bit_depth() &&
                         decoder_->passes() == 1;
    if (!is_same) throw Error(ErrorCode::io_failed, "the file was changed while it was read, try again");
  }

  FileBytes file_;
  OpenPng open_;
  Damage rule_;
  bool is_surplus_noted_ = false;
  std::optional<PngDecoder> decoder_;
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
  const FileBytes file(bytes, "PNG");
  // libpng takes memory for rows with the header; tRNS and orientation, further on, may add to this.
  const PngSize size = read_checked_size(file, options);
  check_image_memory(size.width_px, size.height_px, std::uint64_t{size.channels()} * (size.bit_depth == 16 ? 2 : 1),
                     run);
  OpenPng open(file, options, run);
  PngDecoder& decoder = open.decoder;
  const std::uint64_t pixel_bytes = std::uint64_t{decoder.channels()} * (decoder.bit_depth() / 8);
  check_image_memory(size.width_px, size.height_px, pixel_bytes * (open.orientation == 1 ? 1 : 2), run);

  ReadImage result = std::move(open.result);
  result.image = Image(size.width_px, size.height_px, decoder.channels(), decoder.bit_depth());
  read_pixels(decoder, options.damage, result.image, run.progress);
  if (decoder.index_damage()) note_pixel_damage(*decoder.index_damage(), "some pixels", options.damage, result);
  if (decoder.damage())
    note_pixel_damage(*decoder.damage(),
                      "the pixels from stored row " + std::to_string(decoder.first_lost_row() + 1) + " on",
                      options.damage, result);
  if (decoder.surplus()) note_harmless_damage(*decoder.surplus(), options.damage, result);
  note_end(file, open.chunks, !decoder.damage(), options.damage, result);
  result.image.metadata() = std::move(open.metadata);
  result.image = turned_upright(std::move(result.image), open.orientation);
  return result;
}

ImageRows read_png_rows(const ByteSource& file, const ReadOptions& options, const RunOptions& run) {
  const auto png = std::make_shared<PngRows>(file, options, run);
  ImageRows image;
  image.about = std::shared_ptr<const ReadImage>(png, &png->about());
  image.rows.type = png->type();
  image.memory_bytes = png->memory_bytes();
  image.obstacle = png->obstacle();
  image.rows.read = [png](std::uint32_t first_row, std::uint32_t rows_max, std::span<std::byte> samples) {
    return png->read(first_row, rows_max, samples);
  };
  return image;
}

}  // namespace vqi::detail
