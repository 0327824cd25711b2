// The model "fast" on one map: contexts, symbols and their order, for encoder and decoder alike, for one SIMD target at
// a time (FORMAT.md, "Model fast"). Included once per target by Highway.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "codeword_geometry.hpp"
#include "distribution16-inl.hpp"
#include "index_model.hpp"
#include "integer.hpp"
#include "rans_coder.hpp"

#if defined(VQI_FAST_MAP_CODER_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_FAST_MAP_CODER_INL_HPP
#undef VQI_FAST_MAP_CODER_INL_HPP
#else
#define VQI_FAST_MAP_CODER_INL_HPP
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi {
namespace HWY_NAMESPACE {

/// Symbols go to a RansEncoder.
struct SymbolWriter {
  static constexpr bool writes = true;
  RansEncoder& coder;

  std::uint32_t symbol(const Lanes& /*frequencies*/, const std::int16_t* stored, std::uint32_t known) {
    coder.put(range_of(stored, known));
    return known;
  }
  bool flag(std::uint32_t frequency, bool known) {
    coder.put(known ? SymbolRange{0, frequency} : SymbolRange{frequency, rans::frequency_total - frequency});
    return known;
  }
};

/// Symbols come from a RansDecoder.
struct SymbolReader {
  static constexpr bool writes = false;
  RansDecoder& coder;

  std::uint32_t symbol(const Lanes& frequencies, const std::int16_t* stored, std::uint32_t /*known*/) {
    const std::uint32_t symbol = find_symbol(frequencies, coder.slot());
    coder.advance(range_of(stored, symbol));
    return symbol;
  }
  bool flag(std::uint32_t frequency, bool /*known*/) {
    const bool set = coder.slot() < frequency;
    coder.advance(set ? SymbolRange{0, frequency} : SymbolRange{frequency, rans::frequency_total - frequency});
    return set;
  }
};

/// What stands around an index that is to be coded; x runs to the right, y down.
struct Neighbours {
  std::uint32_t w, n, nw, ne, ww, nn, nne, nee, nww;
};

/// Sums of products with odd constants, whose upper bits are the contexts' numbers.
struct NeighbourHashes {
  std::uint32_t near;  ///< of w, n, nw, ne
  std::uint32_t wide;  ///< of all nine
};

HWY_INLINE NeighbourHashes hashes_of(const Neighbours& at) {
  const std::uint32_t near = at.w * 0x9E3779B1U + at.n * 0x85EBCA6BU + at.nw * 0xC2B2AE35U + at.ne * 0x27D4EB2FU;
  return {near, near + at.ww * 0x165667B1U + at.nn * 0xD3A2646DU + at.nne * 0xFD7046C5U + at.nee * 0xB55A4F09U +
                    at.nww * 0x8CB92BA7U};
}

/// The contexts of one map, all in their first state.
struct FastState {
  static constexpr std::uint32_t bits_pattern = 9, bits_expected = 12, bits_near = 13, bits_wide = 15;
  static constexpr std::uint32_t bits_digit = 12, bits_digit_expected = 13, bits_digit_near = 13, bits_digit_wide = 15;

  explicit FastState(bool use_wide, bool use_cells)
      : pattern(std::size_t{1} << bits_pattern, uniform_distribution),
        expected(std::size_t{1} << bits_expected, uniform_distribution),
        near(std::size_t{1} << bits_near, uniform_distribution),
        wide(use_wide ? std::size_t{1} << bits_wide : 0, uniform_distribution),
        digit(std::size_t{1} << bits_digit, uniform_distribution),
        digit_expected(std::size_t{1} << bits_digit_expected, uniform_distribution),
        digit_near(std::size_t{1} << bits_digit_near, uniform_distribution),
        digit_wide(use_wide ? std::size_t{1} << bits_digit_wide : 0, uniform_distribution),
        flat_colour(std::size_t{1} << 16),
        flat_wide(std::size_t{1} << 16),
        nearest_of_cell(use_cells ? CodewordGeometry::cell_count : 0) {
    flat_pattern.fill(60000);
  }

  // Of the first symbol: which neighbours agree and how much they differ; the expected codeword; hashes.
  std::vector<Distribution> pattern, expected, near, wide;
  // Of the symbols that follow an escape.
  std::vector<Distribution> digit, digit_expected, digit_near, digit_wide;
  // Probabilities that a flat neighbourhood goes on, in 2^-16; 0 where not met yet.
  std::array<std::uint16_t, 32> flat_pattern{};
  std::vector<std::uint16_t> flat_colour, flat_wide;
  std::vector<std::uint32_t> nearest_of_cell;  // 1 + the codeword; 0 where not computed yet
};

template <class Coder>
class FastMapCoder {
 public:
  FastMapCoder(const CodewordGeometry& geometry, bool use_wide, Coder coder)
      : geometry_(geometry),
        use_wide_(use_wide),
        use_cells_(geometry.k() <= CodewordGeometry::searched_codewords_max),
        digit_count_((bits_for(geometry.k()) + 3) / 4),
        coder_(coder),
        state_(use_wide, use_cells_) {
    for (MixtureWeights& weights : weights_)
      for (std::size_t kind = 1; kind < kinds.size(); ++kind) weights.reset(kind, kinds[kind]);
  }

  /// Codes the rows of `map`. False if a decoder met what no encoder writes.
  template <class Index>
  bool run(Index* map, std::size_t rows, std::uint32_t width, const RowHook& between_rows) {
    begin_rows(width);
    std::uint64_t since_hook = 0;
    for (std::size_t y = 0; y < rows; ++y) {
      if (!code_row(map + y * width)) return false;
      since_hook += width;
      if (since_hook >= hook_interval) {
        since_hook = 0;
        if (between_rows) between_rows();
      }
    }
    return true;
  }

 private:
  static constexpr std::uint64_t hook_interval = 1U << 18;  // indices; some ten milliseconds
  static constexpr std::uint32_t candidate_slots = 4;
  static constexpr std::uint32_t escape = 15;
  static constexpr std::uint32_t first_ranks = escape - candidate_slots;
  static constexpr std::array<ContextKind, 4> kinds{{{2, 6, 1}, {1, 5, 8}, {1, 5, 2}, {1, 5, 1}}};
  enum Step : std::size_t { first_step, rank_step, digit_step, step_count };

  void begin_rows(std::uint32_t width) {
    width_ = width;
    for (std::vector<std::uint16_t>& row : rows_) row.assign(std::size_t{width} + 4, 0);
    differences_.assign(std::size_t{width} + 1, 0);
    next_differences_.assign(std::size_t{width} + 1, 0);
  }

  template <class Index>
  bool code_row(Index* indices) {
    // Two indices of margin at each end.
    std::uint16_t* const current = rows_[0].data() + 2;
    const std::uint16_t* const above = rows_[1].data() + 2;
    const std::uint16_t* const above2 = rows_[2].data() + 2;
    current[-1] = current[-2] = above[0];
    std::uint32_t west_difference = 0;  // of W and NW
    for (std::uint32_t x = 0; x < width_; ++x) {
      const std::uint16_t* const n = above + x;
      const std::uint16_t* const nn = above2 + x;
      const Neighbours at{current[static_cast<std::ptrdiff_t>(x) - 1],
                          n[0],
                          n[-1],
                          n[1],
                          current[static_cast<std::ptrdiff_t>(x) - 2],
                          nn[0],
                          nn[1],
                          n[2],
                          n[-2]};
      std::uint32_t index = 0;
      if constexpr (Coder::writes) index = indices[x];
      const NeighbourHashes hashes = hashes_of(at);
      const bool flat = at.w == at.n && at.w == at.nw && at.w == at.ne;
      if (flat && code_flat(at, hashes, index == at.w)) {
        index = at.w;
        next_differences_[x] = 0;
        west_difference = 0;
      } else {
        const std::uint32_t roughness = west_difference + differences_[x] + differences_[x + 1];
        index = code_index(at, hashes, roughness, index);
        if constexpr (!Coder::writes)
          if (index >= geometry_.k()) return false;
        next_differences_[x] = x == 0 ? 0 : geometry_.distance(index, at.w);
        west_difference = geometry_.distance(index, at.n);
      }
      current[x] = static_cast<std::uint16_t>(index);
      if constexpr (!Coder::writes) indices[x] = static_cast<std::uint16_t>(index);
    }
    current[-1] = current[-2] = current[0];
    current[width_] = current[width_ + 1] = current[width_ - 1];
    std::swap(differences_, next_differences_);
    std::rotate(rows_.begin(), rows_.begin() + 2, rows_.end());
    return true;
  }

  /// Whether a neighbourhood of one index goes on.
  bool code_flat(const Neighbours& at, const NeighbourHashes& hashes, bool goes_on) {
    const std::uint32_t pattern = (at.ww == at.w ? 1U : 0U) | (at.nn == at.w ? 2U : 0U) | (at.nne == at.w ? 4U : 0U) |
                                  (at.nee == at.w ? 8U : 0U) | (at.nww == at.w ? 16U : 0U);
    std::uint16_t& by_pattern = state_.flat_pattern[pattern];
    std::uint16_t& by_colour = state_.flat_colour[(at.w * 32 + pattern) & 0xFFFFU];
    std::uint16_t& by_wide = state_.flat_wide[hashes.wide >> 16];
    if (by_colour == 0) by_colour = by_pattern;
    if (by_wide == 0) by_wide = by_colour;
    const std::uint32_t mean = (std::uint32_t{by_pattern} + by_colour + 2U * by_wide) / 8;
    const bool same = coder_.flag(std::clamp(mean, 1U, rans::frequency_total - 1), goes_on);
    learn(by_pattern, same, 6);
    learn(by_colour, same, 5);
    learn(by_wide, same, 4);
    return same;
  }

  static void learn(std::uint16_t& probability, bool happened, int rate) {
    const std::uint32_t p = probability;
    const std::uint32_t next = happened ? p + ((65535 - p) >> rate) : p - (p >> rate);
    probability = static_cast<std::uint16_t>(std::max(next, 1U));
  }

  /// The codeword that the neighbours' colours make expect.
  std::uint32_t expected_codeword(const Neighbours& at) {
    if (!use_cells_) return at.w;
    std::uint32_t& nearest = state_.nearest_of_cell[geometry_.predicted_cell(at.w, at.n, at.nw, at.ne)];
    if (nearest == 0) nearest = 1 + geometry_.nearest_to_cell(geometry_.predicted_cell(at.w, at.n, at.nw, at.ne));
    return nearest - 1;
  }

  /// Codes an index by the neighbour it equals, else by its rank among the codewords near the expected
  /// one, else by its digits. A decoder returns k or more where no index has such a code.
  std::uint32_t code_index(const Neighbours& at, const NeighbourHashes& hashes, std::uint32_t roughness,
                           std::uint32_t index) {
    const std::uint32_t expected = expected_codeword(at);
    const std::uint32_t relative = std::min(15U, roughness * geometry_.inverse_spacing(expected) >> 16);
    static constexpr std::uint8_t rough_classes[16] = {0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7};
    const std::uint32_t rough = rough_classes[relative];
    const std::uint32_t pattern = (at.w == at.n ? 1U : 0U) | (at.n == at.ne ? 2U : 0U) | (at.w == at.nw ? 4U : 0U) |
                                  (at.n == at.nw ? 8U : 0U) | (at.w == at.ww ? 16U : 0U) | (at.n == at.nn ? 32U : 0U);
    Contexts contexts;
    contexts.add(state_.pattern[pattern * 8 + rough]);
    contexts.add(state_.expected[(expected * 4 + (pattern & 1U) * 2 + (rough > 3 ? 1U : 0U)) &
                                 ((1U << FastState::bits_expected) - 1)]);
    contexts.add(state_.near[hashes.near >> (32 - FastState::bits_near)]);
    if (use_wide_) contexts.add(state_.wide[hashes.wide >> (32 - FastState::bits_wide)]);

    std::uint32_t rank = 0;
    std::uint32_t symbol = 0;
    if constexpr (Coder::writes) {
      symbol = slot_of(at, index);
      if (symbol == candidate_slots) {
        rank = rank_of(at, expected, index);
        symbol = rank < first_ranks ? candidate_slots + rank : escape;
      }
    }
    symbol = code_symbol(first_step, contexts, symbol);
    switch (symbol) {
      case 0:
        return at.w;
      case 1:
        return at.n;
      case 2:
        return at.ne;
      case 3:
        return at.nw;
      case escape:
        return code_escape(at, hashes, expected, rough, rank, index);
      default:
        return codeword_at(at, expected, symbol - candidate_slots);
    }
  }

  std::uint32_t code_escape(const Neighbours& at, const NeighbourHashes& hashes, std::uint32_t expected,
                            std::uint32_t rough, std::uint32_t rank, std::uint32_t index) {
    std::uint32_t symbol = 0;
    if constexpr (Coder::writes) symbol = rank - first_ranks < escape ? rank - first_ranks : escape;
    symbol = code_symbol(rank_step, digit_contexts(hashes, expected, rough), symbol);
    if (symbol != escape) return codeword_at(at, expected, first_ranks + symbol);
    std::uint32_t prefix = 1;
    for (std::uint32_t d = digit_count_; d-- > 0;) {
      const std::uint32_t digit = Coder::writes ? index >> (4 * d) & 15U : 0;
      prefix = prefix << 4 | code_symbol(digit_step, digit_contexts(hashes, expected, prefix + 7), digit);
    }
    return prefix - (1U << (4 * digit_count_));
  }

  struct Contexts {
    std::array<Distribution*, MixtureWeights::kinds_max> at{};
    std::size_t count = 0;
    void add(Distribution& distribution) { at[count++] = &distribution; }
  };

  Contexts digit_contexts(const NeighbourHashes& hashes, std::uint32_t expected, std::uint32_t key) {
    const std::uint32_t mixed_key = key * 0x9E3779B1U;
    Contexts contexts;
    contexts.add(state_.digit[mixed_key >> (32 - FastState::bits_digit)]);
    contexts.add(state_.digit_expected[(mixed_key + expected * 0x85EBCA6BU) >> (32 - FastState::bits_digit_expected)]);
    contexts.add(state_.digit_near[(mixed_key + hashes.near) >> (32 - FastState::bits_digit_near)]);
    if (use_wide_) contexts.add(state_.digit_wide[(mixed_key + hashes.wide) >> (32 - FastState::bits_digit_wide)]);
    return contexts;
  }

  /// Codes a symbol by the mixture of its contexts' distributions, and lets all learn from it.
  std::uint32_t code_symbol(Step step, const Contexts& contexts, std::uint32_t known) {
    MixtureWeights& weights = weights_[step];
    alignas(32) std::int16_t mixtures[MixtureWeights::kinds_max][16];
    Lanes mixture = load(contexts.at[0]->lanes);
    store(mixture, mixtures[0]);
    for (std::size_t kind = 1; kind < contexts.count; ++kind) {
      std::int16_t* const lanes = contexts.at[kind]->lanes;
      if (lanes[15] == 0) {
        store(with_lane15_of(mixture, lanes), lanes);
      } else {
        mixture = interpolate(mixture, load(lanes), weights.get(kind, lanes[15]));
      }
      store(mixture, mixtures[kind]);
    }
    alignas(32) std::int16_t frequencies[16];
    const Lanes cumulative = to_frequencies(mixture);
    store(cumulative, frequencies);
    const std::uint32_t symbol = coder_.symbol(cumulative, frequencies, known);
    for (std::size_t kind = 0; kind < contexts.count; ++kind) {
      std::int16_t* const lanes = contexts.at[kind]->lanes;
      const std::int16_t visits = lanes[15];
      if (kind != 0 && visits != 0)
        weights.learn(kind, visits, range_of(lanes, symbol).frequency + 4,
                      range_of(mixtures[kind - 1], symbol).frequency + 4);
      update(lanes, symbol, rate_of(kinds[kind], visits));
    }
    return symbol;
  }

  /// The slot of a neighbour that equals `index`, or candidate_slots.
  static std::uint32_t slot_of(const Neighbours& at, std::uint32_t index) {
    if (index == at.w) return 0;
    if (index == at.n) return 1;
    if (index == at.ne) return 2;
    return index == at.nw ? 3 : candidate_slots;
  }

  /// 1 if no neighbour has `index`, without branches, which would be mispredicted.
  static std::uint32_t is_new(const Neighbours& at, std::uint32_t index) {
    return ((index == at.w ? 1U : 0U) | (index == at.n ? 1U : 0U) | (index == at.ne ? 1U : 0U) |
            (index == at.nw ? 1U : 0U)) ^
           1U;
  }

  /// The place of `index` among the codewords near `expected` that no neighbour has, or their count.
  std::uint32_t rank_of(const Neighbours& at, std::uint32_t expected, std::uint32_t index) const {
    std::uint32_t rank = 0;
    for (const std::uint32_t near : geometry_.near(expected)) {
      if (near == index) return rank;
      rank += is_new(at, near);
    }
    return CodewordGeometry::near_count;
  }

  /// The inverse of rank_of; k where there is no such codeword.
  std::uint32_t codeword_at(const Neighbours& at, std::uint32_t expected, std::uint32_t rank) const {
    std::uint32_t left = rank + 1;
    for (const std::uint32_t near : geometry_.near(expected)) {
      left -= is_new(at, near);
      if (left == 0) return near;
    }
    return geometry_.k();
  }

  const CodewordGeometry& geometry_;
  bool use_wide_;
  bool use_cells_;
  std::uint32_t digit_count_;
  Coder coder_;
  FastState state_;
  std::array<MixtureWeights, step_count> weights_;
  std::uint32_t width_ = 0;
  std::array<std::vector<std::uint16_t>, 3> rows_;  // this row, the one above, the one above that
  std::vector<std::uint32_t> differences_;          // of horizontal neighbours in the row above
  std::vector<std::uint32_t> next_differences_;
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi
HWY_AFTER_NAMESPACE();
#endif
