// The gap statistic: how many clusters there are.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "vqi/export.hpp"
#include "vqi/run_options.hpp"

namespace vqi::cluster {

class Points;  // vqi/cluster.hpp

/// Where the reference points of the gap statistic lie.
enum class GapBox {
  uniform,    ///< in the box of the data's ranges
  principal,  ///< in the box along the data's principal axes
};

/// How gaps choose K; names and meaning are those of maxSE in R's package cluster. s_K is GapRow::error.
enum class GapRule {
  tibs2001_se_max,  ///< the least K with gap(K) >= gap(K + 1) - s_(K + 1), else the last K; the authors' own rule
  first_se_max,     ///< the least K with gap(K) >= gap(M) - s_M, where M is that of first_max
  global_se_max,    ///< the least K with gap(K) >= gap(M) - s_M, where M is that of global_max
  first_max,        ///< the least K with gap(K) >= gap(K + 1), else the last K
  global_max,       ///< the K with the largest gap, of equal ones the least
};

/// How gap() works.
struct GapOptions {
  std::uint32_t k_max = 32;  ///< at least 1; rows are K from 1 to this, or to the number of different points less 1
  std::uint32_t references = 20;            ///< B, the number of reference sets, at least 1
  GapBox box = GapBox::principal;           ///< where reference points lie
  GapRule rule = GapRule::tibs2001_se_max;  ///< how K is chosen
  std::uint32_t starts = 4;  ///< runs of k-means for each K and set, of which the best counts; 0 counts as 1
  std::uint64_t seed = 1;    ///< of the random numbers; the same seed gives the same result on every machine
};

/// The gap at one K.
struct GapRow {
  std::uint32_t k = 0;        ///< the number of clusters
  double log_w = 0;           ///< ln of W_k = sum w |x - mu|^2
  double expected_log_w = 0;  ///< mean over the reference sets
  double gap = 0;             ///< expected_log_w - log_w
  double error = 0;           ///< s_k: standard deviation over the reference sets * sqrt(1 + 1 / B)
};

/// What gap() found.
struct GapResult {
  std::uint32_t k = 1;       ///< the number of clusters that the rule chooses
  std::uint64_t points = 0;  ///< that were clustered, each with its weight
  std::vector<GapRow> rows;  ///< one for each K, from 1 on
};

/// The number of clusters by the gap statistic: Tibshirani, Walther and Hastie, J. Royal Statistical Society B 63(2),
/// 2001. Reference sets have as many points as the data, with the same weights. Cost: B + 1 times `starts` runs of
/// k-means for each K, each of at most 50 Lloyd's steps. `points` and `options` are borrowed for the call.
/// `run.max_memory_bytes` counts a copy of the points, 8 n (d + 1) bytes, and as much for each reference set under way,
/// one for each thread. If all points are equal there are no rows, and K is 1. Throws Error{invalid_option,
/// limit_exceeded, cancelled}.
[[nodiscard]] VQI_API GapResult gap(const Points& points, const GapOptions& options, const RunOptions& run = {});

/// The K that `rule` takes from rows K = 1, 2 ... Throws Error{invalid_option} if there is no row.
[[nodiscard]] VQI_API std::uint32_t choose_by_gap(std::span<const GapRow> rows, GapRule rule);

}  // namespace vqi::cluster
