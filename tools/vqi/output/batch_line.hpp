// Formats the reports on several inputs: one aligned line each.
#pragma once

#include <string>
#include <vector>

#include "command_results.hpp"

namespace vqi::tool {

/// How the inputs of one command are reported.
struct BatchLayout {
  bool one_line = false;       ///< one line for each input, in place of a whole report
  std::size_t name_width = 0;  ///< columns of the inputs' names

  /// One line each for more than one input, unless `verbose`.
  BatchLayout(const std::vector<std::string>& inputs, bool verbose);
};

// Each returns a line with its newline, such as
// "photo.png  128,099 -> 10,324    8.1 %  66.90 dB  256 colours".
[[nodiscard]] std::string batch_line(const CompressResult& result, const BatchLayout& layout);
[[nodiscard]] std::string batch_line(const DecompressResult& result, const BatchLayout& layout);
[[nodiscard]] std::string batch_line(const InfoResult& result, const BatchLayout& layout);
[[nodiscard]] std::string batch_line(const SkippedResult& result, const BatchLayout& layout);

}  // namespace vqi::tool
