// The model "fast" on one map: contexts, symbols and their order, for encoder and decoder alike, for one SIMD target at
// a time (FORMAT.md, "Model 1: fast"). Included once per target by Highway.
#include <hwy/cache_control.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "codeword_geometry.hpp"
#include "distribution16-inl.hpp"
#include "fast_neighbours-inl.hpp"
#include "index_model.hpp"
#include "integer.hpp"
#include "near_codewords-inl.hpp"
#include "rans_coder.hpp"

#if defined(VQI_FAST_MAP_CODER_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_FAST_MAP_CODER_INL_HPP
#undef VQI_FAST_MAP_CODER_INL_HPP
#else
#define VQI_FAST_MAP_CODER_INL_HPP
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

/// Symbols go to a RansEncoder.
struct SymbolWriter {
  static constexpr bool writes = true;
  RansEncoder& coder;

  std::uint32_t symbol(std::size_t lane, const Lanes& /*frequencies*/, const SymbolBounds& bounds,
                       std::uint32_t known) {
    coder.put(lane, bounds.range_of(known));
    return known;
  }
  [[nodiscard]] static bool intact() { return true; }
};

/// Symbols come from a RansDecoder.
struct SymbolReader {
  static constexpr bool writes = false;
  RansDecoder& coder;

  std::uint32_t symbol(std::size_t lane, const Lanes& frequencies, const SymbolBounds& bounds,
                       std::uint32_t /*known*/) {
    const std::uint32_t symbol = count_above(frequencies, coder.slot(lane));
    coder.advance(lane, bounds.range_of(symbol));
    return symbol;
  }
  [[nodiscard]] bool intact() const { return coder.intact(); }
};

/// The contexts of one map, all in their first state.
struct FastState {
  static constexpr std::uint32_t bits_pattern = 9, bits_near = 14, bits_wide = 15, bits_digit_wide = 15;
  static constexpr std::uint32_t digit_keys_max = 1U << 12;

  /// As many keys as a codebook's digits make, and as many places for each key's neighbourhoods as it can use.
  FastState(const CodewordGeometry& geometry, bool use_wide, std::uint32_t digit_keys, std::uint32_t cells)
      : bits_digit_near(std::min(13U, bits_for(geometry.k()) + 5)),
        pattern(std::size_t{1} << bits_pattern, uniform_distribution),
        near(std::size_t{1} << bits_near, uniform_distribution),
        wide(use_wide ? std::size_t{1} << bits_wide : 0, uniform_distribution),
        digit(std::min(digit_keys, digit_keys_max), uniform_distribution),
        digit_near(std::size_t{1} << bits_digit_near, uniform_distribution),
        digit_wide(use_wide ? std::size_t{1} << bits_digit_wide : 0, uniform_distribution),
        nearest_of_cell(cells) {}

  std::uint32_t bits_digit_near;
  // Of the first symbol: which neighbours agree and how much they differ; hashes of neighbours.
  std::vector<Distribution> pattern, near, wide;
  // Of the symbols that follow an escape.
  std::vector<Distribution> digit, digit_near, digit_wide;
  std::vector<std::uint16_t> nearest_of_cell;  // 1 + the codeword; 0 where not computed yet
};

/// Maps with `use_wide` have a third context in each mixture, of nine neighbours.
template <class Coder, bool use_wide>
class FastMapCoder {
 public:
  FastMapCoder(const CodewordGeometry& geometry, Coder coder)
      : geometry_(geometry),
        use_cells_(geometry.k() <= CodewordGeometry::searched_codewords_max),
        near_mask_(std::uint64_t{0xFFFF} << 32 | (geometry.k() <= corner_codewords_max ? ~std::uint64_t{0xFFFF} : 0)),
        digit_count_((bits_for(geometry.k()) + 3) / 4),
        coder_(coder),
        state_(geometry, use_wide, first_digit_key + (2U << (4 * (digit_count_ - 1))),
               use_cells_ ? geometry.cell_count() : 0) {}

