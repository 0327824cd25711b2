// Reads digits with std::from_chars and words the refusals.
#include "vqi/option_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <system_error>

#include "vqi/error.hpp"

namespace vqi {
namespace {

constexpr std::uint64_t largest_block_side_px = 16;  // EncodeOptions::block_width_px

/// The value of a string of digits; none if it exceeds 2^64 - 1.
struct Digits {
  std::optional<std::uint64_t> value;

  [[nodiscard]] bool is_between(std::uint64_t minimum, std::uint64_t maximum) const noexcept {
    return value && *value >= minimum && *value <= maximum;
  }
};

/// Nothing if `text` has any other character than digits, or none at all.
std::optional<Digits> read_digits(std::string_view text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (stop != end || fault == std::errc::invalid_argument) return std::nullopt;
  if (fault == std::errc::result_out_of_range) return Digits{};
  return Digits{value};
}

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

/// In small letters. People write these in any case, and of bytes or pixels no case means anything else.
constexpr std::array units{
    Unit{"k", 1'000},         Unit{"kb", 1'000},         Unit{"kib", 1 << 10},
    Unit{"m", 1'000'000},     Unit{"mb", 1'000'000},     Unit{"mib", 1 << 20},
    Unit{"g", 1'000'000'000}, Unit{"gb", 1'000'000'000}, Unit{"gib", 1 << 30},
};

char small_letter(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// The factor of the unit `name`, 1 for none; nothing if there is no such unit.
std::optional<std::uint64_t> unit_factor(std::string_view name) {
  if (name.empty()) return 1;
  const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& known) {
    return std::equal(name.begin(), name.end(), known.name.begin(), known.name.end(),
                      [](char typed, char letter) { return small_letter(typed) == letter; });
  });
  if (unit == units.end()) return std::nullopt;
  return unit->factor;
}

[[noreturn]] void refuse(std::string_view option, std::string_view text, std::string_view why,
                         const std::string& allowed) {
  throw Error(ErrorCode::invalid_option,
              std::string(option) + " \"" + std::string(text) + "\" " + std::string(why) + ", give " + allowed);
}

std::string range_text(std::uint64_t minimum, std::uint64_t maximum) {
  return "from " + std::to_string(minimum) + " to " + std::to_string(maximum);
}

/// The decimal number in `text`; none if it is too large or too small for a double.
std::optional<double> read_decimal(std::string_view option, std::string_view text, const std::string& allowed) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (text.empty() || stop != end || (fault != std::errc{} && fault != std::errc::result_out_of_range) ||
      std::isnan(value))
    refuse(option, text, "is not a number", allowed);
  if (fault == std::errc::result_out_of_range || std::isinf(value)) return std::nullopt;
  return value;
}

}  // namespace

std::uint64_t parse_integer(std::string_view option, std::string_view text, std::uint64_t minimum,
                            std::uint64_t maximum) {
  const std::string allowed = "a whole number " + range_text(minimum, maximum);
  const std::optional<Digits> digits = read_digits(text);
  if (!digits) refuse(option, text, "is not a whole number", allowed);
  if (!digits->is_between(minimum, maximum)) refuse(option, text, "is out of range", allowed);
  return *digits->value;
}

std::uint64_t parse_size(std::string_view option, std::string_view text, std::uint64_t minimum, std::uint64_t maximum) {
  const std::string allowed =
      "a whole number " + range_text(minimum, maximum) + ", alone or with k, M, G, KiB, MiB or GiB";
  const std::size_t digit_count = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::optional<Digits> digits = read_digits(text.substr(0, digit_count));
  const std::optional<std::uint64_t> factor = unit_factor(text.substr(digit_count));
  if (!digits || !factor) refuse(option, text, "is not a size", allowed);
  if (!digits->is_between(minimum / *factor + (minimum % *factor != 0 ? 1 : 0), maximum / *factor))
    refuse(option, text, "is out of range", allowed);
  return *digits->value * *factor;
}

double parse_positive(std::string_view option, std::string_view text) {
  const std::string allowed = "a number above 0, such as 35 or 0.75";
  const std::optional<double> value = read_decimal(option, text, allowed);
  if (!value || *value <= 0) refuse(option, text, "is out of range", allowed);
  return *value;
}

double parse_up_to(std::string_view option, std::string_view text, std::uint64_t maximum) {
  constexpr std::uint64_t example = 35;
  const std::string allowed =
      "a number " + range_text(0, maximum) +
      (maximum < example ? ", such as 0.75" : ", such as " + std::to_string(example) + " or 0.75");
  const std::optional<double> value = read_decimal(option, text, allowed);
  if (!value || *value < 0 || *value > static_cast<double>(maximum)) refuse(option, text, "is out of range", allowed);
  return *value;
}

BlockSize parse_block(std::string_view option, std::string_view text) {
  const std::string allowed = "WIDTHxHEIGHT from 1x1 to 16x16";
  const std::size_t cross = text.find('x');
  if (cross == std::string_view::npos) refuse(option, text, "is not a block size", allowed);
  const std::optional<Digits> width = read_digits(text.substr(0, cross));
  const std::optional<Digits> height = read_digits(text.substr(cross + 1));
  if (!width || !height) refuse(option, text, "is not a block size", allowed);
  if (!width->is_between(1, largest_block_side_px) || !height->is_between(1, largest_block_side_px))
    refuse(option, text, "is out of range", allowed);
  return {static_cast<std::uint32_t>(*width->value), static_cast<std::uint32_t>(*height->value)};
}

}  // namespace vqi
