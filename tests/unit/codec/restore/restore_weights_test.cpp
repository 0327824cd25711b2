// The weights: first-layer planes of colour sum to zero, and no sum can pass the bits that kernels have for it.
#include "restore_weights.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <numeric>

using namespace vqi::detail;

namespace {

/// The largest sum that this output can have, or, with `sign` -1, the least one less its sign: of activations 0 .. 127.
std::int64_t largest_sum(const RestoreOther& output, std::int64_t sign) {
  std::int64_t sum = sign * output.bias + (1 << 4);
  for (const std::int64_t weight : output.weights) sum += 127 * std::max<std::int64_t>(0, sign * weight);
  return sum;
}

void check_sums(const RestoreOther& output) {
  CHECK(largest_sum(output, 1) <= INT16_MAX);
  CHECK(largest_sum(output, -1) <= INT16_MAX);
}

}  // namespace

TEST_CASE("the first layer sees differences of colours alone") {
  for (const auto& output : restore_first_layer)
    for (std::size_t plane = 0; plane < 3; ++plane) {
      const auto* const first = output.weights.data() + plane * restore_taps;
      CHECK(std::accumulate(first, first + restore_taps, 0) == 0);
    }
}

TEST_CASE("no sum of the first layer can pass 32 bits, and none of the others 16") {
  for (const auto& output : restore_first_layer) {
    std::int64_t sum = std::abs(std::int64_t{output.bias}) + (1 << 8);
    for (const std::int64_t weight : output.weights) sum += 32514 * std::abs(weight);
    CHECK(sum <= INT32_MAX);
  }
  for (const auto& layer : restore_middle_layers)
    for (const auto& output : layer) check_sums(output);
  for (const auto& output : restore_last_layer) check_sums(output);
}
