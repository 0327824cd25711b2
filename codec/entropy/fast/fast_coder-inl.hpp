// FastCoder: codes a strip, up to four rows side by side, in symbols of mixed distributions (FORMAT.md, "Model 1:
// fast").
//
// For sources that Highway compiles once per SIMD target. Encoder and decoder are the same code.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_FAST_CODER_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_FAST_CODER_INL_HPP
#undef VQI_FAST_CODER_INL_HPP
#else
#define VQI_FAST_CODER_INL_HPP
#endif

#include <hwy/cache_control.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "codeword_geometry.hpp"
#include "distribution16-inl.hpp"
#include "fast_contexts-inl.hpp"
#include "fast_state-inl.hpp"
#include "index_model.hpp"
#include "integer.hpp"
#include "near_codewords-inl.hpp"
#include "rans_coder.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

/// Writes symbols to a RansEncoder.
struct SymbolWriter {
  static constexpr bool writes = true;
  RansEncoder& coder;

  std::uint32_t symbol(std::size_t state, const LoadedSixteen& /*frequencies*/, const SymbolBounds& bounds,
                       std::uint32_t known) {
    coder.put(state, bounds.range_of(known));
    return known;
  }
  [[nodiscard]] static bool intact() { return true; }
};

/// Reads symbols from a RansDecoder.
struct SymbolReader {
  static constexpr bool writes = false;
  RansDecoder& coder;

  std::uint32_t symbol(std::size_t state, const LoadedSixteen& frequencies, const SymbolBounds& bounds,
                       std::uint32_t /*known*/) {
    const std::uint32_t symbol = count_above(frequencies, coder.slot(state));
    coder.advance(state, bounds.range_of(symbol));
    return symbol;
  }
  [[nodiscard]] bool intact() const { return coder.intact(); }
};

/// With `use_wide` each mixture has a third context, of nine neighbours.
///
/// Example of symbols: let W = NW = 7, N = NE = 9, and let the codewords near the expected one be 9, 3, 7, 12, 5 ...
/// Index 7 then has the symbol 0 (as W) and index 9 the symbol 1 (as N). The ranks leave out codewords of neighbours:
/// index 3 has rank 0 and the symbol 4, index 12 rank 1 and the symbol 5, index 5 rank 2 and the symbol 6. An index of
/// rank 11 has the symbol 15, an escape, and then the symbol 0; one of rank 26 or more twice 15, and then its
/// hexadecimal digits.
template <class Coder, bool use_wide>
class FastCoder {
 public:
  FastCoder(const CodewordGeometry& geometry, Coder coder)
      : geometry_(geometry),
        use_cubes_(geometry.k() <= CodewordGeometry::searched_codewords_max),
        near_mask_(std::uint64_t{0xFFFF} << 32 | (geometry.k() <= corner_codewords_max ? ~std::uint64_t{0xFFFF} : 0)),
        digit_count_((bits_for(geometry.k()) + 3) / 4),
        coder_(coder),
        state_(geometry, use_wide, first_digit_key + (2U << (4 * (digit_count_ - 1))),
               use_cubes_ ? geometry.cube_count() : 0) {}

  /// Codes the rows of a strip; when decoding, writes the indices. Returns the rows that were coded: a decoder ends
  /// before the group of rows in which it meets what no encoder writes. Calls hook(rows that are complete).
  template <class Index, class Hook>
  std::size_t run(Index* indices, std::size_t rows, std::uint32_t map_width, const Hook& hook) {
    width_ = map_width;
    for (std::size_t i = 0; i < row_buffers_.size(); ++i) {
      row_buffers_[i].assign(std::size_t{map_width} + 2 * margin, 0);
      rows_[i] = row_buffers_[i].data() + margin;
    }
    std::uint64_t since_hook = 0;
    // Whether to go on, after some more rounds.
    const auto go_on = [&](std::size_t rounds, std::size_t rows_coded) {
      if (!coder_.intact()) return false;
      since_hook += rans::state_count * rounds;
      if (since_hook >= hook_interval) {
        since_hook = 0;
        hook(rows_coded);
      }
      return true;
    };
    for (std::size_t y = 0; y < rows; y += rans::state_count) {
      const std::size_t count = std::min(rows - y, rans::state_count);
      if (!code_rows(indices + y * map_width, count, [&](std::size_t rounds) { return go_on(rounds, y); })) return y;
      if (!go_on(map_width % rounds_at_once, y + count)) return y;
    }
    return rows;
  }

