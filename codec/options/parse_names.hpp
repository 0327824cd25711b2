// Parses the names that options take as values.
#pragma once

#include <string>

#include "vqi/gap.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

// The value called `text`. Each throws Error{invalid_option}, naming its option.
[[nodiscard]] Method parse_method(const std::string& text);
/// Of quantize, which has fewer.
[[nodiscard]] Method parse_palette_method(const std::string& text);
[[nodiscard]] Covariance parse_covariance(const std::string& text);
[[nodiscard]] Seeding parse_seeding(const std::string& text);
[[nodiscard]] Dither parse_dither(const std::string& text);
[[nodiscard]] Coding parse_coding(const std::string& text);
[[nodiscard]] Model parse_model(const std::string& text);
[[nodiscard]] Space parse_space(const std::string& text);
[[nodiscard]] cluster::GapBox parse_gap_box(const std::string& text);
[[nodiscard]] cluster::GapRule parse_gap_rule(const std::string& text);
[[nodiscard]] Colour parse_fixed_colour(const char* option, const std::string& text);

}  // namespace vqi::detail
