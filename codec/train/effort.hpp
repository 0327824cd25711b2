// What an effort of 1 to 9 buys: the one place where time is traded for distortion.
#pragma once

#include <array>
#include <cstdint>

namespace vqi::detail {

/// The plan of one effort. No column asks for less work than in the row before, so distortion falls and
/// time rises on average (DESIGN.md has the measured table).
struct EffortPlan {
  std::uint32_t finest_side_bits = 2;  ///< the search runs on means of cubes of 8 or 4 code values a side, and then
                                       ///< again on those of 2^this, if that is less
  double coarsest_vectors = 400;       ///< cubes of 8 are searched if they are so many times the root of K
  int coarse_steps = 4;                ///< Lloyd's steps on the coarse set before the search
  int search_rounds = 0;               ///< split-merge batches at the most; 0: no search
  int search_failures = 0;             ///< failed single pairs that end the search
  double search_products = 0;          ///< products that the search may spend: bounds it where boxes do not prune
  int restarts = 1;                    ///< for K up to restart_codewords_max: first codebooks tried
  std::uint32_t settling_steps = 0;    ///< Lloyd's steps after it on means of cubes of 4 code values or less
  double settling_tolerance = 0;       ///< they end when one lowers J by less than this part of it
  std::uint32_t final_steps = 1;       ///< Lloyd's steps on all vectors at the most
  double tolerance = 0;                ///< they end when one lowers J by less than this part of it
};

/// Few codewords have few and bad local minima; starting again is cheaper than searching.
inline constexpr std::uint32_t restart_codewords_max = 8;

inline constexpr std::uint32_t effort_min = 1;
inline constexpr std::uint32_t effort_max = 9;

inline constexpr std::array<EffortPlan, effort_max> effort_plans{{
    {2, 400, 4, 0, 0, 0, 1, 1, 0, 1, 0},
    {2, 400, 12, 0, 0, 0, 4, 4, 1e-3, 2, 0},
    {2, 400, 3, 30, 1, 5e9, 6, 5, 1e-3, 2, 0},
    {2, 400, 3, 100, 1, 1e10, 8, 12, 1e-4, 2, 0},
    {2, 400, 3, 300, 2, 2e10, 10, 15, 1e-5, 3, 1e-5},
    {2, 1000, 3, 600, 4, 5e10, 16, 40, 1e-5, 15, 1e-6},
    {1, 1000, 3, 1000, 6, 2e11, 16, 60, 1e-6, 60, 1e-6},
    {1, 1000, 3, 2000, 12, 1e12, 24, 100, 0, 300, 0},
    {0, 1000, 3, 10000, 40, 1e13, 32, 200, 0, 3000, 0},
}};

[[nodiscard]] constexpr const EffortPlan& plan_for(std::uint32_t effort) noexcept {
  return effort_plans[effort - effort_min];
}

}  // namespace vqi::detail
