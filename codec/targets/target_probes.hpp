// Probes for a target: trials at the lowest effort, which tell where the trials at full effort should begin.
#pragma once

#include <cstdint>
#include <functional>

#include "crossing_search.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

/// `options` with `k` codewords, at the lowest effort: a probe loses little and takes a fraction of the time.
[[nodiscard]] EncodeOptions probe_options(const EncodeOptions& options, std::uint32_t k);

/// Moves the guess and the slope of `search` by secants until the guess moves by less than a factor of `near_enough`.
/// `residual_at(k)` is about that of full effort, and `residual` the one at the guess.
void probe(CrossingSearch& search, double residual, double near_enough,
           const std::function<double(std::uint32_t k)>& residual_at);

}  // namespace vqi::detail
