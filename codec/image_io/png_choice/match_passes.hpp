// The passes of the search over matches, for rows without a filter or with one each.
#pragma once

#include <span>

#include "choice_input.hpp"
#include "palette_map.hpp"

namespace vqi::detail {

/// The best of what the passes find; later ones mostly lose more than they save. `filters`: of each row, or empty;
/// where errors are diffused rows have none.
[[nodiscard]] CostedMap search_matches(PaletteMap map, const ChoiceInput& input,
                                       std::span<const RowFilter> filters = {});

}  // namespace vqi::detail