  /// Codes the rows of `map`. False if a decoder met what no encoder writes.
  template <class Index>
  bool run(Index* map, std::size_t rows, std::uint32_t width, const RowHook& between_rows) {
    width_ = width;
    for (std::size_t i = 0; i < row_buffers_.size(); ++i) {
      row_buffers_[i].assign(std::size_t{width} + 2 * margin, 0);
      rows_[i] = row_buffers_[i].data() + margin;
    }
    std::uint64_t since_hook = 0;
    for (std::size_t y = 0; y < rows; y += rans::lanes) {
      const std::size_t count = std::min(rows - y, rans::lanes);
      if (!code_rows(map + y * width, count)) return false;
      since_hook += count * width;
      if (since_hook >= hook_interval) {
        since_hook = 0;
        if (between_rows) between_rows();
      }
    }
    return true;
  }

 private:
  static constexpr std::uint64_t hook_interval = 1U << 18;  // indices; some milliseconds
  static constexpr std::uint32_t candidate_slots = 4;
  static constexpr std::uint32_t escape = 15;
  static constexpr std::uint32_t first_ranks = escape - candidate_slots;
  /// Columns that a row is behind the one above: what is coded depends on two columns to the right there.
  static constexpr std::size_t row_lag = 3;
  static constexpr std::size_t margin = 2;  // columns on either side of a row that are read
  static constexpr std::uint32_t corner_codewords_max = 128;
  static constexpr std::uint32_t first_digit_key = 16;  ///< lower keys are those of the symbol behind an escape
  static constexpr std::array<std::uint64_t, 4> factors{0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9,
                                                        0x85EBCA77C2B2AE63};

  /// What is known of an index before its symbol, and then the symbol.
  struct Place {
    SymbolBounds bounds;
    std::uint64_t nearest;  ///< W, N, NE and NW, the neighbours that symbols stand for
    std::uint64_t near_hash, wide_hash;
    std::array<Distribution*, 3> contexts;
    std::uint32_t key;       ///< of roughness, or of what surrounds a flat neighbourhood
    std::uint32_t expected;  ///< the codeword that the neighbours' colours make expect
    std::uint32_t rank;      ///< encoders only: among the near codewords, near_count if not there
    std::uint32_t symbol;
  };

  /// Up to four rows side by side, each some columns behind the one above.
  template <class Index>
  bool code_rows(Index* map, std::size_t count) {
    if constexpr (Coder::writes)
      for (std::size_t lane = 0; lane < count; ++lane) input_[lane] = map + lane * width_;
    const std::size_t rounds = width_ + (count - 1) * row_lag;
    constexpr std::size_t begin = (rans::lanes - 1) * row_lag + 1;
    std::size_t round = 0;
    for (; round < rounds; ++round) {
      const bool all_inside = count == rans::lanes && round >= begin && round + 1 < width_;
      if (!(all_inside ? code_round<true>(round, count) : code_round<false>(round, count))) return false;
    }
    if constexpr (!Coder::writes)
      for (std::size_t lane = 0; lane < count; ++lane) std::copy_n(rows_[2 + lane], width_, map + lane * width_);
    std::rotate(rows_.begin(), rows_.begin() + rans::lanes, rows_.end());
    return coder_.intact();
  }

