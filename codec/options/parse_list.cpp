// Splits lists and expands ranges.
#include "vqi/option_values.hpp"

#include <algorithm>
#include <bit>

#include "vqi/error.hpp"

namespace vqi {
namespace {

constexpr std::string_view range_dots = "..";

[[noreturn]] void refuse(std::string_view option, std::string_view text, const std::string& why) {
  throw Error(ErrorCode::invalid_option, std::string(option) + " \"" + std::string(text) + "\" " + why);
}

/// Appends the numbers of one part: a number, FROM..TO or FROM..TO:STEP.
void append_range(std::string_view option, std::string_view part, std::uint64_t minimum, std::uint64_t maximum,
                  std::vector<std::uint64_t>& numbers) {
  const std::size_t dots = part.find(range_dots);
  if (dots == std::string_view::npos) {
    if (part.find_first_of("-:") != std::string_view::npos && part.find_first_not_of("0123456789-:") == part.npos)
      refuse(option, part, "is no range, which is written as in 2..16 (powers of two) or 10..20:2 (steps of 2)");
    numbers.push_back(parse_integer(option, part, minimum, maximum));
    return;
  }
  const std::string_view after_dots = part.substr(dots + range_dots.size());
  const std::size_t colon = after_dots.find(':');
  const std::uint64_t from = parse_integer(option, part.substr(0, dots), minimum, maximum);
  const std::uint64_t to = parse_integer(option, after_dots.substr(0, colon), minimum, maximum);
  if (from > to) refuse(option, part, "runs backwards, give the smaller number first");
  if (colon == std::string_view::npos) {
    if (!std::has_single_bit(from) || !std::has_single_bit(to))
      refuse(option, part,
             "is a range without a step, which takes powers of two; give powers of two, or a step as in " +
                 std::string(part) + ":1");
    for (std::uint64_t value = from; value <= to; value *= 2) numbers.push_back(value);
    return;
  }
  const std::uint64_t step = parse_integer(option, after_dots.substr(colon + 1), 1, maximum);
  for (std::uint64_t value = from; value <= to; value += step) numbers.push_back(value);
}

}  // namespace

std::vector<std::string> split_list(std::string_view option, std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    if (end == begin) refuse(option, text, "has an empty entry, give a list such as 1,2");
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::vector<std::uint32_t> parse_integer_list(std::string_view option, std::string_view text, std::uint32_t minimum,
                                              std::uint32_t maximum) {
  std::vector<std::uint64_t> numbers;
  for (const std::string& part : split_list(option, text)) append_range(option, part, minimum, maximum, numbers);
  std::vector<bool> seen(std::size_t{maximum} + 1);
  std::vector<std::uint32_t> once;
  for (const std::uint64_t number : numbers) {
    if (seen[number]) continue;
    seen[number] = true;
    once.push_back(static_cast<std::uint32_t>(number));
  }
  return once;
}

}  // namespace vqi
