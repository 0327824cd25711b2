// SIMD kernels that make bounding boxes and filter the codewords that may be nearest inside one.

// Highway includes this file once for each SIMD target, so the guard toggles.
#if defined(VQI_BOX_KERNELS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_BOX_KERNELS_INL_HPP
#undef VQI_BOX_KERNELS_INL_HPP
#else
#define VQI_BOX_KERNELS_INL_HPP
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#include "nearest_kernels.hpp"
#include "score_formats-inl.hpp"
#include "vector_set.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The one or two table entries that are nearest to the centre of a box.
struct NearCentre {
  std::size_t first = 0;
  std::size_t second = 0;
};

/// The entry in the first of the lanes with the least score.
template <class N>
HWY_INLINE std::size_t entry_of_least(typename N::V scores, typename N::V entries) {
  constexpr auto d = N::d;
  HWY_ALIGN typename N::Word stored[tile_vectors];
  hn::Store(entries, d, stored);
  return static_cast<std::size_t>(stored[hn::FindFirstTrue(d, hn::Eq(scores, hn::MinOfLanes(d, scores)))]);
}

template <class N, bool Two>
NearCentre nearest_to_centre(const SearchBox<typename N::Word>& box, const CodewordTable<typename N::Word>& table) {
  using V = typename N::V;
  using Word = typename N::Word;
  constexpr auto d = N::d;
  const std::size_t lanes = hn::Lanes(d);
  V centre[pruned_columns_wide];
  for (std::size_t c = 0; c < table.columns; ++c)
    centre[c] = N::centre(hn::Set(d, box.low[c]), hn::Set(d, box.high[c]));
  V best = N::highest();
  V best_entry = hn::Zero(d);
  V second = best;
  V second_entry = best_entry;
  for (std::size_t k = 0; k < table.count; k += lanes) {
    V score = hn::LoadU(d, table.norms.data() + k);
    for (std::size_t c = 0; c < table.columns; ++c)
      score = N::multiply_add(centre[c], hn::LoadU(d, table.column(c) + k), score);
    score = hn::IfThenElse(hn::FirstN(d, table.count - k), score, N::highest());
    const V entry = hn::Iota(d, static_cast<Word>(k));
    const auto less = hn::Lt(score, best);
    if constexpr (Two) {
      const auto second_less = hn::Lt(score, second);
      second_entry = hn::IfThenElse(less, best_entry, hn::IfThenElse(second_less, entry, second_entry));
      second = hn::IfThenElse(less, best, hn::IfThenElse(second_less, score, second));
    }
    best = hn::IfThenElse(less, score, best);
    best_entry = hn::IfThenElse(less, entry, best_entry);
  }
  NearCentre near;
  near.first = entry_of_least<N>(best, best_entry);
  if constexpr (Two) {
    // The second is the winning lane's second or another lane's best, whichever scores less.
    const auto taken = hn::Eq(best_entry, hn::Set(d, static_cast<Word>(near.first)));
    near.second =
        entry_of_least<N>(hn::IfThenElse(taken, second, best), hn::IfThenElse(taken, second_entry, best_entry));
  }
  return near;
}

/// The entry of the codeword with this index, or table.count if the table lacks it.
template <class N>
std::size_t find_index(const CodewordTable<typename N::Word>& table, std::size_t index) {
  using Word = typename N::Word;
  constexpr auto d = N::d;
  if (index < table.count && table.indices[index] == static_cast<Word>(index)) return index;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t k = 0; k < table.count; k += lanes) {
    const auto found = hn::And(hn::FirstN(d, table.count - k),
                               hn::Eq(hn::LoadU(d, table.indices.data() + k), hn::Set(d, static_cast<Word>(index))));
    const std::intptr_t lane = hn::FindFirstTrue(d, found);
    if (lane >= 0) return k + static_cast<std::size_t>(lane);
  }
  return table.count;
}

/// The greatest value of score(winner) - score(y) inside the box, one lane for each entry y from k on. The difference
/// is linear in x, so it is greatest at the corner that delta points to.
template <class N>
HWY_INLINE typename N::V greatest_lead(const SearchBox<typename N::Word>& box,
                                       const CodewordTable<typename N::Word>& table, std::size_t winner,
                                       std::size_t k) {
  using V = typename N::V;
  constexpr auto d = N::d;
  V most = hn::Sub(hn::Set(d, table.norms[winner]), hn::LoadU(d, table.norms.data() + k));
  for (std::size_t c = 0; c < table.columns; ++c) {
    const V delta = N::subtract(hn::Set(d, table.column(c)[winner]), hn::LoadU(d, table.column(c) + k));
    most = N::multiply_add(N::corner(delta, hn::Set(d, box.low[c]), hn::Set(d, box.high[c])), delta, most);
  }
  return most;
}

