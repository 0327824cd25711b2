// Chooses batches of pairs, tries each with Lloyd's steps, and keeps a batch if J falls.
#include "split_merge.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "cell_moments.hpp"
#include "cell_split.hpp"
#include "cell_sums.hpp"
#include "empty_cells.hpp"
#include "integer.hpp"
#include "ordered_sums.hpp"
#include "parallel.hpp"

namespace vqi::detail {
namespace {

/// Constants of the search, chosen by judgement, not measured one by one.
struct SplitMergeTuning {
  int first_steps = 2;            ///< Lloyd's steps before the first batch
  std::size_t batch_divisor = 4;  ///< a batch has at most K / 4 pairs
  /// A pair is tried if its gain is above this part of its cost. The cost is estimated far too high, because neighbours
  /// take the vectors of a removed codeword and then adapt.
  double cost_weight = 0.25;
  /// Above this many codewords the cost of joining a cell to its nearest neighbour is left out, as it takes K^2
  /// distances; the cost by second-nearest codewords is used alone.
  std::size_t neighbour_codewords_max = 2048;
};
constexpr SplitMergeTuning tuning;

/// Tasks for each thread that cut cells, which differ in size.
constexpr std::size_t tasks_per_thread = 4;

/// Steps of WorkPulse that the cut of a cell takes by its moments.
constexpr std::uint64_t moment_split_steps = 1024;
/// Passes over the members of a cell that its cut takes otherwise.
constexpr std::uint64_t split_passes = 8;

/// Progress that the search reports: from `progress_begin`, half of `progress_share` after `progress_half_rounds`.
constexpr double progress_begin = 0.1;
constexpr double progress_share = 0.6;
constexpr double progress_half_rounds = 20.0;

/// A codebook, its cells and J.
struct Solution {
  FixedCodewords codewords;
  std::vector<std::uint16_t> indices;
  CellSums sums;
  std::optional<CellMoments> moments;  ///< if the dimensions are few enough
  int128 objective = 0;
};

/// The cut of a cell, and the weight and sum by which a change of the cell is noticed.
struct CachedSplit {
  std::uint64_t weight = 0;
  std::vector<std::int64_t> sum;
  CellSplit split;
};

/// The best codebook so far, and rounds that try to improve it.
class SplitMergeSearch {
 public:
  SplitMergeSearch(const VectorSet& vectors, const VectorRows& rows, const NearestSearch& search,
                   const SplitMergeOptions& options, FixedCodewords codewords, const ThreadPool& pool)
      : vectors_(vectors),
        rows_(rows),
        search_(search),
        pool_(pool),
        rule_(options.rule),
        fixed_codewords_(options.fixed_codewords),
        solution_{std::move(codewords), std::vector<std::uint16_t>(search.padded_size()), CellSums(vectors, 0), {}, 0} {
    solution_.sums = CellSums(vectors, solution_.codewords.size(), WorkPulse(pool_));
    assign_anew(solution_);
    improve(solution_, tuning.first_steps);
    splits_.resize(solution_.codewords.size());
  }

  [[nodiscard]] FixedCodewords take() { return std::move(solution_.codewords); }

  /// Tries one batch of at most `pairs_max` pairs. Returns the number of pairs tried; `kept` becomes true if J fell.
  std::size_t round(std::size_t pairs_max, int lloyd_steps, bool& kept) {
    if (!candidates_) refresh_splits();
    const std::vector<Pair> pairs = choose_pairs(pairs_max);
    kept = false;
    if (pairs.empty()) return 0;
    Solution trial = solution_;
    for (const Pair& pair : pairs) split_cell_in(trial.codewords, pair);
    improve(trial, lloyd_steps);
    kept = trial.objective < solution_.objective;
    if (kept) {
      solution_ = std::move(trial);
      candidates_.reset();
    }
    return pairs.size();
  }

 private:
  struct Pair {
    std::size_t split = 0;    ///< the cell that is cut
    std::size_t removed = 0;  ///< the codeword that becomes the mean of one of its parts
  };

