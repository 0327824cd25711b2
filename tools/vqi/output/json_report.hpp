// Formats reports for programs: one JSON object per line, schema 1.
#pragma once

#include <string>
#include <vector>

#include "command_results.hpp"
#include "failure.hpp"
#include "sweep_result.hpp"

namespace vqi::tool {

// Each function returns one object and a newline. Keys keep their order, doubles round-trip, and invalid UTF-8 in file
// names becomes U+FFFD.
[[nodiscard]] std::string json_line(const CompressResult& result);
[[nodiscard]] std::string json_line(const QuantizeResult& result);
[[nodiscard]] std::string json_line(const SkippedResult& result);
[[nodiscard]] std::string json_line(const DecompressResult& result);
/// The object of a damaged stream ends with the key "error".
[[nodiscard]] std::string json_line(const InfoResult& result);
[[nodiscard]] std::string json_line(const CompareResult& result);
[[nodiscard]] std::string json_line(const SweepResult& result);
[[nodiscard]] std::string json_line(const std::vector<GapOfImage>& gaps);
[[nodiscard]] std::string json_line(const Failure& failure);

}  // namespace vqi::tool
