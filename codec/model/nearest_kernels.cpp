// Nearest-codeword kernels, compiled once per SIMD target by Highway.
//
// Vectors lie in the lanes, codewords are broadcast: for each codeword a lane keeps the least score
// met and whose it was. Narrow scores are made of int16 products summed in pairs (`vpmaddwd`), wide
// ones of doubles; both are exact integers, so no order of summation matters.
#include "nearest_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nearest_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace vqi {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// int16 pairs and int32 scores.
struct Narrow {
  using Word = std::int32_t;
  using TileWord = std::int32_t;
  using D = hn::CappedTag<std::int32_t, tile_vectors>;
#if HWY_TARGET != HWY_SCALAR
  using D16 = hn::Repartition<std::int16_t, D>;
#endif
  using V = hn::Vec<D>;
  static constexpr D d{};

  static HWY_INLINE V highest() { return hn::Set(d, hwy::HighestValue<Word>()); }
  static HWY_INLINE V load_tile(const TileWord* at) { return hn::LoadU(d, at); }
#if HWY_TARGET == HWY_SCALAR
  // Highway's scalar target has one lane and cannot see an int32 as two int16.
  static HWY_INLINE std::int32_t low_of(V v) { return static_cast<std::int16_t>(hn::GetLane(v) & 0xFFFF); }
  static HWY_INLINE std::int32_t high_of(V v) { return hn::GetLane(v) >> 16; }
  static HWY_INLINE V pair(std::int32_t low, std::int32_t high) {
    return hn::Set(d, static_cast<std::int32_t>((static_cast<std::uint32_t>(low) & 0xFFFFU) |
                                                static_cast<std::uint32_t>(high) << 16));
  }
  static HWY_INLINE V multiply_add(V x, V c, V sum) {
    return hn::Set(d, hn::GetLane(sum) + low_of(x) * low_of(c) + high_of(x) * high_of(c));
  }
  static HWY_INLINE V subtract(V a, V b) { return pair(low_of(a) - low_of(b), high_of(a) - high_of(b)); }
  static HWY_INLINE V min(V a, V b) { return pair(HWY_MIN(low_of(a), low_of(b)), HWY_MIN(high_of(a), high_of(b))); }
  static HWY_INLINE V max(V a, V b) { return pair(HWY_MAX(low_of(a), low_of(b)), HWY_MAX(high_of(a), high_of(b))); }
  static HWY_INLINE V corner(V delta, V low, V high) {
    return pair(low_of(delta) > 0 ? low_of(high) : low_of(low), high_of(delta) > 0 ? high_of(high) : high_of(low));
  }
  static HWY_INLINE V centre(V low, V high) {
    return pair((low_of(low) >> 1) + (low_of(high) >> 1), (high_of(low) >> 1) + (high_of(high) >> 1));
  }
#else
  static HWY_INLINE V multiply_add(V x, V c, V sum) {
    V odd = hn::Zero(d);
    sum = hn::ReorderWidenMulAccumulate(d, hn::BitCast(D16{}, x), hn::BitCast(D16{}, c), sum, odd);
    return hn::RearrangeToOddPlusEven(sum, odd);
  }
  static HWY_INLINE V subtract(V a, V b) {
    return hn::BitCast(d, hn::Sub(hn::BitCast(D16{}, a), hn::BitCast(D16{}, b)));
  }
  static HWY_INLINE V min(V a, V b) { return hn::BitCast(d, hn::Min(hn::BitCast(D16{}, a), hn::BitCast(D16{}, b))); }
  static HWY_INLINE V max(V a, V b) { return hn::BitCast(d, hn::Max(hn::BitCast(D16{}, a), hn::BitCast(D16{}, b))); }
  /// Per number: high where delta > 0, low elsewhere.
  static HWY_INLINE V corner(V delta, V low, V high) {
    const D16 d16;
    const auto rises = hn::Gt(hn::BitCast(d16, delta), hn::Zero(d16));
    return hn::BitCast(d, hn::IfThenElse(rises, hn::BitCast(d16, high), hn::BitCast(d16, low)));
  }
  static HWY_INLINE V centre(V low, V high) {
    const D16 d16;
    return hn::BitCast(d, hn::Add(hn::ShiftRight<1>(hn::BitCast(d16, low)), hn::ShiftRight<1>(hn::BitCast(d16, high))));
  }
#endif
  static HWY_INLINE void store_indices(V indices, std::uint16_t* at) {
    hn::StoreU(hn::DemoteTo(hn::Rebind<std::uint16_t, D>{}, indices), hn::Rebind<std::uint16_t, D>{}, at);
  }
};

