// CorrectionTable: what probability a mixed one has turned out to be in a context (FORMAT.md, "Corrections").
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "logistic.hpp"

namespace vqi::detail {

/// 33 probabilities per context, at log odds -2048, -1920 .. 2048; between two of them interpolated.
class CorrectionTable {
 public:
  explicit CorrectionTable(std::size_t contexts) : points_(contexts * row_size) {
    for (std::size_t i = 0; i < points_.size(); ++i)
      points_[i] = static_cast<std::uint16_t>(squash((static_cast<std::int32_t>(i % row_size) - 16) * 128));
  }

  /// The corrected probability of log odds.
  [[nodiscard]] std::int32_t refine(std::size_t context, std::int32_t logit) noexcept {
    const std::int32_t at = std::clamp(logit, -2047, 2047) + 2048;
    low_ = &points_[context * row_size + static_cast<std::size_t>(at >> 7)];
    part_ = at & 127;
    return (low_[0] * (128 - part_) + low_[1] * part_) >> 7;
  }
  void update(bool bit) noexcept {
    const std::int32_t target = bit ? 65535 : 0;
    low_[0] = static_cast<std::uint16_t>(low_[0] + (((target - low_[0]) * (128 - part_)) >> 12));
    low_[1] = static_cast<std::uint16_t>(low_[1] + (((target - low_[1]) * part_) >> 12));
  }

  [[nodiscard]] static constexpr std::uint64_t size_bytes(std::uint64_t contexts) noexcept {
    return contexts * row_size * sizeof(std::uint16_t);
  }

 private:
  static constexpr std::size_t row_size = 33;

  std::vector<std::uint16_t> points_;
  std::uint16_t* low_ = nullptr;
  std::int32_t part_ = 0;
};

}  // namespace vqi::detail
