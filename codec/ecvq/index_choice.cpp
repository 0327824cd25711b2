// Chooses indices in coding order, with a look ahead. Highway compiles this file once per SIMD target.
//
// The price of an index comes from the state that the model has learned so far, so the choice is greedy. But an index
// is also a context of the indices that follow. Each of the best candidates by distance and price is therefore tried as
// the neighbour of the next vector and of the vector below, which either keep their own indices or take the
// candidate's. If they take it, they are also charged the distortion that the vectors after them would suffer.
// Otherwise, where colours change, each vector in turn would find it cheaper to put the change off by one vector, and
// together they would pay several times its price.
#include "index_choice.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "index_choice.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "path_prices-inl.hpp"
#include "row_window.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

/// Lets the coder learn without writing anything.
struct UnwrittenBits {
  static bool code(bool bit, std::int32_t /*p16*/) noexcept { return bit; }
};

/// How many vectors ahead, the next one included, cost_after looks for the first that the index would not harm.
constexpr std::size_t reach = 16;

class StripChooser {
 public:
  StripChooser(const BalancedTables& tables, const ChoiceCodebook& codebook, std::uint64_t lambda,
               const ChoicePlan& plan, const StripVectors& vectors, std::span<std::uint16_t> indices)
      : tree_(tables.tree),
        prediction_(tables.prediction),
        codebook_(codebook),
        lambda_(lambda),
        plan_(plan),
        vectors_(vectors),
        window_(vectors, codebook.dimension(), plan.ahead_below ? reach + 1 : 1),
        indices_(indices),
        coder_(tables, vectors.width, bits_),
        state_(coder_.state()),
        prices_(tables, state_),
        ahead_(tables, state_),
        positions_below_(vectors.width + 2 * MapRows::margin) {}

  StripChoice run(std::span<StripChoice> tiles, const ChosenHook& on_chosen) {
    StripChoice sum;
    const std::size_t across = tiles_across(vectors_.width);
    std::size_t chosen_count = 0;
    for (std::size_t y = 0; y < vectors_.rows; ++y) {
      begin_row(y);
      for (std::size_t x = 0; x < vectors_.width; ++x) {
        const Candidate chosen = choose(x);
        here_[x] = chosen.index;
        StripChoice& tile = tiles[y / tile_side * across + x / tile_side];
        tile.distortion_sq += chosen.distance_sq;
        tile.price += chosen.price;
        static_cast<void>(coder_.code_position(x, chosen.position));
        if (++chosen_count == chosen_max || x + 1 == vectors_.width) {
          if (on_chosen) on_chosen(chosen_count);
          chosen_count = 0;
        }
      }
      coder_.end_row();
    }
    for (const StripChoice& tile : tiles) {
      sum.distortion_sq += tile.distortion_sq;
      sum.price += tile.price;
    }
    return sum;
  }

 private:
  struct Candidate {
    std::uint16_t index = 0;
    std::uint16_t position = 0;
    std::uint64_t distance_sq = 0;
    std::uint64_t price = 0;  ///< in 1 / bit_cost_unit bit
    std::uint64_t cost = 0;   ///< distance and price of the vector itself
  };

  /// D + lambda R in integers.
  [[nodiscard]] std::uint64_t cost_of(std::uint64_t distance_sq, std::uint64_t price) const noexcept {
    return distance_sq * (lambda_unit * bit_cost_unit) + lambda_ * price;
  }
  /// The highest price with which `distance_sq` costs at most `most`. Without a price it must not cost more than that.
  [[nodiscard]] std::uint64_t highest_price(std::uint64_t distance_sq, std::uint64_t most) const noexcept {
    return lambda_ == 0 ? PathPrices::no_limit : (most - cost_of(distance_sq, 0)) / lambda_;
  }
  [[nodiscard]] std::uint16_t position_of(std::uint16_t index) const noexcept {
    return static_cast<std::uint16_t>(tree_.position_of(index));
  }
  [[nodiscard]] std::uint64_t distance(std::size_t down, std::size_t x, std::uint16_t index) const noexcept {
    return codebook_.distance_to(index, window_.at(down, x));
  }

