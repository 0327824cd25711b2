// One pass over a strip, as that of "balanced", with more contexts, several mixers and corrections. Compiled once per
// SIMD target by Highway, for the mixers; encoder and decoder are the same code.
#include "max_strip.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "max_strip.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "mixer_kernels-inl.hpp"

#include "bit_coding.hpp"
#include "context_hash.hpp"
#include "max_neighbourhood.hpp"
#include "max_state.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi {
namespace HWY_NAMESPACE {
namespace {

/// Codes one strip; `Bits` is EncodedBits or DecodedBits.
template <class Bits>
class MaxCoder {
 public:
  MaxCoder(const MaxCodebook& codebook, std::size_t map_width, Bits& bits)
      : codebook_(codebook),
        tree_(codebook.tree),
        stretch_(codebook.stretch),
        width_(map_width),
        bits_(bits),
        state_(codebook.tree, map_width) {}

  /// Codes a row; when decoding, writes the indices.
  template <class Index>
  void code_row(Index* indices) {
    constexpr bool decoding = !std::is_const_v<Index>;
    state_.rows.begin_row();
    for (ErrorRows& errors : state_.errors) errors.begin_row();
    rate_ = 229 + static_cast<std::int32_t>(4'122'000 / (3000 + coded_));
    for (std::size_t x = 0; x < width_; ++x) {
      const std::uint32_t wanted = decoding ? 0 : tree_.position_of(indices[x]);
      const std::uint32_t position = code_position(x, wanted);
      state_.rows.row(0)[x] = static_cast<std::uint16_t>(position);
      if constexpr (decoding) indices[x] = tree_.index_at(position);
    }
    state_.rows.end_row();
    for (ErrorRows& errors : state_.errors) errors.end_row();
    coded_ += width_;
  }

 private:
  std::uint32_t code_position(std::size_t x, std::uint32_t wanted) {
    const MaxNeighbourhood around(state_.rows, x);
    const bool flat = around.flat();
    if (flat && code_flat(around, wanted == around.n)) {
      for (ErrorRows& errors : state_.errors) errors.inherit(x);
      return around.n;
    }
    const PointPrediction& prediction = codebook_.prediction;
    Guesses guesses;
    guesses.points = {prediction.predict(around.rows[0], around.rows[1], around.rows[2]),
                      prediction.predict_median(around.rows[0], around.rows[1])};
    for (std::size_t i = 0; i < MaxState::predictions; ++i) {
      guesses.positions[i] = tree_.position_near(guesses.points[i]);
      guesses.levels[i] = state_.errors[i].level(x);
    }
    const std::uint32_t position = code_path(around, guesses, flat, wanted);
    for (std::size_t i = 0; i < MaxState::predictions; ++i)
      state_.errors[i].set(x, prediction.error(guesses.points[i], position));
    return position;
  }

  /// What both predictions say of a vector.
  struct Guesses {
    std::array<Point, MaxState::predictions> points;
    std::array<std::uint32_t, MaxState::predictions> positions;
    std::array<std::uint32_t, MaxState::predictions> levels;
  };

  /// Codes whether a vector in a flat neighbourhood is as its neighbours.
  bool code_flat(const MaxNeighbourhood& around, bool same) {
    const FlatContexts flat = around.flat_contexts();
    alignas(64) std::array<std::int32_t, MaxState::flat_inputs> inputs{};
    for (std::size_t i = 0; i < MaxState::flat_contexts; ++i) {
      BitHistories& histories = state_.flat_histories[i];
      histories.select(flat.numbers[i], stretch_);
      inputs[2 * i] = histories.outcome_logit(stretch_);
      inputs[2 * i + 1] = histories.lean();
    }
    inputs[2 * MaxState::flat_contexts] = 100;
    std::int32_t* const weights = state_.flat_weights.row(flat.alike);
    const std::int32_t probability = squash(clamp_logit(mix_inputs<MaxState::flat_inputs>(inputs.data(), weights)));
    const bool bit = bits_.code(same, probability);
    train_weights<MaxState::flat_inputs>(inputs.data(), step_of(bit, probability, 2 * rate_), weights);
    for (BitHistories& histories : state_.flat_histories) histories.update(bit);
    return bit;
  }