 private:
  static constexpr std::uint64_t hook_interval = hook_vectors;  ///< indices between calls of the hook
  static constexpr std::size_t rounds_at_once = 1U << 14;  ///< columns of a group of rows before it is asked to go on
  static constexpr std::uint32_t candidate_slots = 4;
  static constexpr std::uint32_t escape = 15;
  static constexpr std::uint32_t first_ranks = escape - candidate_slots;
  /// Columns that a row lags behind the row above, since an index depends on two columns to its right there.
  static constexpr std::size_t row_lag = 3;
  static constexpr std::size_t margin = 2;  ///< columns read beyond either end of a row
  static constexpr std::uint32_t corner_codewords_max = 128;
  static constexpr std::uint32_t first_digit_key = 16;  ///< lower keys are those of the symbol after an escape
  static constexpr std::array<std::uint64_t, 4> factors{0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9,
                                                        0x85EBCA77C2B2AE63};

  /// An index under way: what is known before its first symbol, and then the symbol.
  struct PendingIndex {
    SymbolBounds bounds;
    std::uint64_t nearest;  ///< W, N, NE and NW, which the symbols 0 .. 3 stand for
    std::uint64_t near_hash, wide_hash;
    std::array<Distribution*, 3> contexts;
    std::uint32_t key;       ///< of roughness, or of what surrounds a flat neighbourhood
    std::uint32_t expected;  ///< the codeword expected from the neighbours' colours
    std::uint32_t rank;      ///< encoders only: the index's rank among the near codewords, near_count if not there
    std::uint32_t symbol;
  };

  /// Codes up to four rows side by side, each row_lag columns behind the one above. Row i belongs to rANS state i.
  /// Asks `go_on` within long rows.
  template <class Index, class GoOn>
  bool code_rows(Index* indices, std::size_t count, const GoOn& go_on) {
    if constexpr (Coder::writes)
      for (std::size_t row = 0; row < count; ++row) input_[row] = indices + row * width_;
    const std::size_t rounds = width_ + (count - 1) * row_lag;
    constexpr std::size_t begin = (rans::state_count - 1) * row_lag + 1;
    std::size_t round = 0;
    for (; round < rounds; ++round) {
      const bool all_inside = count == rans::state_count && round >= begin && round + 1 < width_;
      if (!(all_inside ? code_round<true>(round, count) : code_round<false>(round, count))) return false;
      if (HWY_UNLIKELY((round + 1) % rounds_at_once == 0) && !go_on(rounds_at_once)) return false;
    }
    if constexpr (!Coder::writes)
      for (std::size_t row = 0; row < count; ++row) std::copy_n(rows_[2 + row], width_, indices + row * width_);
    std::rotate(rows_.begin(), rows_.begin() + rans::state_count, rows_.end());
    return true;
  }

  /// Codes one index of each row: first finds all contexts, so that memory has time to bring their distributions, then
  /// codes all first symbols, then completes the indices and lets the distributions learn.
  template <bool all_inside>
  bool code_round(std::size_t round, std::size_t count) {
    const auto is_active = [&](std::size_t row) { return all_inside || round - row * row_lag < width_; };
    const std::size_t rows = all_inside ? rans::state_count : count;
    for (std::size_t row = 0; row < rows; ++row) {
      if (!is_active(row)) continue;
      const std::size_t x = round - row * row_lag;
      if (!all_inside && x == 0) rows_[2 + row][-1] = rows_[2 + row][-2] = rows_[1 + row][0];
      find_contexts(pending_[row], FastNeighbours(rows_[2 + row] + x, rows_[1 + row] + x, rows_[row] + x));
    }
    for (std::size_t row = 0; row < rows; ++row)
      if (is_active(row)) code_first_symbol(pending_[row], row, round - row * row_lag);
    for (std::size_t row = 0; row < rows; ++row) {
      if (!is_active(row)) continue;
      const std::size_t x = round - row * row_lag;
      std::uint16_t* const here = rows_[2 + row];
      const std::uint32_t index = finish_index(pending_[row], row, x);
      if (!Coder::writes && index >= geometry_.k()) return false;
      here[x] = static_cast<std::uint16_t>(index);
      if (!all_inside && x + 1 == width_) here[width_] = here[width_ + 1] = here[x];
    }
    return true;
  }

