// One pass over a strip: per vector a flag where all neighbours are the same, else a path down the tree. Compiled once
// per SIMD target by Highway, for the mixer; encoder and decoder are the same code.
#include "balanced_strip.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "balanced_strip.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "mixer_kernels-inl.hpp"

#include "balanced_state.hpp"
#include "bit_coding.hpp"
#include "context_hash.hpp"
#include "logistic.hpp"
#include "path_pattern.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi {
namespace HWY_NAMESPACE {
namespace {

/// Codes one strip; `Bits` is EncodedBits or DecodedBits.
template <class Bits>
class BalancedCoder {
 public:
  BalancedCoder(const BalancedCodebook& codebook, std::size_t map_width, Bits& bits)
      : tree_(codebook.tree),
        prediction_(codebook.prediction),
        width_(map_width),
        bits_(bits),
        state_(codebook.tree, map_width) {}

  /// Codes a row; when decoding, writes the indices.
  template <class Index>
  void code_row(Index* indices) {
    constexpr bool decoding = !std::is_const_v<Index>;
    state_.rows.begin_row();
    state_.errors.begin_row();
    rate_ = mixing_rate(coded_);
    for (std::size_t x = 0; x < width_; ++x) {
      const std::uint32_t wanted = decoding ? 0 : tree_.position_of(indices[x]);
      const std::uint32_t position = code_position(x, wanted);
      state_.rows.row(0)[x] = static_cast<std::uint16_t>(position);
      if constexpr (decoding) indices[x] = tree_.index_at(position);
    }
    state_.rows.end_row();
    state_.errors.end_row();
    coded_ += width_;
  }

 private:
  /// Where the neighbours of the vector in turn are.
  struct Place {
    const std::uint16_t* row;
    const std::uint16_t* above;
    const std::uint16_t* two_above;
    const std::uint16_t* three_above;
    const std::uint16_t* four_above;
  };

  HWY_INLINE std::uint32_t code_position(std::size_t x, std::uint32_t wanted) {
    MapRows& rows = state_.rows;
    const Place at{rows.row(0) + x, rows.row(1) + x, rows.row(2) + x, rows.row(3) + x, rows.row(4) + x};
    const std::uint16_t n = at.above[0];
    const bool flat = at.row[-1] == n && at.above[-1] == n && at.above[1] == n;
    if (flat && code_flat(at, wanted == n)) {
      state_.errors.inherit(x);
      return n;
    }
    const Point predicted = prediction_.predict(at.row, at.above, at.two_above);
    const std::uint32_t position = code_path(at, predicted, state_.errors.level(x), flat, wanted);
    state_.errors.set(x, prediction_.error(predicted, position));
    return position;
  }

  /// Codes whether a vector in a flat neighbourhood is as its neighbours.
  bool code_flat(const Place& at, bool same) {
    const std::uint16_t n = at.above[0];
    const std::array<std::uint16_t, 9> around{at.row[-2], at.two_above[0],  at.above[2], at.two_above[1], at.above[-2],
                                              at.row[-3], at.two_above[-1], at.above[3], at.two_above[2]};
    std::uint32_t pattern = 0;
    std::uint32_t alike = 0;
    for (std::size_t i = 0; i < around.size(); ++i) {
      const std::uint32_t equal = around[i] == n ? 1 : 0;
      pattern |= equal << i;
      alike += equal;
    }
    const auto eight = [](std::uint64_t context, const std::uint16_t* first) {
      return mix(mix(context, joined(first)), joined(first + 4));
    };
    const std::uint64_t above = eight(1, at.above - 3);
    const std::uint64_t near = mix(mix(above, joined(at.row - 4)), joined(at.two_above - 1));
    std::uint64_t far = eight(eight(above, at.two_above - 3), at.three_above - 3);
    far = eight(eight(far, at.four_above - 3), at.row - 8);
    const std::uint64_t sparse = mix(mix(2, n), joined(around[0], around[1], around[2], around[3]));
    constexpr unsigned bits = BalancedState::flat_bits;
    Counter* const tables = state_.flat_counters.data();
    const auto counter = [&](std::size_t table, std::uint64_t context) {
      return tables + (table << bits) + table_place(context, bits);
    };
    counters_ = {tables + pattern,   counter(1, joined(n, pattern)), counter(2, near), counter(3, far),
                 counter(4, sparse), counter(5, joined(n, alike))};
    return code_bit<6>(same, state_.flat_weights(alike), state_.flat_pattern_weights(pattern), rate_ >> 1);
  }

