// PngDecoder: the rows of a PNG file through libpng, in the samples of an Image.
#pragma once

#include <png.h>

#include <cstddef>
#include <cstdint>
#include <optional>

#include "damage_report.hpp"
#include "file_bytes.hpp"
#include "kept_exception.hpp"
#include "png_guard.hpp"

namespace vqi::detail {

/// Where libpng reads, and how far it has come.
struct PngInput {
  const FileBytes& file;
  std::uint64_t position = 0;
  bool ended_early = false;
  bool in_pixels = false;    ///< all that precedes them was read
  bool has_surplus = false;  ///< see PngDecoder
  KeptException exception{};
};

/// A libpng read struct, with its errors turned into Error{corrupt_image}.
class PngDecoder {
 public:
  /// Borrows the file. With `keeps_going` wrong checksums stop nothing, and rows in front of other damage are kept.
  PngDecoder(const FileBytes& file, bool keeps_going);
  PngDecoder(const PngDecoder&) = delete;
  PngDecoder& operator=(const PngDecoder&) = delete;
  ~PngDecoder();

  /// Reads all that precedes the pixels, and decides what the rows shall look like.
  void read_header();

  [[nodiscard]] std::uint32_t width_px() const { return png_get_image_width(png_, info_); }
  [[nodiscard]] std::uint32_t height_px() const { return png_get_image_height(png_, info_); }
  [[nodiscard]] std::uint32_t channels() const noexcept { return channels_; }
  [[nodiscard]] std::uint32_t bit_depth() const { return png_get_bit_depth(png_, info_); }
  [[nodiscard]] std::size_t row_bytes() const { return std::size_t{width_px()} * channels_ * (bit_depth() / 8); }
  [[nodiscard]] bool has_transparency() const noexcept { return has_transparency_; }  ///< by a tRNS chunk
  [[nodiscard]] int passes() const noexcept { return passes_; }  ///< over all rows; 1 unless it is interlaced

  /// Reads the next `count` rows, of which the first is `first_row`, in the pass `pass`. They have their samples, or
  /// the indices of a palette, after all passes. Nothing is read behind damage, if it keeps going.
  void read_rows(int pass, std::uint32_t first_row, std::uint32_t count, std::byte* rows);
  /// Replaces indices that `read_rows` read by the colours of the palette; of an image without one nothing is changed.
  /// An index outside of it becomes opaque black, if it keeps going.
  void look_up_palette(std::uint32_t count, std::byte* rows);

  /// The file has more pixel data than its rows take. Known when all rows were read, and only if they are whole.
  [[nodiscard]] std::optional<FileDamage> surplus() const;
  /// An index that has no entry in the palette; only where it keeps going.
  [[nodiscard]] const std::optional<FileDamage>& index_damage() const noexcept { return index_damage_; }
  /// What ended the pixels early; only where it keeps going.
  [[nodiscard]] const std::optional<FileDamage>& damage() const noexcept { return damage_; }
  /// The first row that it may have changed.
  [[nodiscard]] std::uint32_t first_lost_row() const noexcept { return first_lost_row_; }

 private:
  /// Indices lie at the ends of their rows, from where they widen forwards in place.
  [[nodiscard]] std::size_t index_offset() const { return is_palette_ ? row_bytes() - width_px() : 0; }
  void note_wrong_index();
  template <typename Step>
  void run(const Step& step);
  [[nodiscard]] FileDamage failure() const;
  [[noreturn]] void throw_failure();

  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  PngFailure failure_;
  PngInput input_;
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

}  // namespace vqi::detail
