// Pieces of text for people: grouped digits, fixed decimals, file names that cannot upset a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vqi::tool {

/// 1234567 as "1,234,567".
[[nodiscard]] std::string grouped(std::uint64_t value);

/// `value` with `decimals` digits behind the point, whatever the locale.
[[nodiscard]] std::string fixed(double value, int decimals);

/// `text` with control characters written as \n, \t or \xNN, so that it stays one line and sends no
/// command to a terminal. Everything else, UTF-8 or not, is kept.
[[nodiscard]] std::string one_line(std::string_view text);

/// True if `text` is UTF-8 as RFC 3629 has it: shortest forms, no surrogates.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// Two lower-case hexadecimal digits for every byte.
[[nodiscard]] std::string hex_digits(std::string_view text);

/// `text` filled with blanks on the right, or on the left, up to `width` characters.
[[nodiscard]] std::string left_aligned(std::string_view text, std::size_t width);
[[nodiscard]] std::string right_aligned(std::string_view text, std::size_t width);

}  // namespace vqi::tool
