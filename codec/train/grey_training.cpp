// From the distinct vectors to ascending values, through the dynamic program, and back to codewords.
#include "grey_training.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <vector>

#include "distinct_vectors.hpp"
#include "grey_codebook.hpp"
#include "integer.hpp"
#include "sample_array.hpp"
#include "training_space.hpp"

namespace vqi::detail {
namespace {

/// Up to this many values the dynamic program runs on the values themselves.
constexpr std::size_t program_values_max = 4096;
/// With more, it runs on the means of intervals of 2^interval_bits code values.
constexpr std::uint32_t interval_bits = 4;
/// Far more steps than 65,536 values need to converge; only a safeguard.
constexpr std::uint32_t lloyd_steps_max = 3000;

/// Different values with their weights.
struct GreyValues {
  std::vector<std::uint32_t> values;  ///< ascending
  std::vector<std::uint64_t> weights;
};

/// The values of the distinct vectors; all values in an interval of 2^shift are joined to their mean.
GreyValues grey_values(const VectorCounts& distinct, std::uint32_t shift) {
  std::vector<std::uint32_t> order(distinct.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto value_of = [&](std::uint32_t d) { return distinct.samples().at(d, 0); };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return value_of(a) < value_of(b); });
  GreyValues grey;
  std::uint64_t sum = 0;
  std::uint32_t interval = 0;
  for (const std::uint32_t d : order) {
    const std::uint64_t weight = distinct.counts()[d];
    if (grey.values.empty() || value_of(d) >> shift != interval) {
      grey.values.push_back(0);
      grey.weights.push_back(0);
      sum = 0;
    }
    interval = value_of(d) >> shift;
    sum += weight * value_of(d);
    grey.weights.back() += weight;
    grey.values.back() = static_cast<std::uint32_t>(divide_round(sum, grey.weights.back()));
  }
  return grey;
}

/// The optimal codewords for `grey`.
FixedCodewords grey_codewords(const GreyValues& grey, std::uint32_t k, const TrainingSpace& space, WorkPulse pulse) {
  const std::vector<std::uint32_t> bounds = optimal_intervals(grey.values, grey.weights, k, pulse);
  FixedCodewords codewords{1, {}};
  std::array<std::byte, 2> sample{};
  std::array<std::int32_t, 1> coordinate{};
  const std::uint32_t bit_depth = space.bit_depth();
  for (std::uint32_t i = 0; i < k; ++i) {
    store_sample(sample.data(), 0, bit_depth, rounded_mean(grey.values, grey.weights, bounds[i], bounds[i + 1]));
    space.to_coordinates(sample.data(), coordinate);
    codewords.scaled.push_back(coordinate[0] * (1 << space.fixed_point().fraction_bits()));
  }
  return codewords;
}

}  // namespace

GreyCodebook learn_grey(const Dataset& dataset, std::uint32_t k, const Work& work) {
  const bool optimal = dataset.distinct().size() <= program_values_max;
  GreyCodebook grey;
  grey.codewords = grey_codewords(grey_values(dataset.distinct(), optimal ? 0 : interval_bits), k, dataset.space(),
                                  WorkPulse(work.pool));
  grey.lloyd.converged = true;
  if (optimal) return grey;
  grey.algorithm = TrainingAlgorithm::dynamic_program_lloyd;
  const DatasetLevel& all = dataset.all();
  std::vector<std::uint16_t> indices(all.search().padded_size());
  grey.lloyd =
      lloyd(all.vectors(), all.search(), {.sample_count = 1, .max_iterations = lloyd_steps_max, .tolerance = 0},
            grey.codewords, indices, work);
  return grey;
}

}  // namespace vqi::detail