  /// Starts a row. The columns ahead keep the positions of their old indices until they are chosen.
  void begin_row(std::size_t y) {
    window_.move_to(y);
    to_come_ = indices_.subspan(y * vectors_.width);
    here_ = to_come_.first(vectors_.width);
    coder_.begin_row();
    std::uint16_t* const row = state_.rows.row(0);
    for (std::size_t x = 0; x < vectors_.width; ++x) row[x] = position_of(here_[x]);
    state_.rows.end_row();
    if (!window_.has(1)) return;
    const std::span<const std::uint16_t> below = to_come_.subspan(vectors_.width, vectors_.width);
    std::fill_n(positions_below_.begin(), MapRows::margin, row[0]);
    std::transform(below.begin(), below.end(), positions_below_.begin() + MapRows::margin,
                   [&](std::uint16_t index) { return position_of(index); });
    std::fill_n(positions_below_.rbegin(), MapRows::margin, position_of(below.back()));
  }

  /// The best index for column `x`. Its old index is always among the candidates.
  [[nodiscard]] Candidate choose(std::size_t x) {
    const Surroundings at = state_.rows.surroundings(x);
    prices_.begin(at, state_.errors.level(x));
    candidates_.clear();
    least_costs_.fill(std::numeric_limits<std::uint64_t>::max());
    const std::uint16_t before = here_[x];
    const std::uint64_t before_distance_sq = distance(0, x, before);
    add_candidate(before, before_distance_sq);
    if (plan_.finalists == 0) return candidates_.front();
    const auto consider = [&](std::uint16_t index) {
      const std::uint64_t distance_sq = distance(0, x, index);
      if (cost_of(distance_sq, 0) < least_costs_.front()) add_candidate(index, distance_sq);
    };
    const std::array<std::uint16_t, 4> beside{at.row[-1], at.above[0], at.above[1], at.above[-1]};
    for (std::size_t i = 0; i < beside.size(); ++i) {
      const std::uint16_t index = tree_.index_at(beside[i]);
      if (index != before && std::find(beside.begin(), beside.begin() + i, beside[i]) == beside.begin() + i)
        consider(index);
    }
    for (const NearCodeword& near : codebook_.near(before)) {
      // |x - near| >= |before - near| - |x - before|, and (a + b)^2 <= 2 a^2 + 2 b^2.
      if (cost_of(near.distance_sq / 2, 0) >= least_costs_.front() + cost_of(before_distance_sq, 0)) break;
      const std::uint16_t position = position_of(near.index);
      if (std::find(beside.begin(), beside.end(), position) == beside.end()) consider(near.index);
    }
    return best_candidate(x);
  }

  /// Adds a candidate, unless enough others cost less: those that are looked ahead for.
  void add_candidate(std::uint16_t index, std::uint64_t distance_sq) {
    const std::uint16_t position = position_of(index);
    const std::span<std::uint64_t> least = std::span(least_costs_).first(std::max<std::size_t>(plan_.finalists, 1));
    const std::uint64_t highest = highest_price(distance_sq, least.back());
    const std::uint64_t price = prices_.price(position, highest);
    if (price > highest) return;
    candidates_.push_back({index, position, distance_sq, price, cost_of(distance_sq, price)});
    const auto place = std::upper_bound(least.begin(), least.end(), candidates_.back().cost);
    if (place == least.end()) return;
    std::move_backward(place, least.end() - 1, least.end());
    *place = candidates_.back().cost;
  }

  /// Of the cheapest candidates the one whose cost together with the vectors ahead is least.
  [[nodiscard]] Candidate best_candidate(std::size_t x) {
    const auto cheaper = [](const Candidate& a, const Candidate& b) {
      return a.cost != b.cost ? a.cost < b.cost : a.index < b.index;
    };
    const std::size_t finalists = std::min(plan_.finalists, candidates_.size());
    std::partial_sort(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(finalists),
                      candidates_.end(), cheaper);
    Candidate best = candidates_.front();
    if (finalists == 1) return best;
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (const Candidate& candidate : std::span(candidates_).first(finalists)) {
      if (candidate.cost >= least) break;
      const std::uint64_t cost = candidate.cost + cost_ahead(x, candidate, least - candidate.cost);
      if (cost >= least) continue;
      least = cost;
      best = candidate;
    }
    return best;
  }

  /// The cost of the next vector and of the vector below, if `candidate` is chosen at column `x`. Where it is `enough`
  /// or more, some cost that is as well.
  [[nodiscard]] std::uint64_t cost_ahead(std::size_t x, const Candidate& candidate, std::uint64_t enough) {
    MapRows& rows = state_.rows;
    ErrorRows& errors = state_.errors;
    rows.row(0)[x] = candidate.position;
    if (prices_.flat() && candidate.position == rows.row(1)[x])
      errors.inherit(x);
    else
      errors.set(x, prediction_.error(prices_.predicted(), candidate.position));
    std::uint64_t sum = 0;
    if (x + 1 < vectors_.width) {
      ahead_.begin(rows.surroundings(x + 1), errors.level(x + 1));
      sum += least_cost_ahead({x, 1, 0}, candidate.index, enough);
    }
    if (window_.has(1) && sum < enough) {
      ahead_.begin(rows.surroundings_below(positions_below_.data() + MapRows::margin, x), errors.level_below(x));
      sum += least_cost_ahead({x, 0, 1}, candidate.index, enough - sum);
    }
    return sum;
  }

