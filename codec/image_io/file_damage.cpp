// All formats sort damage by what it did to pixels; this file says what follows.
#include "file_damage.hpp"

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

}  // namespace vqi::detail
