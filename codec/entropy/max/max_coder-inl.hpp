// MaxCoder: codes a strip as BalancedCoder does, with more contexts, several mixers and corrections.
//
// For sources that Highway compiles once per SIMD target. Encoder and decoder are the same code.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_MAX_CODER_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_MAX_CODER_INL_HPP
#undef VQI_MAX_CODER_INL_HPP
#else
#define VQI_MAX_CODER_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "context_hash.hpp"
#include "history_kernels-inl.hpp"
#include "max_contexts.hpp"
#include "max_state.hpp"
#include "max_tables.hpp"
#include "mixer_kernels-inl.hpp"
#include "prediction_kernels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

/// Moves a probability of 16 bits 1/64 of the way to a bit.
inline void approach(std::uint16_t& probability, bool bit) noexcept {
  const std::int32_t target = bit ? 65535 : 0;
  probability = static_cast<std::uint16_t>(probability + ((target - probability) >> 6));
}

/// Codes one strip; `Bits` is EncodedBits or DecodedBits.
template <class Bits>
class MaxCoder {
 public:
  MaxCoder(const MaxTables& tables, std::size_t map_width, Bits& bits)
      : tables_(tables),
        tree_(tables.tree),
        logits_(tables.logits),
        width_(map_width),
        bits_(bits),
        state_(tables.tree, tables.density, tables.coordinates, map_width) {}

  void begin_row() {
    state_.rows.begin_row();
    for (ErrorRows& errors : state_.errors) errors.begin_row();
    rate_ = 229 + static_cast<std::int32_t>(4'122'000 / (3000 + coded_));
    final_rate_ = 60 + static_cast<std::int32_t>(1'000'000 / (3000 + coded_));
  }

  /// Codes the columns begin .. end - 1 of the row that was begun, `indices`; when decoding, writes them.
  template <class Index>
  void code_columns(Index* indices, std::size_t begin, std::size_t end) {
    constexpr bool decoding = !std::is_const_v<Index>;
    for (std::size_t x = begin; x < end; ++x) {
      const std::uint32_t wanted = decoding ? 0 : tree_.position_of(indices[x]);
      const std::uint32_t position = code_position(x, wanted);
      state_.rows.row(0)[x] = static_cast<std::uint16_t>(position);
      if constexpr (decoding) indices[x] = tree_.index_at(position);
    }
  }

  void end_row() {
    state_.rows.end_row();
    for (ErrorRows& errors : state_.errors) errors.end_row();
    coded_ += width_;
  }

 private:
  using Guesses = MaxNeighbourhood::Guesses;
  using Points = std::array<Point, MaxState::predictions>;
  using PathContexts = std::array<std::uint32_t, MaxState::path_contexts>;

  std::uint32_t code_position(std::size_t x, std::uint32_t wanted) {
    const MaxNeighbourhood around(state_.rows, x);
    const bool flat = around.flat();
    if (flat && code_flat(around, wanted == around.n)) {
      for (ErrorRows& errors : state_.errors) errors.inherit(x);
      return around.n;
    }
    alignas(64) PathContexts contexts = around.path_contexts(tree_.depth());
    prefetch_lines(contexts, 1);
    const PointPrediction& prediction = tables_.prediction;
    const Points points = predict(around);
    Guesses guesses;
    for (std::size_t i = 0; i < MaxState::predictions; ++i) {
      guesses.positions[i] = tree_.position_near(points[i]);
      guesses.levels[i] = state_.errors[i].level(x);
    }
    state_.density.expect(tables_.density.on_axes(points[0]), guesses.levels[0]);
    weigh_codewords(tables_.density, state_.density);
    contexts[MaxNeighbourhood::guess_place] = around.guess_context(guesses);
    const std::uint32_t position = code_path(around, points, guesses, contexts, flat, wanted);
    for (std::size_t i = 0; i < MaxState::predictions; ++i)
      state_.errors[i].set(x, prediction.error(points[i], position));
    update_prediction(state_.adaptive, prediction.point(position));
    state_.density.update(tables_.density.on_axes(prediction.point(position)));
    return position;
  }

  /// The adaptive prediction, the median, and the fixed prediction that the adaptive one starts from.
  Points predict(const MaxNeighbourhood& around) {
    const PointPrediction& prediction = tables_.prediction;
    const Point fixed = prediction.predict(around.rows[0], around.rows[1], around.rows[2]);
    AdaptivePrediction::Neighbours neighbours;
    const std::array<std::uint32_t, AdaptivePrediction::neighbour_count> positions{
        around.w,   around.n,   around.nw,  around.ne,  around.ww,  around.nn,
        around.www, around.nww, around.nee, around.nnw, around.nne, around.rows[2][2]};
    for (std::size_t i = 0; i < neighbours.size(); ++i) neighbours[i] = &prediction.point(positions[i]);
    return {predict_adaptively(state_.adaptive, neighbours, fixed),
            prediction.predict_median(around.rows[0], around.rows[1]), fixed};
  }