  /// Assigns, and computes the sums over cells.
  void assign_anew(Solution& solution) {
    search_.assign(solution.codewords, solution.indices, nullptr);
    if (rule_ != nullptr) rule_->obey(solution.codewords, solution.indices);
    solution.sums.compute(solution.indices, pool_);
    if (vectors_.dimension() <= matrix_dimensions_max)
      solution.moments.emplace(vectors_, solution.codewords.size(), solution.indices, WorkPulse(pool_));
  }

  /// Assigns, and moves what changed from sum to sum.
  void assign_changes(Solution& solution) {
    const WorkPulse pulse(pool_);
    if (rule_ == nullptr) {
      search_.assign(solution.codewords, solution.indices, &changes_);
    } else {
      before_ = solution.indices;
      search_.assign(solution.codewords, solution.indices, nullptr);
      rule_->obey(solution.codewords, solution.indices);
      changes_.clear();
      for (std::uint32_t n = 0; n < vectors_.size(); ++n)
        if (solution.indices[n] != before_[n]) changes_.push_back({n, before_[n]});
    }
    solution.sums.apply(changes_, solution.indices, pulse);
    if (solution.moments) solution.moments->apply(changes_, solution.indices, pulse);
  }

  void move_to_means(FixedCodewords& codewords, const CellSums& sums) const {
    if (rule_ == nullptr) return sums.move_to_means(codewords, WorkPulse(pool_), fixed_codewords_);
    const FixedCodewords from = codewords;
    sums.move_to_means(codewords, WorkPulse(pool_), fixed_codewords_);
    for (std::size_t k = fixed_codewords_; k < codewords.size(); ++k) rule_->place(from.row(k), codewords.row(k));
  }

  /// Gives the parts of a cell their means. The codeword of the cell stays where it is fixed, and the other one takes
  /// the part that is farther from it.
  void split_cell_in(FixedCodewords& codewords, const Pair& pair) const {
    const CellSplit& split = splits_[pair.split].split;
    const auto rounded = [](double value) { return static_cast<std::int32_t>(std::floor(value + 0.5)); };
    const std::span<std::int32_t> own = codewords.row(pair.split);
    bool swapped = false;
    if (pair.split < fixed_codewords_) {
      double difference = 0;
      for (std::uint32_t i = 0; i < vectors_.dimension(); ++i)
        difference += (split.first[i] - own[i]) * (split.first[i] - own[i]) -
                      (split.second[i] - own[i]) * (split.second[i] - own[i]);
      swapped = difference > 0;
    }
    for (std::uint32_t i = 0; i < vectors_.dimension(); ++i) {
      codewords.row(pair.removed)[i] = rounded(swapped ? split.first[i] : split.second[i]);
      if (pair.split >= fixed_codewords_) own[i] = rounded(split.first[i]);
    }
    if (rule_ == nullptr) return;
    rule_->place(solution_.codewords.row(pair.split), codewords.row(pair.removed));
    if (pair.split >= fixed_codewords_) rule_->place(solution_.codewords.row(pair.split), own);
  }

  /// Takes Lloyd's steps and computes J.
  void improve(Solution& solution, int steps) {
    const WorkPulse pulse(pool_);
    for (int step = 0; step < steps; ++step) {
      assign_changes(solution);
      if (step > 0 && changes_.empty()) break;
      move_to_means(solution.codewords, solution.sums);
      repair_empty_cells(search_, vectors_, solution.sums, solution.indices, solution.codewords, fixed_codewords_);
    }
    solution.objective = solution.sums.objective(solution.codewords, pulse);
  }

  /// Computes the cuts of the cells that changed.
  void refresh_splits() {
    const std::size_t k_count = solution_.codewords.size();
    if (solution_.moments) {
      WorkPulse pulse(pool_);
      for (std::size_t k = 0; k < k_count; ++k) {
        pulse.add(moment_split_steps);
        if (note_change(k)) splits_[k].split = solution_.moments->split(k, solution_.sums);
      }
      return;
    }
    std::vector<std::uint32_t> begin(k_count + 1);
    for (std::size_t n = 0; n < rows_.size(); ++n) ++begin[solution_.indices[n] + 1U];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::vector<std::uint32_t> members(rows_.size());
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    for (std::uint32_t n = 0; n < rows_.size(); ++n) members[next[solution_.indices[n]]++] = n;
    const std::size_t tasks = std::min<std::size_t>(k_count, std::size_t{pool_.threads()} * tasks_per_thread);
    pool_.for_each(tasks, [&](std::size_t t) {
      WorkPulse pulse(pool_);
      for (std::size_t k = k_count * t / tasks; k < k_count * (t + 1) / tasks; ++k) {
        pulse.add(split_passes * (begin[k + 1] - begin[k]) * rows_.dimension());
        if (note_change(k))
          splits_[k].split = split_cell(rows_, std::span(members).subspan(begin[k], begin[k + 1] - begin[k]), Cut::mean,
                                        WorkPulse(pool_));
      }
    });
  }

