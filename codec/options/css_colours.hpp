// css_colour: the 148 colours that have names in CSS.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vqi {

/// 0xRRGGBB for a name in lower case, such as "tomato".
[[nodiscard]] std::optional<std::uint32_t> css_colour(std::string_view name) noexcept;

}  // namespace vqi
