// The codebook of least distortion for grey pixels: the dynamic program on an image's values.
#pragma once

#include <cstdint>

#include "codeword_table.hpp"
#include "dataset.hpp"
#include "lloyd.hpp"
#include "vqi/report.hpp"
#include "work.hpp"

namespace vqi::detail {

/// The dynamic program has a table of k * values entries; above this K it would take seconds.
inline constexpr std::uint32_t grey_codewords_max = 1024;

struct GreyCodebook {
  FixedCodewords codewords;
  LloydResult lloyd;
  TrainingAlgorithm algorithm = TrainingAlgorithm::dynamic_program;
};

/// For a dataset of one dimension with more than k values; k is at most grey_codewords_max. Up to 4,096 values the
/// result is the global optimum (optimal_intervals); above, that of intervals of 16 code values, improved by Lloyd's
/// steps on all values.
[[nodiscard]] GreyCodebook learn_grey(const Dataset& dataset, std::uint32_t k, const Work& work);

}  // namespace vqi::detail
