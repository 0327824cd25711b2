// Reports for programs: one JSON object a line, schema 1.
#pragma once

#include <string>
#include <vector>

#include "command_results.hpp"
#include "failure.hpp"
#include "sweep_result.hpp"

namespace vqi::tool {

// Each returns one object and a line's end. Keys keep their order, doubles round-trip, and bytes in
// file names that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string json_line(const CompressResult& result);
[[nodiscard]] std::string json_line(const DecompressResult& result);
/// A damaged stream's object ends with the key "error".
[[nodiscard]] std::string json_line(const InfoResult& result);
[[nodiscard]] std::string json_line(const CompareResult& result);
[[nodiscard]] std::string json_line(const SweepResult& result);
[[nodiscard]] std::string json_line(const std::vector<GapOfImage>& gaps);
[[nodiscard]] std::string json_line(const Failure& failure);

}  // namespace vqi::tool
