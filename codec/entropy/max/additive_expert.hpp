// AdditiveExpert: log odds as a sum over features, each with a weight of its own at each node (FORMAT.md, "Sums").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "aligned_array.hpp"
#include "logistic.hpp"

namespace vqi::detail {

/// Logistic regression on which codewords stand around: where contexts need to have seen a combination
/// of neighbours, a sum needs to have seen each of them. The kernels that work on it are those of
/// history_kernels-inl.hpp.
struct AdditiveExpert {
  static constexpr std::size_t features = 16;
  static constexpr unsigned place_bits = 15;
  static constexpr std::int32_t weight_limit = 256 * logit_limit;
  /// How much an error moves the weight of a feature.
  alignas(64) static constexpr std::array<std::int32_t, features> rates{2,  8,  8, 8, 8, 6, 6, 4,
                                                                        12, 12, 6, 6, 4, 4, 8, 8};

  [[nodiscard]] static constexpr std::uint64_t size_bytes() noexcept {
    return (std::uint64_t{features} << place_bits) * sizeof(std::int32_t);
  }

  AlignedArray weights = make_aligned_array(features << place_bits, 0);
  // What was chosen for the next bit.
  alignas(64) std::array<std::int32_t, features> places{};
  alignas(64) std::array<std::int32_t, features> values{};
  std::int32_t logit = 0;
};

}  // namespace vqi::detail
