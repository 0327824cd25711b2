// The JSON report of vqi palette.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "palette.hpp"

namespace vqi::tool {

struct PaletteResult {
  std::string input;
  std::optional<std::string> output;
  Palette palette;
  std::vector<std::string> warnings{};
  std::uint32_t threads = 1;
  double read_seconds = 0;
  double write_seconds = 0;
  double total_seconds = 0;
};

/// One object and a newline.
[[nodiscard]] std::string json_line(const PaletteResult& result);

}  // namespace vqi::tool
