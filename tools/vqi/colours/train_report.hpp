// The reports of vqi train.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vqi/codebook.hpp"

namespace vqi::tool {

/// What the codebook costs one image.
struct ImageCost {
  std::string input;
  double mse = 0;
  std::optional<double> psnr_db;
};

struct TrainResult {
  std::vector<std::string> inputs;
  std::string output;
  std::uint64_t images = 0;
  CodebookTraining training;
  std::uint64_t output_bytes = 0;
  Space space = Space::rgb;
  std::vector<ImageCost> costs{};  ///< of -v alone
  std::vector<std::string> warnings{};
  std::uint32_t threads = 1;
  double read_seconds = 0;
  double write_seconds = 0;
  double total_seconds = 0;
};

[[nodiscard]] std::string json_line(const TrainResult& result);
[[nodiscard]] std::string text_report(const TrainResult& result);

}  // namespace vqi::tool