  /// Codes a position bit by bit, from the root of the tree.
  std::uint32_t code_path(const Place& at, const Point& predicted, std::uint32_t level, bool after_flat,
                          std::uint32_t wanted) {
    const std::uint32_t w = at.row[-1], n = at.above[0], nw = at.above[-1], ne = at.above[1];
    const std::uint32_t ww = at.row[-2], nn = at.two_above[0];
    const std::uint64_t four = mix(1, joined(w, n, nw, ne));
    const std::uint64_t six = mix(four, joined(ww, nn));
    const std::uint64_t ten = mix(six, joined(at.above[-2], at.above[2], at.two_above[-1], at.two_above[1]));
    const std::array<std::uint64_t, BalancedState::contexts> contexts{
        mix(2, joined(w, n)), four, six, ten, mix(3, joined(n, ne)), mix(4, joined(w, ww))};
    PathPattern pattern({w, n, nw, ne, ww, nn}, tree_.depth());
    std::uint32_t node = 1;
    std::uint32_t in_group = 1;
    std::array<Counter*, BalancedState::contexts> groups{};
    std::uint32_t depth = 0;
    const std::uint32_t depth_max = tree_.depth();
    for (; depth < depth_max && tree_.divides(node); ++depth) {
      if (depth % 3 == 0) {
        std::array<CounterGroups::Key, BalancedState::contexts> keys;
        for (std::size_t i = 0; i < contexts.size(); ++i) keys[i] = state_.groups[i].key_of(mix(contexts[i], node));
        if (depth + 3 < depth_max) {  // the next groups, should the path go on as to the vector above
          const std::uint32_t likely = (tree_.leaves() | n) >> (depth_max - 3 - depth);
          for (std::size_t i = 0; i < contexts.size(); ++i) state_.groups[i].prefetch(mix(contexts[i], likely));
        }
        for (std::size_t i = 0; i < contexts.size(); ++i) groups[i] = state_.groups[i].find(keys[i]);
        in_group = 1;
      }
      const std::uint32_t bit_place = depth_max - 1 - depth;
      const std::uint32_t agreement = pattern.index(bit_place);
      const std::uint32_t step = distance_step(tree_.plane(node).distance(predicted), level);
      for (std::size_t i = 0; i < contexts.size(); ++i) counters_[i] = groups[i] + in_group;
      counters_[6] = state_.plane_counter(node, depth, level, step);
      counters_[7] = state_.pattern_counter(depth, agreement);
      const bool bit = code_bit<8>((wanted >> bit_place & 1U) != 0, state_.level_weights(depth, level, after_flat),
                                   state_.pattern_weights(agreement), rate_);
      pattern.follow(bit_place, bit);
      node = 2 * node + (bit ? 1 : 0);
      in_group = 2 * in_group + (bit ? 1 : 0);
    }
    return (node << (depth_max - depth)) - tree_.leaves();
  }

  /// Codes a bit by the counters that were chosen for it, and lets them and the mixer learn.
  template <std::size_t Count>
  HWY_INLINE bool code_bit(bool wanted, std::int32_t* first, std::int32_t* second, std::int32_t rate) {
    alignas(64) std::array<std::int32_t, 8> inputs{};
    for (std::size_t i = 0; i < Count; ++i) inputs[i] = counter_logit(*counters_[i]);
    const std::int32_t probability = squash(clamp_logit(mix_inputs<8>(inputs.data(), first, second)));
    const bool bit = bits_.code(wanted, probability);
    const std::int32_t step = (((bit ? 65536 : 0) - probability) * rate) >> 10;
    train_weights<8>(inputs.data(), step, first, second);
    for (std::size_t i = 0; i < Count; ++i) update_counter(*counters_[i], bit);
    return bit;
  }

  const CodewordTree& tree_;
  const PointPrediction& prediction_;
  std::size_t width_;
  Bits& bits_;
  BalancedState state_;
  std::array<Counter*, 8> counters_{};
  std::int32_t rate_ = 0;
  std::uint64_t coded_ = 0;
};

std::vector<std::byte> encode_strip(const BalancedCodebook& codebook, std::span<const std::uint16_t> indices,
                                    std::size_t map_width, const RowHook& between_rows) {
  EncodedBits bits;
  BalancedCoder<EncodedBits> coder(codebook, map_width, bits);
  for (std::size_t at = 0; at < indices.size(); at += map_width) {
    coder.code_row(indices.data() + at);
    if (between_rows) between_rows();
  }
  return bits.coder.finish();
}

bool decode_strip(const BalancedCodebook& codebook, std::span<const std::byte> bytes, std::size_t map_width,
                  std::span<std::uint16_t> indices, const RowHook& between_rows) {
  DecodedBits bits{BinaryDecoder(bytes)};
  BalancedCoder<DecodedBits> coder(codebook, map_width, bits);
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

std::vector<std::byte> encode_balanced_strip(const BalancedCodebook& codebook, std::span<const std::uint16_t> indices,
                                             std::size_t map_width, const RowHook& between_rows) {
  return HWY_DYNAMIC_DISPATCH(encode_strip)(codebook, indices, map_width, between_rows);
}

bool decode_balanced_strip(const BalancedCodebook& codebook, std::span<const std::byte> bytes, std::size_t map_width,
                           std::span<std::uint16_t> indices, const RowHook& between_rows) {
  return HWY_DYNAMIC_DISPATCH(decode_strip)(codebook, bytes, map_width, indices, between_rows);
}

std::uint64_t balanced_state_bytes(const CodewordTree& tree, std::uint32_t map_width) noexcept {
  return BalancedState::size_bytes(tree, map_width);
}

}  // namespace vqi
#endif  // HWY_ONCE