  /// True if cell k changed since its cut was computed; notes its new weight and sum.
  bool note_change(std::size_t k) {
    CachedSplit& cached = splits_[k];
    const std::span<const std::int64_t> sum = solution_.sums.sum(k);
    if (cached.weight == solution_.sums.weight(k) &&
        std::equal(sum.begin(), sum.end(), cached.sum.begin(), cached.sum.end()))
      return false;
    cached.weight = solution_.sums.weight(k);
    cached.sum.assign(sum.begin(), sum.end());
    return true;
  }

  /// For each codeword an upper bound of what its removal adds to J. `neighbours` becomes each codeword's nearest
  /// neighbour, or the number of codewords if there are too many to compute it.
  [[nodiscard]] std::vector<double> removal_costs(std::vector<std::size_t>& neighbours) const {
    std::vector<double> costs = search_.second_choice_costs(solution_.codewords);
    const std::size_t k_count = costs.size();
    neighbours.assign(k_count, k_count);
    if (k_count > tuning.neighbour_codewords_max) return costs;
    // Columns of floats let the compiler vectorise the inner loop; floats are exact, as x_F has at most 24 bits.
    std::vector<float> columns(k_count * vectors_.dimension());
    for (std::size_t k = 0; k < k_count; ++k)
      for (std::uint32_t i = 0; i < vectors_.dimension(); ++i)
        columns[i * k_count + k] = static_cast<float>(solution_.codewords.row(k)[i]);
    std::vector<float> distances(k_count);
    WorkPulse pulse(pool_);
    for (std::size_t k = 0; k < k_count; ++k) {
      pulse.add(k_count * vectors_.dimension() / 4);
      std::fill(distances.begin(), distances.end(), 0.0F);
      for (std::uint32_t i = 0; i < vectors_.dimension(); ++i) {
        const float* const column = columns.data() + i * k_count;
        const float own = column[k];
        for (std::size_t other = 0; other < k_count; ++other) {
          const float delta = column[other] - own;
          distances[other] += delta * delta;
        }
      }
      distances[k] = std::numeric_limits<float>::max();
      const auto least = std::min_element(distances.begin(), distances.end());
      neighbours[k] = static_cast<std::size_t>(least - distances.begin());
      // Ward's criterion: the cost of joining the cell to its neighbour's, with one mean for both.
      const auto weight = static_cast<double>(solution_.sums.weight(k));
      const auto other_weight = static_cast<double>(solution_.sums.weight(neighbours[k]));
      if (weight + other_weight > 0)
        costs[k] = std::min(costs[k], weight * other_weight / (weight + other_weight) * double{*least});
    }
    return costs;
  }

  /// What pairs are chosen by: cells in falling order of what their split gains, codewords in rising order of what
  /// their removal costs, without those that must stay.
  struct Candidates {
    std::vector<std::size_t> by_gain;
    std::vector<std::size_t> by_cost;
    std::vector<double> costs;
    std::vector<std::size_t> neighbours;
    OrderedSums savings;  ///< what single pairs that were not tried are expected to save
  };

