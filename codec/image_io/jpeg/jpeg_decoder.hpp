// JpegDecoder: the rows of a JPEG file through libjpeg, and what libjpeg found damaged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "damage_report.hpp"
#include "jpeg_guard.hpp"
#include "row_progress.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// Decodes one file. Calls come in the order in which they are declared.
class JpegDecoder {
 public:
  /// Borrows `bytes`. With `keeps_going` damage that changes pixels stops nothing, where libjpeg can go on.
  JpegDecoder(std::span<const std::byte> bytes, bool keeps_going);
  JpegDecoder(const JpegDecoder&) = delete;
  JpegDecoder& operator=(const JpegDecoder&) = delete;
  ~JpegDecoder();

  /// Reads all in front of the first scan. Throws Error{corrupt_image, not_an_image}.
  void read_header();

  /// Reads all pixels into `image`, which is grey or RGB. Throws Error{not_an_image, cancelled} and, unless it keeps
  /// going, Error{corrupt_image} where damage may have changed or lost a pixel.
  void read_rows(Image& image, const ProgressCallback& callback);

  /// Damage that may have changed pixels; only where it keeps going.
  [[nodiscard]] const std::optional<FileDamage>& pixel_damage() const noexcept { return pixel_damage_; }
  /// Damage that has changed none.
  [[nodiscard]] const std::optional<FileDamage>& harmless_damage() const noexcept { return harmless_damage_; }
  /// The first stored row that damage may have changed.
  [[nodiscard]] std::uint32_t first_damaged_row() const noexcept { return first_damaged_row_; }
  /// Bytes after the end marker.
  [[nodiscard]] std::size_t trailing_bytes() const noexcept { return trailing_bytes_; }

 private:
  static void take_message(j_common_ptr codec, int level);
  static void take_progress(j_common_ptr codec);

  /// What libjpeg's callbacks need; `client_data` points to it.
  [[nodiscard]] static JpegDecoder& of(j_common_ptr codec) { return *static_cast<JpegDecoder*>(codec->client_data); }

  template <typename Step>
  [[nodiscard]] bool run(const Step& step);
  [[noreturn]] void throw_failure() const;
  [[nodiscard]] std::uint64_t position() const noexcept;
  void note_message(j_common_ptr codec);
  void check_scans();
  /// False where libjpeg failed and the rows behind are lost.
  [[nodiscard]] bool read_bands(Image& image, RowProgress& progress);
  void read_end();
  void damage_pixels(FileDamage damage);

  std::span<const std::byte> bytes_;
  bool keeps_going_;
  JpegFailure failure_;
  jpeg_decompress_struct codec_{};
  jpeg_progress_mgr progress_manager_{};
  RowProgress* progress_ = nullptr;  // while scans are read before any row comes out
  bool reads_scans_ = false;
  bool ended_early_ = false;
  bool lacks_precision_ = false;  // scans that refine coefficients are missing
  std::optional<FileDamage> pixel_damage_;
  std::optional<FileDamage> harmless_damage_;
  std::uint32_t first_damaged_row_ = 0;
  std::size_t trailing_bytes_ = 0;
};

}  // namespace vqi::detail
