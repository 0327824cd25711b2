// Probes for a target: trials at the lowest effort, which tell where the ones that count should begin.
#pragma once

#include <cstdint>
#include <functional>

#include "crossing_search.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

/// `options` with `k` codewords, at the lowest effort: a probe loses little and takes a fraction of the time.
[[nodiscard]] EncodeOptions probe_options(const EncodeOptions& options, std::uint32_t k);

/// Moves the guess and the slope of `search` by secants until the guess moves by less than a factor of `near_enough`.
/// `gap_at(k)` is what full effort would come to, about, and `gap` what it is at the guess.
void probe(CrossingSearch& search, double gap, double near_enough,
           const std::function<double(std::uint32_t k)>& gap_at);

}  // namespace vqi::detail