  HWY_INLINE void code_first_symbol(PendingIndex& pending, std::size_t row, std::size_t x) {
    std::uint32_t symbol = 0;
    if constexpr (Coder::writes) symbol = symbol_of(pending, input_[row][x]);
    const LoadedSixteen frequencies = mix(pending.contexts);
    pending.bounds.set(frequencies);
    pending.symbol = coder_.symbol(row, frequencies, pending.bounds, symbol);
  }

  HWY_INLINE void find_contexts(PendingIndex& pending, const FastNeighbours& at) {
    const ColourGuess guess = guess_colour(geometry_, at);
    pending.nearest = at.nearest();
    pending.near_hash = (at.upper & near_mask_) * factors[0] + at.w() * factors[1];
    pending.wide_hash = at.upper * factors[0] + at.others * factors[1] + at.nee * factors[2];
    pending.expected = use_cubes_ ? nearest_codeword(guess.cube) : at.w();

    const std::uint32_t equal = equalities_of(at);
    const bool flat = (equal & equalities::of_nearest) == equalities::of_nearest;
    const std::uint32_t around =
        (equal & equalities::nww) | (equal & equalities::nne) >> 6 | (at.nee == at.w() ? 4U : 0U);
    const std::uint32_t rough = roughness(guess.luma_range, at.n());
    pending.key = flat ? 8 : rough;
    pending.contexts[0] = &state_.pattern[(equal & equalities::of_pattern) << 2 | (flat ? around : rough)];
    const std::uint64_t second_hash = !use_wide && flat ? pending.wide_hash : pending.near_hash;
    pending.contexts[1] = &state_.near[second_hash >> (64 - FastState::bits_near)];
    hwy::Prefetch(pending.contexts[1]);
    if constexpr (use_wide) {
      pending.contexts[2] = &state_.wide[pending.wide_hash >> (64 - FastState::bits_wide)];
      hwy::Prefetch(pending.contexts[2]);
    }
  }

  /// A class, 0 .. 7, of how far the neighbours' lumas lie apart.
  HWY_INLINE std::uint32_t roughness(std::uint32_t luma_range, std::uint32_t n) const {
    static constexpr std::array<std::uint8_t, 16> classes{0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7};
    return classes[std::min(15U, luma_range * geometry_.inverse_spacing(n) >> 16)];
  }

  HWY_INLINE std::uint32_t nearest_codeword(std::uint32_t cube) {
    std::uint16_t& nearest = state_.nearest_of_cube[cube];
    if (HWY_UNLIKELY(nearest == 0)) nearest = static_cast<std::uint16_t>(1 + nearest_to_cube(geometry_, cube));
    return nearest - 1U;
  }

  HWY_INLINE static LoadedSixteen mix(const std::array<Distribution*, 3>& contexts) {
    LoadedSixteen mixture = load(contexts[0]->numbers);
    mixture =
        interpolate(mixture, load(contexts[1]->numbers), trust_in(*contexts[1], use_wide ? high_trust : low_trust));
    if constexpr (use_wide)
      mixture = interpolate(mixture, load(contexts[2]->numbers), trust_in(*contexts[2], highest_trust));
    return to_frequencies(mixture);
  }

  HWY_INLINE static void learn_all(const std::array<Distribution*, 3>& contexts, std::uint32_t symbol) {
    learn(*contexts[0], slow_rates, symbol);
    learn(*contexts[1], quick_rates, symbol);
    if constexpr (use_wide) learn(*contexts[2], quick_rates, symbol);
  }

  /// An index's first symbol: the neighbour that it equals, or its rank among the codewords near the expected one, or
  /// escape.
  HWY_INLINE std::uint32_t symbol_of(PendingIndex& pending, std::uint32_t index) {
    const std::uint32_t symbol = first_equal(pending.nearest, index);
    if (symbol < candidate_slots) return symbol;
    pending.rank = rank_of(pending, index);
    return pending.rank < first_ranks ? candidate_slots + pending.rank : escape;
  }

  /// Which of sixteen near codewords, from `first` on, a neighbour has; a bit for each.
  HWY_INLINE std::uint32_t used_of(const PendingIndex& pending, std::size_t first = 0) const {
    return places_of_four(geometry_.near(pending.expected).codewords.data() + first, pending.nearest);
  }
  /// The same of all near codewords.
  std::uint64_t all_used(const PendingIndex& pending) const {
    return used_of(pending) | static_cast<std::uint64_t>(used_of(pending, 16)) << 16;
  }

