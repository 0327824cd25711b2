// What an ICC profile must be like to be kept, whichever format it comes from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// Profiles for displays take kilobytes and those for printers a few megabytes; this is for both. Where a profile is
/// stored in pieces or compressed, no more is put together.
constexpr std::uint64_t max_sensible_profile_bytes = std::uint64_t{16} << 20;

/// The colour space field of a profile fits grey images or those of colours: ICC.1, 7.2.6.
[[nodiscard]] bool icc_profile_fits(std::span<const std::byte> profile, bool is_colour) noexcept;

/// Why the profile cannot be kept with such an image, or null.
[[nodiscard]] const char* icc_profile_fault(std::span<const std::byte> profile, bool is_colour) noexcept;

/// Gives `read.image` a copy of `profile` under a name, for formats whose profiles have none; if it does not fit the
/// image, it is dropped. The format of `read` is set.
void keep_icc_profile(std::span<const std::byte> profile, ReadImage& read);

/// Why the profile of pixels that are not RGB or grey is dropped.
constexpr std::string_view converted_colours =
    "its colours are converted without it; convert the file to PNG first if they depend on it";

/// Notes in the warnings of `read` and in what it dropped that a profile is left out because of `fault`.
void drop_icc_profile(std::string_view fault, ReadImage& read);

}  // namespace vqi::detail