/// Doubles that hold integers below 2^53.
struct Wide {
  using Word = double;
  using TileWord = float;
  using D = hn::CappedTag<double, tile_vectors>;
  using V = hn::Vec<D>;
  static constexpr D d{};

  static HWY_INLINE V highest() { return hn::Set(d, hwy::HighestValue<Word>()); }
  static HWY_INLINE V load_tile(const TileWord* at) {
    const hn::Rebind<float, D> d32;
    return hn::PromoteTo(d, hn::LoadU(d32, at));
  }
  static HWY_INLINE V multiply_add(V x, V c, V sum) { return hn::Add(hn::Mul(x, c), sum); }
  static HWY_INLINE V subtract(V a, V b) { return hn::Sub(a, b); }
  static HWY_INLINE V min(V a, V b) { return hn::Min(a, b); }
  static HWY_INLINE V max(V a, V b) { return hn::Max(a, b); }
  static HWY_INLINE V corner(V delta, V low, V high) { return hn::IfThenElse(hn::Gt(delta, hn::Zero(d)), high, low); }
  static HWY_INLINE V centre(V low, V high) {
    // Rounded, because products must stay integers.
    return hn::Floor(hn::Mul(hn::Add(low, high), hn::Set(d, 0.5)));
  }
  static HWY_INLINE void store_indices(V indices, std::uint16_t* at) {
    const hn::Rebind<std::int32_t, D> d32;
    const hn::Rebind<std::uint16_t, D> d16;
    hn::StoreU(hn::DemoteTo(d16, hn::DemoteTo(d32, indices)), d16, at);
  }
};

/// The best codewords met so far, in the lanes.
template <class N, bool Two>
struct Best {
  using V = typename N::V;
  // No initializers: an implicit constructor would not be compiled for the target.
  V score;
  V index;
  V second;

  HWY_INLINE void start() {
    score = second = N::highest();
    index = hn::Zero(N::d);
  }
  HWY_INLINE void take(V new_score, V new_index) {
    if constexpr (Two) second = hn::Min(second, hn::Max(score, new_score));
    index = hn::IfThenElse(hn::Lt(new_score, score), new_index, index);
    score = hn::Min(new_score, score);
  }
};

/// Where an assignment goes; scores are written by assign_two only.
template <class Word>
struct Assigned {
  std::uint16_t* indices = nullptr;
  Word* scores = nullptr;
  Word* second_scores = nullptr;
};

template <class N, bool Two>
HWY_INLINE void store_best(const Best<N, Two>& best, std::size_t at, const Assigned<typename N::Word>& out) {
  N::store_indices(best.index, out.indices + at);
  if constexpr (Two) {
    hn::StoreU(best.score, N::d, out.scores + at);
    hn::StoreU(best.second, N::d, out.second_scores + at);
  }
}

/// SIMD vectors worked on at a time: two hide the latency of comparing.
template <class N>
constexpr std::size_t parts_of_tile() {
  return tile_vectors / hn::MaxLanes(N::d) < 2 ? 1 : 2;
}

/// Few columns: a tile's vectors stay in registers while the codewords pass.
template <class N, bool Two, std::size_t Columns>
HWY_INLINE void assign_tile_few(const typename N::TileWord* HWY_RESTRICT tile,
                                const CodewordTable<typename N::Word>& table, std::size_t at,
                                const Assigned<typename N::Word>& out) {
  using V = typename N::V;
  constexpr auto d = N::d;
  constexpr std::size_t lanes = hn::MaxLanes(N::d);
  constexpr std::size_t parts = parts_of_tile<N>();
  for (std::size_t begin = 0; begin < tile_vectors; begin += parts * lanes) {
    V x[parts][Columns];
    Best<N, Two> best[parts];
    for (std::size_t p = 0; p < parts; ++p) {
      best[p].start();
      for (std::size_t c = 0; c < Columns; ++c) x[p][c] = N::load_tile(tile + c * tile_vectors + begin + p * lanes);
    }
    for (std::size_t k = 0; k < table.count; ++k) {
      const V norm = hn::Set(d, table.norms[k]);
      const V index = hn::Set(d, table.indices[k]);
      for (std::size_t p = 0; p < parts; ++p) {
        V score = norm;
        for (std::size_t c = 0; c < Columns; ++c)
          score = N::multiply_add(x[p][c], hn::Set(d, table.words[c * table.stride + k]), score);
        best[p].take(score, index);
      }
    }
    for (std::size_t p = 0; p < parts; ++p) store_best<N, Two>(best[p], at + begin + p * lanes, out);
  }
}

