// The reports of vqi stats and vqi merge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vqi/statistics.hpp"

namespace vqi::tool {

struct StatisticsResult {
  std::string command;
  std::vector<std::string> inputs;
  std::string output;
  std::uint32_t block_width_px = 1;
  std::uint32_t block_height_px = 1;
  std::uint64_t images = 0;
  std::uint64_t pixels = 0;
  std::uint64_t vectors = 0;
  std::uint64_t distinct_vectors = 0;
  std::uint32_t sample_size = 0;
  bool sampled = false;
  std::optional<double> variance;
  std::size_t shards = 0;
  std::size_t repeated = 0;  ///< of merge: parts whose shards are all in others
  std::uint64_t output_bytes = 0;
  std::uint32_t threads = 1;
  double read_seconds = 0;
  double write_seconds = 0;
  double total_seconds = 0;
};

/// Sets what statistics tell of themselves.
void describe(const Statistics& statistics, StatisticsResult& result);

[[nodiscard]] std::string json_line(const StatisticsResult& result);
[[nodiscard]] std::string text_report(const StatisticsResult& result);

}  // namespace vqi::tool
