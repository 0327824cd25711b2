// The weights: first-layer planes of colour sum to zero, and no sum can pass 32 bits.
#include "restore_weights.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <numeric>

using namespace vqi::detail;

namespace {

/// The largest magnitude that a sum of this output can have, with inputs up to `most`.
template <class Output>
std::int64_t largest_sum(const Output& output, std::int64_t most) {
  std::int64_t sum = std::abs(std::int64_t{output.bias}) + (1 << 7);
  for (const auto& plane : output.weights)
    for (const std::int16_t weight : plane) sum += most * std::abs(std::int64_t{weight});
  return sum;
}

constexpr std::int64_t int32_max = 0x7FFFFFFF;

}  // namespace

TEST_CASE("the first layer sees differences of colours alone") {
  for (const auto& output : restore_first_layer)
    for (std::size_t plane = 0; plane < 3; ++plane)
      CHECK(std::accumulate(output.weights[plane].begin(), output.weights[plane].end(), 0) == 0);
}

TEST_CASE("no sum of the network can pass 32 bits") {
  for (const auto& output : restore_first_layer) CHECK(largest_sum(output, 32514) < int32_max);
  for (const auto& layer : restore_middle_layers)
    for (const auto& output : layer) CHECK(largest_sum(output, 255) < int32_max);
  for (const auto& output : restore_last_layer) CHECK(largest_sum(output, 255) < int32_max);
}
