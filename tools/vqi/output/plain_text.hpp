// Formats text for people: grouped digits, fixed decimals, alignment, and file names that are safe on a terminal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vqi::tool {

/// 1234567 as "1,234,567".
[[nodiscard]] std::string grouped(std::uint64_t value);

/// `value` with `decimals` digits after the point, in any locale.
[[nodiscard]] std::string fixed(double value, int decimals);

/// What a distortion without a PSNR is called: "lossless" if no sample differs, "lossless as seen" if only colours
/// under transparent pixels do. `mse_straight` is that of vqi::Distortion.
[[nodiscard]] std::string lossless_text(const std::optional<double>& mse_straight);

/// `value` in the fewest digits that read back as the same double, without an exponent.
[[nodiscard]] std::string shortest(double value);

/// `text` with control characters written as \n, \t or \xNN, so that it stays on one line and cannot command a
/// terminal. All other bytes are kept, valid UTF-8 or not.
[[nodiscard]] std::string one_line(std::string_view text);

/// "16x8": a size in pixels.
[[nodiscard]] std::string dimensions_text(std::uint32_t width_px, std::uint32_t height_px);

/// `text` with &, < and > written as HTML and XML want them.
[[nodiscard]] std::string markup_text(std::string_view text);

/// True if `text` is valid UTF-8 (RFC 3629): shortest forms, no surrogates.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// Two lower-case hexadecimal digits for every byte.
[[nodiscard]] std::string hex_digits(std::string_view text);

/// `text` padded with spaces to `width` bytes: on the right to align it left, on the left to align it right.
[[nodiscard]] std::string left_aligned(std::string_view text, std::size_t width);
[[nodiscard]] std::string right_aligned(std::string_view text, std::size_t width);

}  // namespace vqi::tool