  /// One index of each row: first all contexts, so that the memory has time to bring their distributions, then all
  /// symbols, then what they teach.
  template <bool all_inside>
  bool code_round(std::size_t round, std::size_t count) {
    const auto is_active = [&](std::size_t lane) { return all_inside || round - lane * row_lag < width_; };
    const std::size_t lanes = all_inside ? rans::lanes : count;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      if (!is_active(lane)) continue;
      const std::size_t x = round - lane * row_lag;
      if (!all_inside && x == 0) rows_[2 + lane][-1] = rows_[2 + lane][-2] = rows_[1 + lane][0];
      find_contexts(places_[lane], FastNeighbours(rows_[2 + lane] + x, rows_[1 + lane] + x, rows_[lane] + x));
    }
    for (std::size_t lane = 0; lane < lanes; ++lane)
      if (is_active(lane)) code_first_symbol(places_[lane], lane, round - lane * row_lag);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      if (!is_active(lane)) continue;
      const std::size_t x = round - lane * row_lag;
      std::uint16_t* const row = rows_[2 + lane];
      const std::uint32_t index = finish_index(places_[lane], lane, x);
      if (!Coder::writes && index >= geometry_.k()) return false;
      row[x] = static_cast<std::uint16_t>(index);
      if (!all_inside && x + 1 == width_) row[width_] = row[width_ + 1] = row[x];
    }
    return true;
  }

  HWY_INLINE void code_first_symbol(Place& place, std::size_t lane, std::size_t x) {
    std::uint32_t symbol = 0;
    if constexpr (Coder::writes) symbol = symbol_of(place, input_[lane][x]);
    const Lanes frequencies = mix(place.contexts);
    place.bounds.set(frequencies);
    place.symbol = coder_.symbol(lane, frequencies, place.bounds, symbol);
  }

  HWY_INLINE void find_contexts(Place& place, const FastNeighbours& at) {
    const ColourGuess guess = guess_colour(geometry_, at);
    place.nearest = at.nearest();
    place.near_hash = (at.upper & near_mask_) * factors[0] + at.w() * factors[1];
    place.wide_hash = at.upper * factors[0] + at.others * factors[1] + at.nee * factors[2];
    place.expected = use_cells_ ? nearest_codeword(guess.cell) : at.w();

    const std::uint32_t equal = equalities_of(at);
    const bool flat = (equal & equalities::of_nearest) == equalities::of_nearest;
    const std::uint32_t around =
        (equal & equalities::nww) | (equal & equalities::nne) >> 6 | (at.nee == at.w() ? 4U : 0U);
    const std::uint32_t rough = roughness(guess.luma_range, at.n());
    place.key = flat ? 8 : rough;
    place.contexts[0] = &state_.pattern[(equal & equalities::of_pattern) << 2 | (flat ? around : rough)];
    const std::uint64_t second_hash = !use_wide && flat ? place.wide_hash : place.near_hash;
    place.contexts[1] = &state_.near[second_hash >> (64 - FastState::bits_near)];
    hwy::Prefetch(place.contexts[1]);
    if constexpr (use_wide) {
      place.contexts[2] = &state_.wide[place.wide_hash >> (64 - FastState::bits_wide)];
      hwy::Prefetch(place.contexts[2]);
    }
  }

  /// A class, 0 .. 7, of how far the neighbours' lumas lie apart.
  HWY_INLINE std::uint32_t roughness(std::uint32_t luma_range, std::uint32_t n) const {
    static constexpr std::array<std::uint8_t, 16> classes{0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7};
    return classes[std::min(15U, luma_range * geometry_.inverse_spacing(n) >> 16)];
  }

  HWY_INLINE std::uint32_t nearest_codeword(std::uint32_t cell) {
    std::uint16_t& nearest = state_.nearest_of_cell[cell];
    if (HWY_UNLIKELY(nearest == 0)) nearest = static_cast<std::uint16_t>(1 + nearest_to_cell(geometry_, cell));
    return nearest - 1U;
  }

  HWY_INLINE static Lanes mix(const std::array<Distribution*, 3>& contexts) {
    Lanes mixture = load(contexts[0]->lanes);
    mixture = interpolate(mixture, load(contexts[1]->lanes), trust_in(*contexts[1], use_wide ? high_trust : low_trust));
    if constexpr (use_wide)
      mixture = interpolate(mixture, load(contexts[2]->lanes), trust_in(*contexts[2], highest_trust));
    return to_frequencies(mixture);
  }

  HWY_INLINE static void learn_all(const std::array<Distribution*, 3>& contexts, std::uint32_t symbol) {
    learn(*contexts[0], slow_rates, symbol);
    learn(*contexts[1], quick_rates, symbol);
    if constexpr (use_wide) learn(*contexts[2], quick_rates, symbol);
  }

  /// An index's symbol: the neighbour that it equals, or its rank among the codewords near the expected one, or escape.
  HWY_INLINE std::uint32_t symbol_of(Place& place, std::uint32_t index) {
    const std::uint32_t symbol = first_equal(place.nearest, index);
    if (symbol < candidate_slots) return symbol;
    place.rank = rank_of(place, index);
    return place.rank < first_ranks ? candidate_slots + place.rank : escape;
  }

  /// Those of sixteen near codewords, the first ones or others, that a neighbour has.
  HWY_INLINE std::uint32_t used_of(const Place& place, std::size_t first = 0) const {
    return places_of_four(geometry_.near(place.expected).codewords.data() + first, place.nearest);
  }
  /// The same of all near codewords.
  std::uint64_t all_used(const Place& place) const {
    return used_of(place) | static_cast<std::uint64_t>(used_of(place, 16)) << 16;
  }

  /// The place of `index` among the codewords near the expected one that no neighbour has, or near_count.
  HWY_INLINE std::uint32_t rank_of(const Place& place, std::uint32_t index) const {
    const std::uint16_t* const near = geometry_.near(place.expected).codewords.data();
    const std::uint32_t found = places_of_four(near, four_times(index));
    if (found != 0)
      return static_cast<std::uint32_t>(std::countr_zero(found) - std::popcount(used_of(place) & (found - 1)));
    const std::uint64_t found_later = static_cast<std::uint64_t>(places_of_four(near + 16, four_times(index))) << 16;
    if (found_later == 0) return CodewordGeometry::near_count;
    return static_cast<std::uint32_t>(std::countr_zero(found_later) -
                                      std::popcount(all_used(place) & (found_later - 1)));
  }

  /// What the first symbol, and those behind an escape, say; k or more where no index has such a code.
  HWY_INLINE std::uint32_t finish_index(Place& place, std::size_t lane, std::size_t x) {
    std::uint32_t index = 0;
    if (HWY_UNLIKELY(place.symbol == escape)) {
      index = code_escape(place, lane, Coder::writes ? input_[lane][x] : 0U);
    } else if constexpr (Coder::writes) {
      index = input_[lane][x];
    } else if (place.symbol < candidate_slots) {
      index = static_cast<std::uint16_t>(place.nearest >> (16 * place.symbol));
    } else {
      const std::uint32_t at = place_of_rank(used_of(place), place.symbol - candidate_slots);
      index = geometry_.near(place.expected).codewords[at];
    }
    learn_all(place.contexts, place.symbol);
    return index;
  }

  HWY_NOINLINE std::uint32_t code_escape(const Place& place, std::size_t lane, std::uint32_t index) {
    std::uint32_t symbol = 0;
    if constexpr (Coder::writes) symbol = std::min(place.rank - first_ranks, escape);
    symbol = code_further(place, lane, place.key, symbol);
    if (symbol != escape) {
      const std::uint32_t at = place_of_rank(all_used(place), first_ranks + symbol);
      return at < CodewordGeometry::near_count ? geometry_.near(place.expected).codewords[at] : geometry_.k();
    }
    std::uint32_t prefix = 1;
    for (std::uint32_t d = digit_count_; d-- > 0;)
      prefix = prefix << 4 | code_further(place, lane, prefix + first_digit_key, index >> (4 * d) & 15U);
    return prefix - (1U << (4 * digit_count_));
  }

  /// Codes a symbol that follows an escape, and lets its contexts learn from it.
  std::uint32_t code_further(const Place& place, std::size_t lane, std::uint32_t key, std::uint32_t known) {
    const std::uint64_t hash = key * factors[3];
    std::array<Distribution*, 3> contexts{};
    contexts[0] = &state_.digit[key % FastState::digit_keys_max];
    const std::uint64_t second_hash = use_wide ? place.near_hash : place.expected * factors[0];
    contexts[1] = &state_.digit_near[(hash + second_hash) >> (64 - state_.bits_digit_near)];
    if constexpr (use_wide)
      contexts[2] = &state_.digit_wide[(hash + place.wide_hash) >> (64 - FastState::bits_digit_wide)];
    const Lanes frequencies = mix(contexts);
    SymbolBounds bounds;
    bounds.set(frequencies);
    const std::uint32_t symbol = coder_.symbol(lane, frequencies, bounds, known);
    learn_all(contexts, symbol);
    return symbol;
  }

  const CodewordGeometry& geometry_;
  bool use_cells_;
  std::uint64_t near_mask_;  // of the upper neighbours: those that the hash of near ones has
  std::uint32_t digit_count_;
  Coder coder_;
  FastState state_;
  std::size_t width_ = 0;
  std::array<std::vector<std::uint16_t>, rans::lanes + 2> row_buffers_;
  std::array<std::uint16_t*, rans::lanes + 2> rows_{};  // the two above, then those being coded
  std::array<const std::uint16_t*, rans::lanes> input_{};
  std::array<Place, rans::lanes> places_{};
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();
#endif
