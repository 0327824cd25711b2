// The passes of the search over residuals of Paeth's filter.
#pragma once

#include "choice_input.hpp"
#include "palette_map.hpp"

namespace vqi::detail {

/// What the passes find from a map whose order suits Paeth's filter.
[[nodiscard]] CostedMap search_residuals(PaletteMap map, const ChoiceInput& input);

}  // namespace vqi::detail