  void find_candidates() {
    Candidates& found = candidates_.emplace();
    found.costs = removal_costs(found.neighbours);
    for (std::size_t k = 0; k < found.costs.size(); ++k) {
      if (splits_[k].split.gain > 0) found.by_gain.push_back(k);
      if (k < fixed_codewords_) continue;
      if (rule_ == nullptr || rule_->may_remove(solution_.codewords, k)) found.by_cost.push_back(k);
    }
    std::stable_sort(found.by_gain.begin(), found.by_gain.end(),
                     [&](std::size_t a, std::size_t b) { return splits_[a].split.gain > splits_[b].split.gain; });
    std::stable_sort(found.by_cost.begin(), found.by_cost.end(),
                     [&](std::size_t a, std::size_t b) { return found.costs[a] < found.costs[b]; });
    std::vector<double> gains;
    std::vector<double> losses;
    for (const std::size_t k : found.by_gain) gains.push_back(splits_[k].split.gain);
    for (const std::size_t k : found.by_cost) losses.push_back(-tuning.cost_weight * found.costs[k]);
    found.savings = OrderedSums(std::move(gains), std::move(losses));
  }

  /// What a pair is expected to save.
  [[nodiscard]] double saving(const Pair& pair, const Candidates& candidates) const {
    return splits_[pair.split].split.gain - tuning.cost_weight * candidates.costs[pair.removed];
  }

  /// Pairs the cells with the largest gain with the codewords that are cheapest to remove; no cell is in two pairs.
  [[nodiscard]] std::vector<Pair> choose_pairs(std::size_t pairs_max) {
    if (!candidates_) find_candidates();
    if (pairs_max == 1) return next_pair();
    const Candidates& candidates = *candidates_;
    std::vector<Pair> pairs;
    std::vector<bool> locked(solution_.codewords.size());
    std::size_t cheapest = 0;
    for (const std::size_t split : candidates.by_gain) {
      if (pairs.size() >= pairs_max) break;
      if (locked[split]) continue;
      const std::vector<std::size_t>& by_cost = candidates.by_cost;
      while (cheapest < by_cost.size() && (locked[by_cost[cheapest]] || by_cost[cheapest] == split)) ++cheapest;
      if (cheapest == by_cost.size()) break;
      const Pair pair{split, by_cost[cheapest]};
      if (saving(pair, candidates) <= 0) break;
      pairs.push_back(pair);
      locked[pair.split] = locked[pair.removed] = true;
      // The neighbour takes the vectors of the removed codeword, so it must stay.
      const std::size_t neighbour = candidates.neighbours[pair.removed];
      if (neighbour < locked.size()) locked[neighbour] = true;
    }
    return pairs;
  }

  /// The pair that is expected to save most of those that were not tried on this codebook.
  [[nodiscard]] std::vector<Pair> next_pair() {
    while (const std::optional<OrderedSums::Places> places = candidates_->savings.next()) {
      if (places->sum <= 0) break;
      const Pair pair{candidates_->by_gain[places->first], candidates_->by_cost[places->second]};
      if (pair.split != pair.removed) return {pair};
    }
    return {};
  }

  const VectorSet& vectors_;
  const VectorRows& rows_;
  const NearestSearch& search_;
  const ThreadPool& pool_;
  const CodewordRule* rule_;
  std::size_t fixed_codewords_;
  Solution solution_;
  std::vector<CachedSplit> splits_;
  std::vector<CellChange> changes_;
  std::vector<std::uint16_t> before_;     // the assignment before the last one, where a rule may change it
  std::optional<Candidates> candidates_;  // of the solution as it is; empty where it changed
};

}  // namespace

void split_merge(const VectorSet& vectors, const VectorRows& rows, const NearestSearch& search,
                 const SplitMergeOptions& options, FixedCodewords& codewords, const Work& work) {
  if (codewords.size() < 2) return;
  std::size_t pairs_max = std::max<std::size_t>(1, codewords.size() / tuning.batch_divisor);
  SplitMergeSearch batches(vectors, rows, search, options, std::move(codewords), work.pool);
  int failures = 0;
  for (int round = 0; round < options.rounds_max && failures < options.failures_max; ++round) {
    bool kept = false;
    const std::size_t tried = batches.round(pairs_max, options.lloyd_steps, kept);
    if (tried == 0) break;
    if (!kept) {
      failures += tried == 1 ? 1 : 0;
      pairs_max = std::max<std::size_t>(1, tried / 2);
    }
    if (options.reports_progress)
      work.progress.report(progress_begin + progress_share * round / (round + progress_half_rounds));
    work.progress.throw_if_cancelled();
  }
  codewords = batches.take();
}

}  // namespace vqi::detail
