// Which filter each row of a palette PNG gets, so that matches and literals take few bits.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "palette_map.hpp"
#include "png_rows.hpp"

namespace vqi::detail {

/// A filter for each row, from the top: the one whose bytes cost least in a quick parse after the rows that were chosen
/// before, by prices that follow the choice. The first prices are those of rows that all have the filter `start`.
/// `passes` >= 1; each goes on from the prices of the one before. Linear in the bytes; `poll` is called now and then,
/// and may throw.
[[nodiscard]] std::vector<RowFilter> choose_row_filters(const PaletteMap& map, std::uint32_t depth, RowFilter start,
                                                        std::uint32_t passes, const std::function<void()>& poll);

}  // namespace vqi::detail