/// Many columns: four codewords at a time over all columns, as in a matrix product.
template <class N, bool Two>
HWY_INLINE void assign_tile_many(const typename N::TileWord* HWY_RESTRICT tile,
                                 const CodewordTable<typename N::Word>& table, std::size_t at,
                                 const Assigned<typename N::Word>& out) {
  using V = typename N::V;
  constexpr auto d = N::d;
  constexpr std::size_t lanes = hn::MaxLanes(N::d);
  constexpr std::size_t parts = parts_of_tile<N>();
  for (std::size_t begin = 0; begin < tile_vectors; begin += parts * lanes) {
    Best<N, Two> best[parts];
    for (std::size_t p = 0; p < parts; ++p) best[p].start();
    // The padding behind the table's last entry makes every group of four readable.
    for (std::size_t k = 0; k < table.count; k += 4) {
      V sum[4][parts];
      for (std::size_t j = 0; j < 4; ++j)
        for (std::size_t p = 0; p < parts; ++p) sum[j][p] = hn::Set(d, table.norms[k + j]);
      for (std::size_t c = 0; c < table.columns; ++c) {
        const typename N::Word* words = table.column(c) + k;
        const typename N::TileWord* x_words = tile + c * tile_vectors + begin;
        V x[parts];
        for (std::size_t p = 0; p < parts; ++p) x[p] = N::load_tile(x_words + p * lanes);
        for (std::size_t j = 0; j < 4; ++j) {
          const V codeword = hn::Set(d, words[j]);
          for (std::size_t p = 0; p < parts; ++p) sum[j][p] = N::multiply_add(x[p], codeword, sum[j][p]);
        }
      }
      const std::size_t valid = table.count - k < 4 ? table.count - k : 4;
      for (std::size_t j = 0; j < valid; ++j)
        for (std::size_t p = 0; p < parts; ++p) best[p].take(sum[j][p], hn::Set(d, table.indices[k + j]));
    }
    for (std::size_t p = 0; p < parts; ++p) store_best<N, Two>(best[p], at + begin + p * lanes, out);
  }
}

template <class N, bool Two>
void assign_all(const typename N::TileWord* tiles, std::size_t tile_count, const CodewordTable<typename N::Word>& table,
                const Assigned<typename N::Word>& out) {
  const std::size_t tile_words = table.columns * tile_vectors;
  for (std::size_t t = 0; t < tile_count; ++t) {
    const typename N::TileWord* const tile = tiles + t * tile_words;
    switch (table.columns) {
      case 1:
        assign_tile_few<N, Two, 1>(tile, table, t * tile_vectors, out);
        break;
      case 2:
        assign_tile_few<N, Two, 2>(tile, table, t * tile_vectors, out);
        break;
      case 3:
        assign_tile_few<N, Two, 3>(tile, table, t * tile_vectors, out);
        break;
      default:
        assign_tile_many<N, Two>(tile, table, t * tile_vectors, out);
        break;
    }
  }
}

template <class N>
void assign_tiles(const typename N::TileWord* tiles, std::size_t tile_count,
                  const CodewordTable<typename N::Word>& table, std::uint16_t* indices) {
  if (table.count == 1) {
    const auto only = static_cast<std::uint16_t>(table.indices[0]);
    for (std::size_t i = 0; i < tile_count * tile_vectors; ++i) indices[i] = only;
    return;
  }
  assign_all<N, false>(tiles, tile_count, table, {indices, nullptr, nullptr});
}

template <class N>
void assign_tiles_two(const typename N::TileWord* tiles, std::size_t tile_count,
                      const CodewordTable<typename N::Word>& table, std::uint16_t* indices, typename N::Word* scores,
                      typename N::Word* second_scores) {
  assign_all<N, true>(tiles, tile_count, table, {indices, scores, second_scores});
}

