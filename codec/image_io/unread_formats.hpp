// Names of formats that vqi does not read, so that an error can name what was given.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace vqi::detail {

/// What the bytes are, such as "AVIF image" or "PDF document", or nothing. For bytes that no reader recognises; some
/// formats show at the end of the file only. Takes the time of a look at the first kilobytes.
[[nodiscard]] std::string_view unread_format(std::span<const std::byte> bytes) noexcept;

}  // namespace vqi::detail
