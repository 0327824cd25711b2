// libpng writes rows to where they shall be; palettes are looked up after it.
#include "png_decoder.hpp"

#include <algorithm>
#include <bit>
#include <new>
#include <string>
#include <string_view>

#include "byte_window.hpp"
#include "image_errors.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// The chunks that libpng may keep in memory, PLTE and tRNS, are under a kilobyte.
constexpr png_alloc_size_t max_chunk_bytes = std::size_t{1} << 20;
/// libpng takes pixels in blocks, and none of the last where a file is cut off in it.
constexpr std::size_t salvage_block_bytes = 64;

void read_from_file(png_structp png, png_bytep data, std::size_t length) {
  auto* input = static_cast<PngInput*>(png_get_io_ptr(png));
  input->ended_early = length > input->file.size() - input->position;
  if (input->ended_early) png_error(png, "ends early");
  const bool is_read = input->exception.run([&] {
    input->file.read(input->position, {reinterpret_cast<std::byte*>(data), length});
  });
  if (!is_read) png_error(png, "cannot be read");
  input->position += length;
}

/// What libpng would forgive inside the pixels, such as a wrong Adler-32, is damage here. Data that are left when all
/// rows are there are not.
void judge_png_warning(png_structp png, png_const_charp text) {
  auto* input = static_cast<PngInput*>(png_get_io_ptr(png));
  if (input == nullptr || !input->in_pixels) return;
  const std::string_view words = text;
  if (!words.ends_with("Extra compressed data") && !words.ends_with("Too much image data")) png_error(png, text);
  input->has_surplus = true;
}

}  // namespace

PngDecoder::PngDecoder(const FileBytes& file, bool keeps_going) : input_{file}, keeps_going_(keeps_going) {
  png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, &failure_, fail_png_step, judge_png_warning);
  if (png_ == nullptr) throw std::bad_alloc();
  info_ = png_create_info_struct(png_);
  if (info_ == nullptr) {
    png_destroy_read_struct(&png_, nullptr, nullptr);
    throw std::bad_alloc();
  }
}

PngDecoder::~PngDecoder() { png_destroy_read_struct(&png_, &info_, nullptr); }

void PngDecoder::read_header() {
  run([this] {
    png_set_read_fn(png_, &input_, read_from_file);
    png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // ours were applied to IHDR
    png_set_chunk_malloc_max(png_, max_chunk_bytes);
    // Some writers declare a smaller window than their matches reach; the checksum tells whether pixels are whole.
    png_set_option(png_, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
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
    png_read_update_info(png_, info_);
    png_set_benign_errors(png_, 1);
    input_.in_pixels = true;
    channels_ = png_get_channels(png_, info_);
    if (is_palette_) channels_ = has_transparency_ ? 4 : 3;
  });
  if (png_get_rowbytes(png_, info_) + index_offset() != row_bytes())
    throw Error(ErrorCode::corrupt_image, "PNG is damaged: its rows have an unexpected size");
}

void PngDecoder::read_rows(int pass, std::uint32_t first_row, std::uint32_t count, std::byte* rows) {
  if (damage_) return;
  const std::size_t stride = row_bytes();
  std::byte* const first = rows + index_offset();
  const auto read = [&] {
    for (next_row_ = 0; next_row_ < count; ++next_row_)
      png_read_row(png_, reinterpret_cast<png_bytep>(first + next_row_ * stride), nullptr);
  };
  if (run_png_step(png_, read)) return;
  if (!keeps_going_) throw_failure();
  input_.exception.rethrow();
  damage_ = failure();
  first_lost_row_ = pass == 0 ? first_row + next_row_ : 0;
}

void PngDecoder::look_up_palette(std::uint32_t count, std::byte* rows) {
  if (!is_palette_) return;
  png_colorp palette = nullptr;
  png_bytep alpha = nullptr;
  int size = 0;
  int alpha_size = 0;
  png_get_PLTE(png_, info_, &palette, &size);
  png_get_tRNS(png_, info_, &alpha, &alpha_size, nullptr);
  const std::uint32_t width = width_px();
  for (std::uint32_t y = 0; y < count; ++y) {
    auto* target = reinterpret_cast<png_bytep>(rows + y * row_bytes());
    const png_byte* source = target + index_offset();
    for (std::uint32_t x = 0; x < width; ++x, target += channels_) {
      const int index = source[x];
      const bool is_inside = index < size;
      if (!is_inside) note_wrong_index();
      const png_color colour = is_inside ? palette[index] : png_color{};
      target[0] = colour.red;
      target[1] = colour.green;
      target[2] = colour.blue;
      if (channels_ == 4) target[3] = is_inside && index < alpha_size ? alpha[index] : png_byte{255};
    }
  }
}

void PngDecoder::note_wrong_index() {
  constexpr std::string_view words = "a pixel's index lies outside of the palette";
  if (!keeps_going_) throw_damaged("PNG", std::string(words), input_.position);
  if (!index_damage_) index_damage_ = FileDamage{std::string(words), input_.position};
}

std::optional<FileDamage> PngDecoder::surplus() const {
  if (!input_.has_surplus || damage_) return std::nullopt;
  return FileDamage{"it has more pixel data than its rows take", input_.position};
}

template <typename Step>
void PngDecoder::run(const Step& step) {
  if (!run_png_step(png_, step)) throw_failure();
}

/// What libpng failed of, and where.
FileDamage PngDecoder::failure() const {
  if (input_.ended_early) return {"it ends early", input_.file.size()};
  std::string words = failure_.text;
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return {words, input_.position};
}

void PngDecoder::throw_failure() {
  input_.exception.rethrow();
  if (input_.ended_early) throw_file_ends("PNG", input_.file.size());
  const FileDamage damage = failure();
  throw_damaged("PNG", damage.words, damage.offset);
}

}  // namespace vqi::detail