  /// The rank of `index` among the codewords that are near the expected one and that no neighbour has, or near_count.
  HWY_INLINE std::uint32_t rank_of(const PendingIndex& pending, std::uint32_t index) const {
    const std::uint16_t* const near = geometry_.near(pending.expected).codewords.data();
    const std::uint32_t found = places_of_four(near, four_times(index));
    if (found != 0)
      return static_cast<std::uint32_t>(std::countr_zero(found) - std::popcount(used_of(pending) & (found - 1)));
    const std::uint64_t found_later = static_cast<std::uint64_t>(places_of_four(near + 16, four_times(index))) << 16;
    if (found_later == 0) return CodewordGeometry::near_count;
    return static_cast<std::uint32_t>(std::countr_zero(found_later) -
                                      std::popcount(all_used(pending) & (found_later - 1)));
  }

  /// Completes an index from its first symbol and, after an escape, from the symbols that follow. Returns K or more for
  /// a code that no index has.
  HWY_INLINE std::uint32_t finish_index(PendingIndex& pending, std::size_t row, std::size_t x) {
    std::uint32_t index = 0;
    if (HWY_UNLIKELY(pending.symbol == escape)) {
      index = code_escape(pending, row, Coder::writes ? input_[row][x] : 0U);
    } else if constexpr (Coder::writes) {
      index = input_[row][x];
    } else if (pending.symbol < candidate_slots) {
      index = static_cast<std::uint16_t>(pending.nearest >> (16 * pending.symbol));
    } else {
      const std::uint32_t at = place_of_rank(used_of(pending), pending.symbol - candidate_slots);
      index = geometry_.near(pending.expected).codewords[at];
    }
    learn_all(pending.contexts, pending.symbol);
    return index;
  }

  /// The symbols after an escape: a further rank, or a second escape and then the index in hexadecimal digits.
  HWY_NOINLINE std::uint32_t code_escape(const PendingIndex& pending, std::size_t row, std::uint32_t index) {
    std::uint32_t symbol = 0;
    if constexpr (Coder::writes) symbol = std::min(pending.rank - first_ranks, escape);
    symbol = code_further(pending, row, pending.key, symbol);
    if (symbol != escape) {
      const std::uint32_t at = place_of_rank(all_used(pending), first_ranks + symbol);
      return at < CodewordGeometry::near_count ? geometry_.near(pending.expected).codewords[at] : geometry_.k();
    }
    std::uint32_t prefix = 1;
    for (std::uint32_t d = digit_count_; d-- > 0;)
      prefix = prefix << 4 | code_further(pending, row, prefix + first_digit_key, index >> (4 * d) & 15U);
    return prefix - (1U << (4 * digit_count_));
  }

  /// Codes a symbol that follows an escape, and lets its distributions learn it.
  std::uint32_t code_further(const PendingIndex& pending, std::size_t row, std::uint32_t key, std::uint32_t known) {
    const std::uint64_t hash = key * factors[3];
    std::array<Distribution*, 3> contexts{};
    contexts[0] = &state_.digit[key % FastState::digit_keys_max];
    const std::uint64_t second_hash = use_wide ? pending.near_hash : pending.expected * factors[0];
    contexts[1] = &state_.digit_near[(hash + second_hash) >> (64 - state_.bits_digit_near)];
    if constexpr (use_wide)
      contexts[2] = &state_.digit_wide[(hash + pending.wide_hash) >> (64 - FastState::bits_digit_wide)];
    const LoadedSixteen frequencies = mix(contexts);
    SymbolBounds bounds;
    bounds.set(frequencies);
    const std::uint32_t symbol = coder_.symbol(row, frequencies, bounds, known);
    learn_all(contexts, symbol);
    return symbol;
  }

  const CodewordGeometry& geometry_;
  bool use_cubes_;
  std::uint64_t near_mask_;  // of the upper neighbours: the bits that the hash of near ones has
  std::uint32_t digit_count_;
  Coder coder_;
  FastState state_;
  std::size_t width_ = 0;
  std::array<std::vector<std::uint16_t>, rans::state_count + 2> row_buffers_;
  std::array<std::uint16_t*, rans::state_count + 2> rows_{};  // the two above, then the rows being coded
  std::array<const std::uint16_t*, rans::state_count> input_{};
  std::array<PendingIndex, rans::state_count> pending_{};
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
