// Pixels that are damaged one by one are told of once, missing rows by their number.
#include "damage_report.hpp"

#include "file_damage.hpp"

namespace vqi::detail {

void DamageReport::beside_pixels(const std::string& what, std::uint64_t offset) {
  note_harmless_damage({what, offset}, rule_, read_);
}

void DamageReport::in_pixels(const std::string& what, std::uint64_t offset) {
  if (!read_.lost_pixels) note_pixel_damage({what, offset}, "some pixels", rule_, read_);
}

void DamageReport::rows_missing(const std::string& what, std::uint64_t offset, std::uint64_t rows_kept,
                                std::uint64_t rows) {
  const Damage rule = rows_kept == 0 ? Damage::refuse_any : rule_;
  note_pixel_damage({what, offset}, std::to_string(rows - rows_kept) + " of " + std::to_string(rows) + " rows", rule,
                    read_);
}

std::string first_picture_warning(std::uint64_t count, const std::string& format) {
  return "the " + format + " has " + std::to_string(count) + " pictures; only the first is read";
}

}  // namespace vqi::detail
