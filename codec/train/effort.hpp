// EffortPlan: how much work each effort from 1 to 9 allows, in the one place where time is traded for distortion.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

namespace vqi::detail {

/// The plan of one effort. No field asks for less work than at the effort below, so that on average distortion falls
/// and time rises. DESIGN.md explains what each effort does, BENCHMARKS.md measures what each costs and gives.
struct EffortPlan {
  double coarsest_vectors = 0;         ///< the search begins on cubes of 8 code values a side if there are at least
                                       ///< this times sqrt(K) of them, else on smaller cubes
  std::uint32_t finest_side_bits = 0;  ///< log2 of the smallest cube side that is searched again after the first
                                       ///< search: 2 = none, 1 = sides of 2 as well, 0 = all vectors as well
  int restarts = 0;                    ///< first codebooks tried if K <= restart_codewords_max
  int searched_starts = 1;             ///< first codebooks from which a search begins, if K is larger, but at most
                                       ///< searched_starts_codewords_max
  int coarse_steps = 0;                ///< Lloyd's steps before the search, on its level
  int search_rounds = 0;               ///< most batches of split-merge; 0: no search
  int search_failures = 0;             ///< failed single pairs that end the search
  bool search_all_k = false;           ///< search as long with few vectors per codeword, where little is found
  double blurred_ratio = 0;            ///< the next finer level is searched as well where the distortion is below this
                                       ///< many times the dispersion inside the cubes of a level
  double search_products = 0;          ///< most products of coordinates in the search: the bound that matters in many
                                       ///< dimensions, where boxes leave out no codewords
  std::uint32_t settling_steps = 0;    ///< most Lloyd's steps after the search, on cubes of 4 and smaller
  double settling_tolerance = 0;       ///< these steps end when one lowers J by less than this part of it
  std::uint32_t final_steps = 0;       ///< most Lloyd's steps on all vectors
  double final_tolerance = 0;          ///< these steps end when one lowers J by less than this part of it
};

/// Few codewords have few but bad local minima, and several starts are cheaper than a search.
inline constexpr std::uint32_t restart_codewords_max = 8;
/// With more, local minima differ less than searches from several starts cost. On 26 photographs four starts at K = 16
/// lower the MSE by 0.2 % in the mean, and by 2.6 % on one.
inline constexpr std::uint32_t searched_starts_codewords_max = 32;

inline constexpr std::uint32_t effort_min = 1;
inline constexpr std::uint32_t effort_max = 9;

// clang-format off
/// Fitted by trial on 26 photographs (18 of CQ100, 8 of Kodak) at K = 4, 16, 64 and 256.
inline constexpr std::array<EffortPlan, effort_max> effort_plans{{
    // 1: no search, one step on all vectors
    {.coarsest_vectors = 400,   .finest_side_bits = 2,       .restarts = 1,            .coarse_steps = 4,
     .search_rounds = 0,        .search_failures = 0,        .search_products = 0,
     .settling_steps = 1,       .settling_tolerance = 0,     .final_steps = 1,         .final_tolerance = 0},
    // 2: no search, but several starts at K <= 8
    {.coarsest_vectors = 400,   .finest_side_bits = 2,       .restarts = 4,            .coarse_steps = 12,
     .search_rounds = 0,        .search_failures = 0,        .search_products = 0,
     .settling_steps = 4,       .settling_tolerance = 1e-3,  .final_steps = 2,         .final_tolerance = 0},
    // 3: a short search
    {.coarsest_vectors = 400,   .finest_side_bits = 2,       .restarts = 6,            .coarse_steps = 3,
     .search_rounds = 30,       .search_failures = 1,        .search_products = 5e9,
     .settling_steps = 5,       .settling_tolerance = 1e-3,  .final_steps = 2,         .final_tolerance = 0},
    // 4
    {.coarsest_vectors = 400,   .finest_side_bits = 2,       .restarts = 8,            .coarse_steps = 3,
     .search_rounds = 100,      .search_failures = 1,        .search_products = 1e10,
     .settling_steps = 12,      .settling_tolerance = 1e-4,  .final_steps = 2,         .final_tolerance = 0},
    // 5
    {.coarsest_vectors = 1000,  .finest_side_bits = 2,       .restarts = 10, .searched_starts = 4, .coarse_steps = 3,
     .search_rounds = 300,      .search_failures = 4,        .blurred_ratio = 2.5, .search_products = 2e10,
     .settling_steps = 40,      .settling_tolerance = 1e-5,  .final_steps = 12,        .final_tolerance = 3e-6},
    // 6: a long search
    {.coarsest_vectors = 1000,  .finest_side_bits = 2,       .restarts = 16, .searched_starts = 4, .coarse_steps = 3,
     .search_rounds = 600,      .search_failures = 4,        .blurred_ratio = 2.5, .search_products = 5e10,
     .settling_steps = 40,      .settling_tolerance = 1e-5,  .final_steps = 15,        .final_tolerance = 1e-6},
    // 7: searches again on cubes of 2
    {.coarsest_vectors = 1000,  .finest_side_bits = 1,       .restarts = 16, .searched_starts = 6, .coarse_steps = 3,
     .search_rounds = 1000,     .search_failures = 6,        .blurred_ratio = 2.5, .search_products = 2e11,
     .settling_steps = 60,      .settling_tolerance = 1e-6,  .final_steps = 60,        .final_tolerance = 1e-6},
    // 8
    {.coarsest_vectors = 1000,  .finest_side_bits = 1,       .restarts = 24, .searched_starts = 8, .coarse_steps = 3,
     .search_rounds = 2000,     .search_failures = 12,       .blurred_ratio = 2.5, .search_products = 1e12,
     .settling_steps = 100,     .settling_tolerance = 0,     .final_steps = 300,       .final_tolerance = 0},
    // 9: searches again on all vectors
    {.coarsest_vectors = 1000,  .finest_side_bits = 0,       .restarts = 32, .searched_starts = 12, .coarse_steps = 3,
     .search_rounds = 10000,    .search_failures = 40,       .blurred_ratio = 2.5, .search_products = 1e13,
     .settling_steps = 200,     .settling_tolerance = 0,     .final_steps = 3000,      .final_tolerance = 0},
}};
// clang-format on

/// `effort` is effort_min .. effort_max.
[[nodiscard]] constexpr const EffortPlan& plan_for(std::uint32_t effort) noexcept {
  return effort_plans[effort - effort_min];
}

/// Coordinates of all vectors together, up to which sets count as tiny and so on: the less there is to do, the more
/// thorough the search.
struct SetSizes {
  std::uint64_t tiny = std::uint64_t{3} * 4096;
  std::uint64_t small = std::uint64_t{12} * 4096;
  std::uint64_t medium = std::uint64_t{24} * 4096;
  std::uint64_t large = std::uint64_t{300} * 4096;
};
inline constexpr SetSizes set_sizes;
/// The default effort; thorough searches of small sets begin here.
inline constexpr std::uint32_t thorough_effort = 5;

/// The plan for a set of vectors with `coordinates` coordinates in all: from the default effort on small sets take the
/// plan of a higher effort, which costs them some hundredths of a second.
[[nodiscard]] constexpr EffortPlan plan_for(std::uint32_t effort, std::uint64_t coordinates) noexcept {
  if (effort < thorough_effort) return plan_for(effort);
  const std::uint32_t of_small = effort < 7 ? 7 : effort;
  EffortPlan plan = plan_for(coordinates <= set_sizes.tiny    ? effort_max
                             : coordinates <= set_sizes.small ? of_small
                                                              : effort);
  plan.search_all_k = coordinates <= set_sizes.small;
  // Where steps on all vectors take longest, few are taken, and the search keeps to the largest cubes.
  if (effort == thorough_effort && coordinates > set_sizes.large) {
    plan.coarsest_vectors = plan_for(effort - 1).coarsest_vectors;
    plan.final_steps = 3;
    plan.final_tolerance = 1e-5;
  }
  return plan;
}

/// What is done to lower J among codewords that can be stored. Where a cell is hardly larger than a code value, what
/// rounding loses is more than the last of Lloyd's steps before it gained.
struct StoringPlan {
  int lloyd_steps = 0;      ///< Lloyd's steps at most, with rounded means
  int search_rounds = 0;    ///< batches of split-merge at most
  int search_failures = 0;  ///< failed single pairs that end it
  int exchange_passes = 0;  ///< passes of single exchanges, before and after
  int starts = 1;           ///< codebooks that are learned and stored, of which the best is kept
};

/// What storing depends on beside the effort.
struct StoringTask {
  std::uint64_t vectors = 0;
  std::uint32_t dimension = 1;
  std::uint32_t k = 1;
  bool has_alpha = false;  ///< alpha that is pinned moves codewords as well
  bool is_uneven = false;  ///< few vectors have most of the weight, as on screens, where Lloyd's steps soon stop
  double compared = 1;     ///< codewords that a vector is compared with in an assignment
};

/// The plan for storing.
[[nodiscard]] constexpr StoringPlan storing_plan_for(std::uint32_t effort, const StoringTask& task) noexcept {
  if (effort < thorough_effort) return {};
  const std::uint64_t coordinates = task.vectors * task.dimension;
  if (coordinates > (task.is_uneven ? set_sizes.medium : set_sizes.small)) {
    // On large screens rounding loses much where cells are small. Of it only exchanges find a part again, 0.1 % in one
    // pass; split-merge does not.
    constexpr std::uint64_t small_cell_vectors = 128;
    constexpr std::uint32_t pixel_dimension_max = 4;
    const bool has_small_cells = task.is_uneven && coordinates <= set_sizes.large &&
                                 task.dimension <= pixel_dimension_max && task.vectors <= small_cell_vectors * task.k;
    const int passes = effort < 7 ? 1 : effort < 8 ? 4 : 20;
    return {.lloyd_steps = task.has_alpha ? 8 : 1, .exchange_passes = has_small_cells ? passes : 0};
  }
  StoringPlan plan{.lloyd_steps = 100, .search_rounds = 100, .search_failures = 20, .exchange_passes = 20};
  if (coordinates <= set_sizes.small) plan = {100, 500, 60, 20};
  const bool is_patient = effort >= 7;
  if (coordinates <= set_sizes.tiny) plan = {100, 1000, is_patient ? 120 : 60, 20};
  // Products of coordinates at most: some tenths of a second.
  constexpr double search_products = 2e9;
  constexpr double exchange_products = 4e8;
  constexpr std::uint64_t restart_products = 3000000;
  if (coordinates * task.k <= restart_products) plan.starts = is_patient ? 4 : 2;
  const auto products = static_cast<double>(coordinates);
  plan.search_rounds =
      static_cast<int>(std::min<double>(plan.search_rounds, search_products / (4 * products * task.compared)));
  plan.exchange_passes =
      static_cast<int>(std::min<double>(plan.exchange_passes, exchange_products / (products * task.k)));
  return plan;
}

}  // namespace vqi::detail
