// AdditiveExpert: log odds as a sum over features, each with a weight of its own at each node (FORMAT.md, "Sums").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "context_hash.hpp"
#include "logistic.hpp"

namespace vqi {

/// Logistic regression on which codewords stand around: where contexts need to have seen a combination
/// of neighbours, a sum needs to have seen each of them.
class AdditiveExpert {
 public:
  static constexpr std::size_t features = 10;

  AdditiveExpert() : weights_(features << place_bits, 0) {}

  /// The log odds of the next bit; `contexts` are the features' numbers together with the node.
  [[nodiscard]] std::int32_t predict(const std::array<std::uint64_t, features>& contexts, std::int32_t base) noexcept {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < features; ++i) {
      chosen_[i] = &weights_[(i << place_bits) + table_place(contexts[i], place_bits)];
      sum += *chosen_[i] >> 8;
    }
    logit_ = clamp_logit(sum + base);
    return logit_;
  }
  void update(bool bit) noexcept {
    const std::int32_t error = (bit ? 65536 : 0) - squash(logit_);
    for (std::size_t i = 0; i < features; ++i) {
      const std::int32_t moved = *chosen_[i] + ((error * rates[i]) >> 6);
      *chosen_[i] = std::clamp(moved, -weight_limit, weight_limit);
    }
  }

  [[nodiscard]] static constexpr std::uint64_t size_bytes() noexcept {
    return (std::uint64_t{features} << place_bits) * sizeof(std::int32_t);
  }

 private:
  static constexpr unsigned place_bits = 16;
  static constexpr std::int32_t weight_limit = 256 * logit_limit;
  static constexpr std::array<std::int32_t, features> rates{2, 8, 8, 8, 8, 6, 6, 4, 12, 12};

  std::vector<std::int32_t> weights_;
  std::array<std::int32_t*, features> chosen_{};
  std::int32_t logit_ = 0;
};

}  // namespace vqi
