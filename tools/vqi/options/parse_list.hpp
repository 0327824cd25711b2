// Lists on the command line: "2,4,8", ranges of numbers, and lists of names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vqi::tool {

/// The parts of `text` between commas. Throws Error{invalid_option}, naming `option`, if one is empty.
[[nodiscard]] std::vector<std::string> split_list(std::string_view option, std::string_view text);

/// Whole numbers of `minimum`..`maximum` as "2,4,8", as "2..256" (the powers of two from one to
/// another) and as "10..20:2" (from, to, step), mixed by commas; each once, in the order of their first
/// mention. Throws Error{invalid_option}, naming `option`.
[[nodiscard]] std::vector<std::uint32_t> parse_integer_list(std::string_view option, std::string_view text,
                                                            std::uint32_t minimum, std::uint32_t maximum);

}  // namespace vqi::tool
