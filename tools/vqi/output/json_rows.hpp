// The JSON objects of one row of a sweep and of one gap statistic, from which the JSON and CSV reports are made.
#pragma once

#include <nlohmann/json.hpp>

#include "sweep_result.hpp"

namespace vqi::tool {

/// The keys that compress prints for the same options, without output and threads; then "on_hull" and "knee". Defined
/// in json_report.cpp.
[[nodiscard]] nlohmann::ordered_json sweep_row_object(const SweptImage& image, const SweepRow& row);

/// The entry of --gap for one image and block size. Defined there as well.
[[nodiscard]] nlohmann::ordered_json gap_object(const GapOfImage& gap);

}  // namespace vqi::tool
