// What readers do about damage in an image file, by the caller's rule: an Error, or a warning.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// Damage in words, and the byte near which it shows.
struct FileDamage {
  std::string words;
  std::uint64_t offset = 0;
};

/// Damage that has changed no pixel: a line in `result.warnings`, or Error{corrupt_image} under Damage::refuse_any.
void note_harmless_damage(const FileDamage& damage, Damage rule, ReadImage& result);

/// Damage that may have changed or lost pixels: a line that tells which ("some pixels") and `lost_pixels` under
/// Damage::salvage; else Error{corrupt_image}.
void note_pixel_damage(const FileDamage& damage, std::string_view what_is_lost, Damage rule, ReadImage& result);

/// Bytes after the end of the picture, which are harmless damage; nothing where there are none.
void note_trailing_bytes(std::uint64_t count, std::uint64_t offset, Damage rule, ReadImage& result);

/// The functions above for a reader of rows. Borrows the ReadImage, whose format is set, that the warnings go to.
class DamageReport {
 public:
  DamageReport(ReadImage& read, Damage rule) : read_(read), rule_(rule) {}

  /// Damage at `offset` that changes no pixel.
  void beside_pixels(const std::string& what, std::uint64_t offset);

  /// Damage at `offset` of some pixels; a file that is salvaged gets one warning of them.
  void in_pixels(const std::string& what, std::uint64_t offset);

  /// The data break off at `offset`, when `rows_kept` of `rows` are there. Error{corrupt_image} in any case if no row
  /// is.
  void rows_missing(const std::string& what, std::uint64_t offset, std::uint64_t rows_kept, std::uint64_t rows);

 private:
  ReadImage& read_;
  Damage rule_;
};

/// The warning that of `count` pictures in a file of `format` only the first is read; without a count of several.
[[nodiscard]] std::string first_picture_warning(std::optional<std::uint64_t> count, std::string_view format);

}  // namespace vqi::detail