  /// Codes whether a vector in a flat neighbourhood is as its neighbours.
  bool code_flat(const MaxNeighbourhood& around, bool same) {
    constexpr std::size_t contexts = MaxState::flat_contexts;
    const MaxFlatContexts flat = around.flat_contexts();
    alignas(64) std::array<std::uint32_t, contexts> hashes;
    hash_lanes<contexts>(flat.numbers.data(), 0, hashes.data());
    alignas(64) std::array<std::int32_t, MaxState::flat_inputs> inputs{};
    select_histories(state_.flat_histories, hashes.data(), 0, logits_, inputs.data());
    inputs[contexts] = 100;
    std::int32_t* const weights = state_.flat_weights.row(flat.equal_count);
    const std::int32_t probability = squash(clamp_logit(mix_inputs<MaxState::flat_inputs>(inputs.data(), weights)));
    const bool bit = bits_.code(same, probability);
    train_weights<MaxState::flat_inputs>(inputs.data(), step_of(bit, probability, 2 * rate_), weights);
    update_histories(state_.flat_histories, bit);
    return bit;
  }

  /// How far a path has been followed, and what neighbours and predictions tell of its next bit.
  struct Path {
    PathPattern near_pattern;  ///< of W, N, NW, NE, WW, NN
    PathPattern far_pattern;   ///< of the three guesses, NEE, NNE, NWW
    bool after_flat;
    std::uint32_t node = 1;
    std::uint32_t depth = 0;
    std::uint32_t near = 0;  ///< the patterns' values at the node
    std::uint32_t far = 0;
    std::array<std::uint32_t, MaxState::predictions> steps{};
    std::int32_t density_logit = 0;
  };

  /// Codes a position bit by bit, from the root of the tree.
  std::uint32_t code_path(const MaxNeighbourhood& around, const Points& points, const Guesses& guesses,
                          const PathContexts& contexts, bool after_flat, std::uint32_t wanted) {
    const std::uint32_t depth_max = tree_.depth();
    alignas(64) const auto features = around.features(guesses);
    const std::array<std::uint32_t, MaxState::predictions>& g = guesses.positions;
    Path path{PathPattern({around.w, around.n, around.nw, around.ne, around.ww, around.nn}, depth_max),
              PathPattern({g[0], g[1], g[2], around.nee, around.nne, around.nww}, depth_max), after_flat};
    alignas(64) std::array<std::uint32_t, MaxState::path_contexts> hashes;
    for (; path.depth < depth_max && tree_.divides(path.node); ++path.depth) {
      const std::uint32_t bit_number = depth_max - 1 - path.depth;
      const std::uint32_t level_in_line = path.depth % history::levels_per_line;
      if (level_in_line == 0) {
        hash_lanes<MaxState::path_contexts>(contexts.data(), path.node, hashes.data());
      } else if (level_in_line == history::levels_per_line - 1 && path.depth + 1 < depth_max) {
        prefetch_lines(contexts, 2 * path.node);
        prefetch_lines(contexts, 2 * path.node + 1);
      }
      path.near = path.near_pattern.index(bit_number);
      path.far = path.far_pattern.index(bit_number);
      for (std::size_t i = 0; i < MaxState::predictions; ++i)
        path.steps[i] = distance_step(tree_.plane(path.node).distance(points[i]), guesses.levels[i]);
      path.density_logit = tables_.density.leaves() == 0 ? 0 : logits_(state_.density.probability(path.node));
      hash_path(guesses, path, hashes);
      alignas(64) std::array<std::int32_t, MaxState::path_inputs> inputs{};
      const std::uint32_t local = 1U << level_in_line | (path.node & ((1U << level_in_line) - 1));
      select_histories(state_.path_histories, hashes.data(), local, logits_, inputs.data());
      const bool bit = code_bit(features, guesses, path, inputs, (wanted >> bit_number & 1U) != 0);
      path.near_pattern.follow(bit_number, bit);
      path.far_pattern.follow(bit_number, bit);
      path.node = 2 * path.node + (bit ? 1 : 0);
    }
    return (path.node << (depth_max - path.depth)) - tree_.leaves();
  }

  /// Fetches the cache lines of the histories that the group of levels at a node has in these contexts.
  void prefetch_lines(const PathContexts& contexts, std::uint32_t node) const {
    alignas(64) std::array<std::uint32_t, MaxState::path_contexts> hashes;
    hash_lanes<MaxState::path_contexts>(contexts.data(), node, hashes.data());
    prefetch_histories(state_.path_histories, hashes.data());
  }

  /// Hashes the last two contexts, which depend on the path.
  static void hash_path(const Guesses& guesses, const Path& path,
                        std::array<std::uint32_t, MaxState::path_contexts>& hashes) noexcept {
    const std::array<std::uint64_t, 2> numbers{mix(1, joined(path.near, path.far, path.depth, path.after_flat ? 1 : 0)),
                                               mix(mix(1, path.node), joined(path.steps[0], guesses.levels[0]))};
    for (std::size_t i = 0; i < numbers.size(); ++i)
      hashes[hashes.size() - numbers.size() + i] = static_cast<std::uint32_t>(numbers[i]) * lane_factor;
  }

