// All formats sort damage by what it did to pixels; pixels that are damaged one by one are told of once, missing rows
// by their number.
#include "damage_report.hpp"

#include "image_errors.hpp"

namespace vqi::detail {

void note_harmless_damage(const FileDamage& damage, Damage rule, ReadImage& result) {
  if (rule == Damage::refuse_any) throw_damaged(result.format, damage.words, damage.offset);
  result.warnings.push_back("the " + result.format + " is damaged near byte " + std::to_string(damage.offset) + " (" +
                            damage.words + "), which changed no pixel");
}

void note_pixel_damage(const FileDamage& damage, std::string_view what_is_lost, Damage rule, ReadImage& result) {
  if (rule != Damage::salvage) throw_damaged(result.format, damage.words, damage.offset);
  result.lost_pixels = true;
  result.warnings.push_back("the " + result.format + " is damaged near byte " + std::to_string(damage.offset) + " (" +
                            damage.words + "); " + std::string(what_is_lost) + " may be wrong or lost");
}

void note_trailing_bytes(std::uint64_t count, std::uint64_t offset, Damage rule, ReadImage& result) {
  if (count == 0) return;
  note_harmless_damage({std::to_string(count) + (count == 1 ? " byte follows" : " bytes follow") + " its end", offset},
                       rule, result);
}

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

std::string first_picture_warning(std::optional<std::uint64_t> count, std::string_view format) {
  return "the " + std::string(format) + " has " + (count ? std::to_string(*count) : "several") +
         " pictures; only the first is read";
}

}  // namespace vqi::detail
