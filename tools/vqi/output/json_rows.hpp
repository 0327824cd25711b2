// The JSON object of one row of a sweep, from which the JSON and CSV reports are made.
#pragma once

#include <nlohmann/json.hpp>

#include "sweep_result.hpp"

namespace vqi::tool {

/// The keys that compress prints for the same options, without output and threads; then "on_hull" and "knee". Defined
/// in json_report.cpp.
[[nodiscard]] nlohmann::ordered_json sweep_row_object(const SweptImage& image, const SweepRow& row);

}  // namespace vqi::tool