  /// Codes a position bit by bit, from the root of the tree.
  std::uint32_t code_path(const MaxNeighbourhood& around, const Guesses& guesses, bool after_flat,
                          std::uint32_t wanted) {
    const std::uint32_t depth_max = tree_.depth();
    const std::array<std::uint64_t, MaxState::path_contexts> contexts =
        around.path_contexts(guesses.positions, guesses.levels, depth_max);
    const std::array<std::uint64_t, AdditiveExpert::features> features =
        around.features(guesses.positions[0], guesses.levels[0]);
    Path path{PathPattern({around.w, around.n, around.nw, around.ne, around.ww, around.nn}, depth_max),
              PathPattern({guesses.positions[0], around.nee, around.nne, guesses.positions[1], around.nw, around.nn},
                          depth_max)};
    path.after_flat = after_flat;
    for (; path.depth < depth_max && tree_.divides(path.node); ++path.depth) {
      const std::uint32_t bit_place = depth_max - 1 - path.depth;
      path.agreement = path.near.index(bit_place);
      path.more_agreement = path.far.index(bit_place);
      select_histories(contexts, guesses, path);
      const bool bit = code_bit(features, guesses, path, (wanted >> bit_place & 1U) != 0);
      path.near.follow(bit_place, bit);
      path.far.follow(bit_place, bit);
      path.node = 2 * path.node + (bit ? 1 : 0);
    }
    return (path.node << (depth_max - path.depth)) - tree_.leaves();
  }

  /// How far a path has been followed, and what neighbours say of its next bit.
  struct Path {
    PathPattern near;  ///< W, N, NW, NE, WW, NN
    PathPattern far;   ///< the first guess, NEE, NNE, the second guess, NW, NN
    std::uint32_t node = 1;
    std::uint32_t depth = 0;
    std::uint32_t agreement = 0;
    std::uint32_t more_agreement = 0;
    bool after_flat = false;
    std::array<std::uint32_t, MaxState::predictions> steps{};
  };

  void select_histories(const std::array<std::uint64_t, MaxState::path_contexts>& contexts, const Guesses& guesses,
                        Path& path) {
    for (std::size_t i = 0; i < MaxState::predictions; ++i)
      path.steps[i] = distance_step(tree_.plane(path.node).distance(guesses.points[i]), guesses.levels[i]);
    std::array<std::uint64_t, MaxState::path_contexts> numbers;
    for (std::size_t i = 0; i + 3 < contexts.size(); ++i) numbers[i] = mix(contexts[i], path.node);
    // The last three are of the path, whoever the neighbours are.
    const std::uint64_t steps = joined(path.steps[0], path.steps[1], guesses.levels[0]);
    numbers[contexts.size() - 3] =
        mix(27, joined(path.agreement, path.more_agreement, path.depth, path.after_flat ? 1 : 0));
    numbers[contexts.size() - 2] = mix(mix(28, path.node), joined(path.steps[0], guesses.levels[0]));
    numbers[contexts.size() - 1] = mix(mix(29, path.node), mix(steps, path.agreement & 0x3CFU));
    for (std::size_t i = 0; i < numbers.size(); ++i) state_.path_histories[i].prefetch(numbers[i]);
    for (std::size_t i = 0; i < numbers.size(); ++i) state_.path_histories[i].select(numbers[i], stretch_);
  }

  /// Codes a bit by all that was chosen for it, and lets all learn.
  bool code_bit(const std::array<std::uint64_t, AdditiveExpert::features>& features, const Guesses& guesses,
                const Path& path, bool wanted) {
    alignas(64) std::array<std::int32_t, MaxState::path_inputs> inputs{};
    std::size_t count = 0;
    for (const BitHistories& histories : state_.path_histories) {
      inputs[count++] = histories.outcome_logit(stretch_);
      inputs[count++] = histories.lean();
    }
    std::array<std::uint16_t*, MaxState::predictions> by_step;
    for (std::size_t i = 0; i < by_step.size(); ++i) {
      by_step[i] =
          &state_.step_probabilities[((i * MaxState::node_rows + path.node % MaxState::node_rows) * ErrorRows::levels +
                                      guesses.levels[i]) *
                                         distance_steps +
                                     path.steps[i]];
      inputs[count++] = stretch_[*by_step[i]];
    }
    std::array<std::uint64_t, AdditiveExpert::features> numbers;
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = mix(features[i], path.node);
    const std::int32_t sum = state_.sums.predict(numbers, stretch_[*by_step[0]]);
    inputs[count++] = sum;
    inputs[count++] = std::clamp(sum >> 1, -128, 128);
    inputs[count++] = 80;
    for (std::uint32_t i = 0; i < 4; ++i)  // where W, N, NW, NE would go
      inputs[count++] = (path.agreement >> i & 1U) == 0 ? 0 : (path.agreement >> (6 + i) & 1U) == 0 ? -256 : 256;

    const bool bit = mix_and_code(inputs, guesses, path, wanted);
    for (BitHistories& histories : state_.path_histories) histories.update(bit);
    for (std::uint16_t* probability : by_step) approach(*probability, bit, 6);
    state_.sums.update(bit);
    return bit;
  }