  /// Codes a bit, and lets everything that was chosen for it learn. `inputs` begin with those of the histories.
  bool code_bit(const std::array<std::uint32_t, LogisticRegression::features>& features, const Guesses& guesses,
                const Path& path, std::array<std::int32_t, MaxState::path_inputs>& inputs, bool wanted) {
    std::size_t count = MaxState::path_contexts;
    std::array<std::uint16_t*, MaxState::stepped> by_step;
    for (std::size_t i = 0; i < by_step.size(); ++i) {
      const std::size_t row = i * MaxState::node_rows + path.node % MaxState::node_rows;
      by_step[i] = &state_.step_probabilities[(row * ErrorRows::levels + guesses.levels[i + 1]) * distance_steps +
                                              path.steps[i + 1]];
      inputs[count++] = logits_(*by_step[i]);
    }
    const std::int32_t sum = predict_regression(state_.regression, features.data(), path.node, path.density_logit);
    inputs[count++] = path.density_logit;
    inputs[count++] = sum;
    inputs[count++] = std::clamp(sum >> 1, -128, 128);
    inputs[count++] = 80;
    for (std::uint32_t i = 0; i < 4; ++i)  // where W, N, NW, NE would go
      inputs[count++] = (path.near >> i & 1U) == 0 ? 0 : (path.near >> (6 + i) & 1U) == 0 ? -256 : 256;

    const bool bit = mix_and_code(inputs, guesses, path, wanted);
    update_histories(state_.path_histories, bit);
    for (std::uint16_t* probability : by_step) approach(*probability, bit);
    update_regression(state_.regression, bit);
    return bit;
  }

  /// Mixes with several mixers, each with weights chosen by something known of the bit; mixes their results with three
  /// more mixers, whose mean is corrected; codes the bit.
  bool mix_and_code(const std::array<std::int32_t, MaxState::path_inputs>& inputs, const Guesses& guesses,
                    const Path& path, bool wanted) {
    const std::uint32_t level = guesses.levels[0];
    const std::uint32_t node_row = path.node % MaxState::node_rows;
    const std::uint32_t guess_row = guesses.positions[0] % MaxState::node_rows;
    const std::uint32_t guess_says = (path.far & 1U) == 0 ? 2 : path.far >> 6 & 1U;
    const std::array<std::uint32_t, MaxState::mixers> chosen{
        (path.depth * ErrorRows::levels + level) * 3 + guess_says,
        node_row,
        path.near,
        (guesses.levels[1] * ErrorRows::levels + level) * 4 + std::min(path.depth, 3U),
        guess_row,
        path.far};
    alignas(64) std::array<std::int32_t, MaxState::final_inputs> mixed{};
    std::array<std::int32_t*, MaxState::mixers> weights;
    for (std::size_t i = 0; i < MaxState::mixers; ++i) {
      weights[i] = state_.mixer_weights[i].row(chosen[i]);
      mixed[i] = clamp_logit(mix_inputs<MaxState::path_inputs>(inputs.data(), weights[i]));
    }
    const std::array<std::uint32_t, MaxState::finals> finally_chosen{path.depth * ErrorRows::levels + level, node_row,
                                                                     path.near};
    std::array<std::int32_t*, MaxState::finals> final_rows;
    std::array<std::int32_t, MaxState::finals> results;
    std::int32_t logit = 0;
    for (std::size_t i = 0; i < MaxState::finals; ++i) {
      final_rows[i] = state_.final_weights[i].row(finally_chosen[i]);
      results[i] = clamp_logit(mix_inputs<MaxState::final_inputs>(mixed.data(), final_rows[i]));
      logit += results[i];
    }
    logit = logit * 21845 >> 16;  // the mean
    const std::array<std::size_t, MaxState::corrected> corrected_by{node_row, path.near,
                                                                    guess_row * std::size_t{ErrorRows::levels} + level};
    std::int32_t sum = 2 * squash(logit);
    for (std::size_t i = 0; i < corrected_by.size(); ++i) sum += state_.corrections[i].refine(corrected_by[i], logit);

    const bool bit = bits_.code(wanted, std::clamp(sum / 5, 2, 65534));
    for (std::size_t i = 0; i < MaxState::mixers; ++i)
      train_weights<MaxState::path_inputs>(inputs.data(), step_of(bit, squash(mixed[i]), rate_), weights[i]);
    for (std::size_t i = 0; i < MaxState::finals; ++i)
      train_weights<MaxState::final_inputs>(mixed.data(), step_of(bit, squash(results[i]), final_rate_), final_rows[i]);
    for (CorrectionTable& table : state_.corrections) table.update(bit);
    return bit;
  }

  static std::int32_t step_of(bool bit, std::int32_t probability, std::int32_t rate) noexcept {
    return (((bit ? 65536 : 0) - probability) * rate) >> 10;
  }

  const MaxTables& tables_;
  const CodewordTree& tree_;
  const LogitTable& logits_;
  std::size_t width_;
  Bits& bits_;
  MaxState state_;
  std::int32_t rate_ = 0;
  std::int32_t final_rate_ = 0;
  std::uint64_t coded_ = 0;
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
