// The passes of the search over matches, for rows without a filter.
#pragma once

#include "choice_input.hpp"
#include "palette_map.hpp"

namespace vqi::detail {

/// The best of what the passes find; later ones mostly lose more than they save.
[[nodiscard]] CostedMap search_matches(PaletteMap map, const ChoiceInput& input);

}  // namespace vqi::detail