  /// Five mixers, chosen by what is known of the bit; a sixth over them; three corrections.
  bool mix_and_code(const std::array<std::int32_t, MaxState::path_inputs>& inputs, const Guesses& guesses,
                    const Path& path, bool wanted) {
    const std::uint32_t level = guesses.levels[0];
    const std::uint32_t guess_agrees = path.more_agreement & 1U;
    const std::uint32_t guess_says = guess_agrees == 0 ? 2 : path.more_agreement >> 6 & 1U;
    const std::array<std::uint32_t, MaxState::mixers> chosen{
        (path.depth * ErrorRows::levels + level) * 3 + guess_says, path.node % MaxState::node_rows, path.agreement,
        (guesses.levels[1] * ErrorRows::levels + level) * 4 + std::min(path.depth, 3U),
        guesses.positions[0] % MaxState::node_rows};
    alignas(64) std::array<std::int32_t, MaxState::final_inputs> mixed{};
    std::array<std::int32_t*, MaxState::mixers> weights;
    for (std::size_t i = 0; i < MaxState::mixers; ++i) {
      weights[i] = state_.mixer_weights[i].row(chosen[i]);
      mixed[i] = clamp_logit(mix_inputs<MaxState::path_inputs>(inputs.data(), weights[i]));
    }
    std::int32_t* const final_row = state_.final_weights.row(path.depth * ErrorRows::levels + level);
    const std::int32_t logit = clamp_logit(mix_inputs<MaxState::final_inputs>(mixed.data(), final_row));
    const std::int32_t probability = squash(logit);
    const std::array<std::size_t, 3> corrected_by{
        path.node % MaxState::node_rows, path.agreement,
        std::size_t{guesses.positions[0] % MaxState::node_rows} * ErrorRows::levels + level};
    std::int32_t sum = 2 * probability;
    for (std::size_t i = 0; i < corrected_by.size(); ++i) sum += state_.corrections[i].refine(corrected_by[i], logit);

    const bool bit = bits_.code(wanted, std::clamp(sum / 5, 2, 65534));
    for (std::size_t i = 0; i < MaxState::mixers; ++i)
      train_weights<MaxState::path_inputs>(inputs.data(), step_of(bit, squash(mixed[i]), rate_), weights[i]);
    train_weights<MaxState::final_inputs>(mixed.data(), step_of(bit, probability, 130), final_row);
    for (CorrectionTable& table : state_.corrections) table.update(bit);
    return bit;
  }

  static std::int32_t step_of(bool bit, std::int32_t probability, std::int32_t rate) noexcept {
    return (((bit ? 65536 : 0) - probability) * rate) >> 10;
  }

  const MaxCodebook& codebook_;
  const CodewordTree& tree_;
  const FineStretchTable& stretch_;
  std::size_t width_;
  Bits& bits_;
  MaxState state_;
  std::int32_t rate_ = 0;
  std::uint64_t coded_ = 0;
};

std::vector<std::byte> encode_strip(const MaxCodebook& codebook, std::span<const std::uint16_t> indices,
                                    std::size_t map_width, const RowHook& between_rows) {
  EncodedBits bits;
  MaxCoder<EncodedBits> coder(codebook, map_width, bits);
  for (std::size_t at = 0; at < indices.size(); at += map_width) {
    coder.code_row(indices.data() + at);
    if (between_rows) between_rows();
  }
  return bits.coder.finish();
}

bool decode_strip(const MaxCodebook& codebook, std::span<const std::byte> bytes, std::size_t map_width,
                  std::span<std::uint16_t> indices, const RowHook& between_rows) {
  DecodedBits bits{BinaryDecoder(bytes)};
  MaxCoder<DecodedBits> coder(codebook, map_width, bits);
  for (std::size_t at = 0; at < indices.size(); at += map_width) {
    coder.code_row(indices.data() + at);
    if (between_rows) between_rows();
  }
  return bits.coder.finished();
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi {

HWY_EXPORT(encode_strip);
HWY_EXPORT(decode_strip);

std::vector<std::byte> encode_max_strip(const MaxCodebook& codebook, std::span<const std::uint16_t> indices,
                                        std::size_t map_width, const RowHook& between_rows) {
  return HWY_DYNAMIC_DISPATCH(encode_strip)(codebook, indices, map_width, between_rows);
}

bool decode_max_strip(const MaxCodebook& codebook, std::span<const std::byte> bytes, std::size_t map_width,
                      std::span<std::uint16_t> indices, const RowHook& between_rows) {
  return HWY_DYNAMIC_DISPATCH(decode_strip)(codebook, bytes, map_width, indices, between_rows);
}

std::uint64_t max_state_bytes(const CodewordTree& tree, std::uint32_t map_width) noexcept {
  return MaxState::size_bytes(tree, map_width);
}

}  // namespace vqi
#endif  // HWY_ONCE
