// DamageReport: what a reader of rows does about damage that it meets, by the caller's rule.
#pragma once

#include <cstdint>
#include <string>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// Turns the damage of one file into an Error or a warning, as `file_damage` has it. Borrows the ReadImage, whose
/// format is set, that the warnings go to.
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

/// The warning that of `count` pictures in a file of `format` only the first is read.
[[nodiscard]] std::string first_picture_warning(std::uint64_t count, const std::string& format);

}  // namespace vqi::detail
