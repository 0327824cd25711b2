// The JSON object of one row of a sweep, for reports that are made of it.
#pragma once

#include <nlohmann/json.hpp>

#include "sweep_result.hpp"

namespace vqi::tool {

/// What compress prints for the same options, without output and threads, and whether the row is on
/// the hull and its knee.
[[nodiscard]] nlohmann::ordered_json sweep_row_object(const SweptImage& image, const SweepRow& row);

}  // namespace vqi::tool
