// Numbers from the command line, taken strictly: whole numbers, sizes with a suffix, block sizes.
#include "parse_number.hpp"

#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <system_error>

#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::uint64_t largest_block_side_px = 16;  // EncodeOptions::block_width_px

/// What the digits of `text` say; the largest number there is for anything above it.
std::optional<std::uint64_t> digits_value(std::string_view text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (stop != end || fault == std::errc::invalid_argument) return std::nullopt;
  if (fault == std::errc::result_out_of_range) return std::numeric_limits<std::uint64_t>::max();
  return value;
}

std::uint64_t suffix_factor(char suffix) {
  switch (suffix) {
    case 'k':
      return 1'000;
    case 'M':
      return 1'000'000;
    case 'G':
      return 1'000'000'000;
    default:
      return 1;
  }
}

[[noreturn]] void refuse(std::string_view option, std::string_view text, std::string_view why,
                         const std::string& allowed) {
  throw Error(ErrorCode::invalid_option,
              std::string(option) + " \"" + std::string(text) + "\" " + std::string(why) + ", give " + allowed);
}

std::string range_text(std::uint64_t minimum, std::uint64_t maximum) {
  return "from " + std::to_string(minimum) + " to " + std::to_string(maximum);
}

}  // namespace

std::uint64_t parse_integer(std::string_view option, std::string_view text, std::uint64_t minimum,
                            std::uint64_t maximum) {
  const std::string allowed = "a whole number " + range_text(minimum, maximum);
  const std::optional<std::uint64_t> value = digits_value(text);
  if (!value) refuse(option, text, "is not a whole number", allowed);
  if (*value < minimum || *value > maximum) refuse(option, text, "is out of range", allowed);
  return *value;
}

std::uint64_t parse_size(std::string_view option, std::string_view text, std::uint64_t minimum, std::uint64_t maximum) {
  const std::string allowed =
      "a whole number " + range_text(minimum, maximum) + ", with k, M or G for 1000, 10^6 or 10^9";
  const std::uint64_t factor = text.empty() ? 1 : suffix_factor(text.back());
  const std::optional<std::uint64_t> value = digits_value(text.substr(0, text.size() - (factor > 1 ? 1 : 0)));
  if (!value) refuse(option, text, "is not a size", allowed);
  if (*value > maximum / factor || *value * factor < minimum) refuse(option, text, "is out of range", allowed);
  return *value * factor;
}

BlockSize parse_block(std::string_view option, std::string_view text) {
  const std::string allowed = "WIDTHxHEIGHT from 1x1 to 16x16";
  const std::size_t cross = text.find('x');
  if (cross == std::string_view::npos) refuse(option, text, "is not a block size", allowed);
  const std::optional<std::uint64_t> width = digits_value(text.substr(0, cross));
  const std::optional<std::uint64_t> height = digits_value(text.substr(cross + 1));
  if (!width || !height) refuse(option, text, "is not a block size", allowed);
  if (*width < 1 || *width > largest_block_side_px || *height < 1 || *height > largest_block_side_px)
    refuse(option, text, "is out of range", allowed);
  return {static_cast<std::uint32_t>(*width), static_cast<std::uint32_t>(*height)};
}

}  // namespace vqi::tool
