// vqi sweep --gap: prints the gap statistic of every image and block size as a table, JSON, CSV or page, and draws it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common_options.hpp"
#include "find_inputs.hpp"
#include "picture_options.hpp"
#include "vqi/gap.hpp"
#include "vqi/option_values.hpp"

namespace vqi::tool {

struct GapSweep {
  CommonOptions common;
  cluster::GapOptions gap;
  std::uint64_t seed = 1;
  std::vector<BlockSize> blocks;
  std::optional<std::string> csv;
  PictureOptions pictures;
};

/// Measures the inputs one after the other, each on all threads. Returns the highest exit code. Throws as run_sweep
/// does.
[[nodiscard]] int run_gap_sweep(const GapSweep& choices, const std::vector<InputFile>& inputs);

}  // namespace vqi::tool