/// Appends to `kept`, at `count`, the entries from k on whose lanes are set in `keep`; returns their number.
template <class N, class M>
HWY_INLINE std::size_t copy_kept(const CodewordTable<typename N::Word>& table, std::size_t k, M keep,
                                 CodewordTable<typename N::Word>& kept, std::size_t count) {
  constexpr auto d = N::d;
#if HWY_TARGET <= HWY_AVX3 && HWY_ARCH_X86
  // Compress in a register and store the whole vector: the padding has room for the surplus, or the next store
  // overwrites it.
  const auto copy = [&](const auto* from, auto* to)
                        HWY_ATTR { hn::StoreU(hn::Compress(hn::LoadU(d, from + k), keep), d, to + count); };
  for (std::size_t c = 0; c < table.columns; ++c) copy(table.column(c), kept.column(c));
  copy(table.norms.data(), kept.norms.data());
  copy(table.indices.data(), kept.indices.data());
  return hn::CountTrue(d, keep);
#else
  // Few entries are kept, so they are copied one by one. Compress of Highway 1.0.3 would copy its table of permutations
  // to the stack at every call, which took three quarters of the filter's time.
  std::uint8_t mask_bytes[8] = {};
  hn::StoreMaskBits(d, keep, mask_bytes);
  static_assert(hn::MaxLanes(d) <= 16);
  std::uint64_t mask = mask_bytes[0] | std::uint64_t{mask_bytes[1]} << 8;
  std::size_t added = 0;
  for (; mask != 0; mask &= mask - 1, ++added) {
    const std::size_t entry = k + static_cast<std::size_t>(hwy::Num0BitsBelowLS1Bit_Nonzero64(mask));
    for (std::size_t c = 0; c < table.columns; ++c) kept.column(c)[count + added] = table.column(c)[entry];
    kept.norms[count + added] = table.norms[entry];
    kept.indices[count + added] = table.indices[entry];
  }
  return added;
#endif
}

template <class N, bool Two>
void filter_table(const SearchBox<typename N::Word>& box, const CodewordTable<typename N::Word>& table,
                  std::size_t rival, CodewordTable<typename N::Word>& kept) {
  constexpr auto d = N::d;
  const std::size_t lanes = hn::Lanes(d);
  NearCentre near{rival != no_rival ? find_index<N>(table, rival) : table.count, 0};
  if (near.first == table.count) near = nearest_to_centre<N, Two>(box, table);
  kept.reserve(table.count, table.columns);
  std::size_t count = 0;
  for (std::size_t k = 0; k < table.count; k += lanes) {
    auto beaten = hn::Lt(greatest_lead<N>(box, table, near.first, k), hn::Zero(d));
    // A codeword is neither nearest nor second nearest anywhere if two codewords are nearer everywhere.
    if constexpr (Two) beaten = hn::And(beaten, hn::Lt(greatest_lead<N>(box, table, near.second, k), hn::Zero(d)));
    const auto keep = hn::And(hn::FirstN(d, table.count - k), hn::Not(beaten));
    count += copy_kept<N>(table, k, keep, kept, count);
  }
  kept.count = count;
}

template <class N>
void bound_tiles(const typename N::TileWord* tiles, std::size_t tile_count, std::size_t columns, typename N::Word* low,
                 typename N::Word* high) {
  using V = typename N::V;
  constexpr auto d = N::d;
  const std::size_t lanes = hn::Lanes(d);
  HWY_ALIGN typename N::Word folded[tile_vectors];
  for (std::size_t c = 0; c < columns; ++c) {
    V least = N::load_tile(tiles + c * tile_vectors);
    V most = least;
    for (std::size_t t = 0; t < tile_count; ++t)
      for (std::size_t begin = 0; begin < tile_vectors; begin += lanes) {
        const V x = N::load_tile(tiles + (t * columns + c) * tile_vectors + begin);
        least = N::min(least, x);
        most = N::max(most, x);
      }
    // Reduce lane by lane: a broadcast lane is compared as a whole, so that its pair of int16 stays a pair.
    hn::Store(least, d, folded);
    for (std::size_t lane = 1; lane < lanes; ++lane) least = N::min(least, hn::Set(d, folded[lane]));
    low[c] = hn::GetLane(least);
    hn::Store(most, d, folded);
    for (std::size_t lane = 1; lane < lanes; ++lane) most = N::max(most, hn::Set(d, folded[lane]));
    high[c] = hn::GetLane(most);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