template <class N>
void score_tiles(const typename N::TileWord* tiles, std::size_t tile_count,
                 const CodewordTable<typename N::Word>& table, std::size_t entry, typename N::Word* scores) {
  using V = typename N::V;
  constexpr auto d = N::d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t tile_words = table.columns * tile_vectors;
  for (std::size_t t = 0; t < tile_count; ++t)
    for (std::size_t begin = 0; begin < tile_vectors; begin += lanes) {
      V score = hn::Set(d, table.norms[entry]);
      for (std::size_t c = 0; c < table.columns; ++c)
        score = N::multiply_add(N::load_tile(tiles + t * tile_words + c * tile_vectors + begin),
                                hn::Set(d, table.column(c)[entry]), score);
      hn::StoreU(score, d, scores + t * tile_vectors + begin);
    }
}

/// The entries of the table that are nearest to the centre of a box: one, or the two nearest.
struct NearCentre {
  std::size_t first = 0;
  std::size_t second = 0;
};

/// The entry in the first lane with the least score.
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
    // The second is the least of the other lanes' best and of the winning lane's second.
    const auto taken = hn::Eq(best_entry, hn::Set(d, static_cast<Word>(near.first)));
    near.second =
        entry_of_least<N>(hn::IfThenElse(taken, second, best), hn::IfThenElse(taken, second_entry, best_entry));
  }
  return near;
}

/// The entry of the codeword with this index; none: the table's count.
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

/// The greatest value over the box of score(winner) - score(y), for the entries y from k on: a
/// linear function of x, greatest at the corner that delta points to.
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
    // To be neither nearest nor second nearest anywhere takes two codewords that are nearer everywhere.
    if constexpr (Two) beaten = hn::And(beaten, hn::Lt(greatest_lead<N>(box, table, near.second, k), hn::Zero(d)));
    const auto keep = hn::And(hn::FirstN(d, table.count - k), hn::Not(beaten));
    // Few entries are kept, so they are copied one by one. (Highway 1.0.3's CompressStore copies its
    // table of permutations to the stack at every call: three quarters of the time of this function.)
    std::uint8_t mask_bytes[8] = {};
    hn::StoreMaskBits(d, keep, mask_bytes);
    std::uint64_t mask = 0;
    hwy::CopyBytes<sizeof mask>(mask_bytes, &mask);
    for (; mask != 0; mask &= mask - 1) {
      const std::size_t entry = k + static_cast<std::size_t>(hwy::Num0BitsBelowLS1Bit_Nonzero64(mask));
      for (std::size_t c = 0; c < table.columns; ++c) kept.column(c)[count] = table.column(c)[entry];
      kept.norms[count] = table.norms[entry];
      kept.indices[count] = table.indices[entry];
      ++count;
    }
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
    // Folding by lanes: each lane is broadcast and compared, which keeps pairs apart.
    hn::Store(least, d, folded);
    for (std::size_t lane = 1; lane < lanes; ++lane) least = N::min(least, hn::Set(d, folded[lane]));
    low[c] = hn::GetLane(least);
    hn::Store(most, d, folded);
    for (std::size_t lane = 1; lane < lanes; ++lane) most = N::max(most, hn::Set(d, folded[lane]));
    high[c] = hn::GetLane(most);
  }
}

template <class N>
NearestKernels<typename N::Word, typename N::TileWord> kernels_of() {
  return {assign_tiles<N>,        assign_tiles_two<N>, filter_table<N, true>,
          filter_table<N, false>, score_tiles<N>,      bound_tiles<N>};
}

}  // namespace

// Highway's dispatch wants functions outside the unnamed namespace.
NarrowKernels narrow_kernels_of_target() { return kernels_of<Narrow>(); }
WideKernels wide_kernels_of_target() { return kernels_of<Wide>(); }

}  // namespace HWY_NAMESPACE
}  // namespace vqi
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi {

HWY_EXPORT(narrow_kernels_of_target);
HWY_EXPORT(wide_kernels_of_target);

NarrowKernels narrow_kernels() { return HWY_DYNAMIC_DISPATCH(narrow_kernels_of_target)(); }
WideKernels wide_kernels() { return HWY_DYNAMIC_DISPATCH(wide_kernels_of_target)(); }

}  // namespace vqi
#endif