  /// A line of vectors to the right or downwards, from column `x` of the current row.
  struct Way {
    std::size_t x = 0;
    std::size_t right = 0;
    std::size_t down = 0;
    [[nodiscard]] std::size_t column(std::size_t step) const noexcept { return x + step * right; }
    [[nodiscard]] std::size_t row(std::size_t step) const noexcept { return step * down; }
  };

  /// The least cost of the next vector on `way`, where `ahead_` is, with its own index or with its neighbour's. Where
  /// it is `enough` or more, some cost that is as well.
  [[nodiscard]] std::uint64_t least_cost_ahead(const Way& way, std::uint16_t neighbour, std::uint64_t enough) {
    const std::uint16_t before = index_before(way, 1);
    const std::uint64_t own_sq = distance(way.row(1), way.column(1), before);
    std::uint64_t kept = enough;
    if (cost_of(own_sq, 0) < enough)
      kept = std::min(kept, cost_of(own_sq, ahead_.price(position_of(before), highest_price(own_sq, enough))));
    if (neighbour == before) return kept;
    const std::uint64_t distance_sq = distance(way.row(1), way.column(1), neighbour);
    if (cost_of(distance_sq, 0) >= kept) return kept;
    const std::uint64_t price = ahead_.price(position_of(neighbour), highest_price(distance_sq, kept));
    const std::uint64_t taken = cost_of(distance_sq, price);
    return std::min(kept, taken < kept ? taken + cost_after(way, neighbour, kept - taken) : taken);
  }

  /// The cost, in distance alone, of `index` instead of their own indices for the vectors on `way` from the second one
  /// on, up to the first vector that it would not harm. Stops once the sum reaches `enough`.
  [[nodiscard]] std::uint64_t cost_after(const Way& way, std::uint16_t index, std::uint64_t enough) const noexcept {
    std::uint64_t sum = 0;
    for (std::size_t step = 2; step <= reach && sum < enough; ++step) {
      if (way.column(step) >= vectors_.width || (way.down > 0 && !window_.has(step))) break;
      const std::uint64_t own = distance(way.row(step), way.column(step), index_before(way, step));
      const std::uint64_t other = distance(way.row(step), way.column(step), index);
      if (other <= own) break;
      sum += cost_of(other - own, 0);
    }
    return sum;
  }
  [[nodiscard]] std::uint16_t index_before(const Way& way, std::size_t step) const noexcept {
    return to_come_[way.row(step) * vectors_.width + way.column(step)];
  }

  const CodewordTree& tree_;
  const PointPrediction& prediction_;
  const ChoiceCodebook& codebook_;
  std::uint64_t lambda_;
  const ChoicePlan& plan_;
  const StripVectors& vectors_;
  RowWindow window_;
  std::span<std::uint16_t> indices_;
  UnwrittenBits bits_;
  BalancedCoder<UnwrittenBits> coder_;
  BalancedState& state_;
  PathPrices prices_;
  PathPrices ahead_;
  std::span<std::uint16_t> to_come_;  // indices of the current row and of all rows below
  std::span<std::uint16_t> here_;     // indices of the current row
  std::vector<std::uint16_t> positions_below_;
  std::vector<Candidate> candidates_;
  std::array<std::uint64_t, finalists_max> least_costs_{};  // of the candidates, the least first
};

StripChoice choose_on_target(const BalancedTables& tables, const ChoiceCodebook& codebook, std::uint64_t lambda,
                             const ChoicePlan& plan, const StripVectors& vectors, std::span<std::uint16_t> indices,
                             std::span<StripChoice> tiles, const ChosenHook& on_chosen) {
  return StripChooser(tables, codebook, lambda, plan, vectors, indices).run(tiles, on_chosen);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {

HWY_EXPORT(choose_on_target);

StripChoice choose_indices(const BalancedTables& tables, const ChoiceCodebook& codebook, std::uint64_t lambda,
                           const ChoicePlan& plan, const StripVectors& vectors, std::span<std::uint16_t> indices,
                           std::span<StripChoice> tiles, const ChosenHook& on_chosen) {
  return HWY_DYNAMIC_DISPATCH(choose_on_target)(tables, codebook, lambda, plan, vectors, indices, tiles, on_chosen);
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
