// FileDamage: what is wrong with an image file, and the one rule of what to do about it.
#pragma once

#include <cstdint>
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

/// Damage that may have changed or lost pixels: a line that tells which, "rows 7 and below", and `lost_pixels` under
/// Damage::salvage; else Error{corrupt_image}.
void note_pixel_damage(const FileDamage& damage, std::string_view what_is_lost, Damage rule, ReadImage& result);

/// Bytes after the end of the picture, which are harmless damage; nothing where there are none.
void note_trailing_bytes(std::uint64_t count, std::uint64_t offset, Damage rule, ReadImage& result);

}  // namespace vqi::detail
