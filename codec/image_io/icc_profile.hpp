// What an ICC profile must be like to be kept, whichever format it comes from.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vqi/image.hpp"

namespace vqi::detail {

/// The colour space field of a profile fits grey images or those of colours: ICC.1, 7.2.6.
[[nodiscard]] bool icc_profile_fits(std::span<const std::byte> profile, bool is_colour) noexcept;

/// Why the profile cannot be kept with such an image, or null.
[[nodiscard]] const char* icc_profile_fault(std::span<const std::byte> profile, bool is_colour) noexcept;

/// A copy of `profile` under a name, for formats whose profiles have none; nothing, with a line in `warnings`, if it
/// cannot be kept. `format` is "JPEG", "WebP" ...
[[nodiscard]] std::optional<IccProfile> keep_icc_profile(std::span<const std::byte> profile, bool is_colour,
                                                         std::string_view format, std::vector<std::string>& warnings);

/// The warning that the ICC profile of a `format` file is not kept.
[[nodiscard]] std::string profile_warning(std::string_view format);

}  // namespace vqi::detail
