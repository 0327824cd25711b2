// similar_name: the known name that a mistyped one was probably meant to be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vqi::tool {

/// The one of `known` that is most like `typed`: by the fewest letters to insert, drop, change or exchange with a
/// neighbour, if a third of the letters or fewer; or the only one that begins with `typed`. None if no name is like it.
[[nodiscard]] std::optional<std::string> similar_name(std::string_view typed, std::span<const std::string> known);

}  // namespace vqi::tool
