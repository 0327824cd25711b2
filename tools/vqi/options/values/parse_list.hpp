// Parses lists on the command line: numbers such as "2,4,8", ranges such as "2..256", and names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vqi::tool {

/// The parts of `text` between commas. Throws Error{invalid_option}, naming `option`, if one is empty.
[[nodiscard]] std::vector<std::string> split_list(std::string_view option, std::string_view text);

/// The whole numbers of a list, each from `minimum` to `maximum`. Parts between commas are a number, a range of powers
/// of two ("2..256") or a range with a step ("10..20:2": from, to, step). Each number comes once, where the list names
/// it first. Throws Error{invalid_option}, naming `option`.
[[nodiscard]] std::vector<std::uint32_t> parse_integer_list(std::string_view option, std::string_view text,
                                                            std::uint32_t minimum, std::uint32_t maximum);

}  // namespace vqi::tool
