// Comparing tiles of vectors with tables of codewords, in any of the number formats.
//
// A lane is a vector, and codewords are broadcast: each lane keeps the least score so far and its codeword.

// Highway includes this file once for each SIMD target, so the guard toggles.
#if defined(VQI_NEAREST_KERNELS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_NEAREST_KERNELS_INL_HPP
#undef VQI_NEAREST_KERNELS_INL_HPP
#else
#define VQI_NEAREST_KERNELS_INL_HPP
#endif

#include <hwy/highway.h>

#include "box_kernels-inl.hpp"
#include "nearest_kernels.hpp"
#include "score_formats-inl.hpp"
#include "vector_set.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// For the vector in each lane: the best codeword so far and, with Two, the second least score.
template <class N, bool Two>
struct Best {
  using V = typename N::V;
  // No initialisers: an implicit constructor would not be compiled for the SIMD target.
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

/// The arrays that an assignment is written to; only assign_two writes scores.
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

/// SIMD vectors in work at a time: two, if a tile has as many, to hide the latency of comparing.
template <class N>
constexpr std::size_t parts_of_tile() {
  return tile_vectors / hn::MaxLanes(N::d) < 2 ? 1 : 2;
}

/// For few columns: the tile's vectors stay in registers while codewords are loaded one by one.
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

/// For many columns: four codewords at a time over all columns, as in a matrix product.
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
    // The padding after the table's last entry makes every group of four readable.
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

template <class N>
NearestKernels<typename N::Word, typename N::TileWord> kernels_of() {
  return {assign_tiles<N>,        assign_tiles_two<N>, filter_table<N, true>,
          filter_table<N, false>, score_tiles<N>,      bound_tiles<N>};
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
