// Learning codebooks for grey pixels, by the dynamic program of grey_codebook.hpp.
#pragma once

#include <cstdint>

#include "codeword_table.hpp"
#include "dataset.hpp"
#include "lloyd.hpp"
#include "vqi/report.hpp"
#include "work.hpp"

namespace vqi::detail {

/// The table of the dynamic program has k * values entries; with a larger K it would take seconds.
inline constexpr std::uint32_t grey_codewords_max = 1024;

/// A codebook for grey pixels and how it was learned.
struct GreyCodebook {
  FixedCodewords codewords;
  LloydResult lloyd;
  TrainingAlgorithm algorithm = TrainingAlgorithm::dynamic_program;
};

/// The dataset has one dimension and more than k values; k is at most grey_codewords_max. Up to 4,096 values the result
/// is the global optimum (see optimal_intervals), else the optimum for intervals of 16 code values, improved by Lloyd's
/// steps on all values. Throws Error{cancelled}.
[[nodiscard]] GreyCodebook learn_grey(const Dataset& dataset, std::uint32_t k, const Work& work);

}  // namespace vqi::detail
