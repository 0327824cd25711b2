// SideBySideCoder: codes a strip four rows at a time, so that their bits are mixed side by side and nothing waits
// (FORMAT.md, "Four rows side by side").
//
// For sources that Highway compiles once per SIMD target. Encoder and decoder are the same code.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_SIDE_BY_SIDE_CODER_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_SIDE_BY_SIDE_CODER_INL_HPP
#undef VQI_SIDE_BY_SIDE_CODER_INL_HPP
#else
#define VQI_SIDE_BY_SIDE_CODER_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "balanced_contexts.hpp"
#include "balanced_state.hpp"
#include "balanced_tables.hpp"
#include "bits_side_by_side-inl.hpp"
#include "context_hash.hpp"
#include "flat_neighbours.hpp"
#include "index_model.hpp"
#include "level_lanes-inl.hpp"
#include "level_planes.hpp"
#include "level_tables.hpp"
#include "neighbour_leaves-inl.hpp"
#include "side_by_side_rows.hpp"
#include "side_by_side_state.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

/// `Bits::code(bit, probability of a 1 in 1/65536)` writes and returns the bit, or reads it.
template <class Bits>
class SideBySideCoder {
 public:
  SideBySideCoder(const BalancedTables& tables, std::size_t map_width, Bits& bits)
      : tree_(tables.tree),
        prediction_(tables.prediction),
        planes_(tables.planes),
        width_(map_width),
        bits_(bits),
        state_(tables.tree.depth()),
        rows_(map_width) {}

  /// Codes rows until `go_on(rows that are complete)`, which is asked after each group of rows and within long ones,
  /// says no; when decoding, writes the indices. Returns the rows that were complete when it last said yes.
  template <class Index, class GoOn>
  std::size_t run(Index* indices, std::size_t rows, const GoOn& go_on) {
    for (std::size_t y = 0; y < rows; y += rows_side_by_side) {
      const std::size_t count = std::min(rows - y, rows_side_by_side);
      rate_ = side_by_side_rate(std::uint64_t{y} * width_);
      if (!code_group(indices + y * width_, count, [&] { return go_on(y); })) return y;
      rows_.end_group();
      if (!go_on(y + count)) return y;
    }
    return rows;
  }

 private:
  static constexpr std::size_t contexts = SideBySideState::contexts;
  /// A row lags so many columns behind the row above, since a vector depends on four columns to its right there.
  static constexpr std::size_t row_lag = 5;
  static constexpr std::size_t turns_at_once = hook_vectors / rows_side_by_side;

  /// A row's vector under way: its neighbours, and the path as far as it is known.
  struct RowPath {
    Surroundings at;
    Point predicted;
    std::array<std::uint64_t, contexts> numbers;
    std::array<SideBySideState::Groups::Key, contexts> keys;
    NeighbourPositions neighbours;
    std::size_t x;
    std::uint32_t wanted;  ///< encoders only: the position
    std::uint32_t node, bits_left, level;
    std::uint32_t end;       ///< where the path has come to below the node
    std::uint32_t excluded;  ///< the node of the position that the flat flag ruled out, or 0
    std::uint32_t after_flat;
    LevelContexts next;
    LevelLanes lanes;
  };

  template <class Index, class GoOn>
  bool code_group(Index* indices, std::size_t count, const GoOn& go_on) {
    for (RowBit& bit : next_)
      bit = {
          {&none_, &none_, &none_, &none_, &none_, &none_, &none_, &none_}, unused_.data(), unused_.data(), 0, false};
    const std::size_t turns = width_ + (count - 1) * row_lag;
    for (std::size_t turn = 0; turn < turns; ++turn) {
      code_turn(indices, count, turn);
      if ((turn + 1) % turns_at_once == 0 && turn + 1 < turns && !go_on()) return false;
    }
    return true;
  }

  /// Rows whose next bits are coded together, from the top.
  struct RowList {
    std::array<std::uint8_t, rows_side_by_side> rows;
    std::size_t count = 0;
    void add(std::size_t row) noexcept { rows[count++] = static_cast<std::uint8_t>(row); }
  };

  /// Codes a vector of each row that has one in this turn.
  template <class Index>
  HWY_INLINE void code_turn(Index* indices, std::size_t count, std::size_t turn) {
    constexpr bool decoding = !std::is_const_v<Index>;
    RowList flat;
    RowList open;
    for (std::size_t row = 0; row < count; ++row) {
      const std::size_t x = turn - row * row_lag;
      if (x >= width_) continue;
      RowPath& path = paths_[row];
      path.x = x;
      path.at = rows_.surroundings(row, x);
      path.wanted = decoding ? 0 : tree_.position_of(indices[row * width_ + x]);
      if (path.at.flat()) {
        choose_flag(path.at, next_[flat.count]);
        flat.add(row);
      } else {
        begin_path(path, row, false);
        open.add(row);
      }
    }
    if (flat.count != 0) code_flags(flat, open);
    code_paths(open);
    if constexpr (decoding) {
      for (std::size_t row = 0; row < count; ++row) {
        const std::size_t x = turn - row * row_lag;
        if (x < width_) indices[row * width_ + x] = tree_.index_at(rows_.position(row, x));
      }
    }
  }

  /// Codes the flags of flat neighbourhoods. Adds those whose flag is 0 to the open paths.
  HWY_INLINE void code_flags(const RowList& flat, RowList& open) {
    code_bits(flat, rate_ >> 2, [](const RowPath& path) { return path.wanted == path.at.above[0]; });
    RowList still_open;
    std::size_t next_open = 0;
    for (std::size_t i = 0; i < flat.count; ++i) {
      const std::size_t row = flat.rows[i];
      const RowPath& path = paths_[row];
      if (next_[i].value) {
        rows_.set(row, path.x, path.at.above[0], static_cast<std::uint16_t>(rows_.error_above(row, path.x) >> 1));
        continue;
      }
      while (next_open < open.count && open.rows[next_open] < row) still_open.add(open.rows[next_open++]);
      begin_path(paths_[row], row, true);
      still_open.add(row);
    }
    while (next_open < open.count) still_open.add(open.rows[next_open++]);
    open = still_open;
  }

  HWY_INLINE void code_paths(RowList open) {
    RowList going;
    for (std::size_t i = 0; i < open.count; ++i) {
      const std::size_t row = open.rows[i];
      if (ends(paths_[row]))
        end_path(row);
      else
        going.add(row);
    }
    while (going.count != 0) {
      for (std::size_t i = 0; i < going.count; ++i) predict(paths_[going.rows[i]]);
      RowList after;
      for (std::size_t i = 0; i < going.count; ++i) {
        const std::size_t row = going.rows[i];
        if (follow(paths_[row])) {
          end_path(row);
        } else {
          ask_for_groups(paths_[row]);
          after.add(row);
        }
      }
      for (std::size_t i = 0; i < going.count; ++i) {
        RowPath& path = paths_[going.rows[i]];
        path.lanes.learn(path.next, path.end, std::min(16 * rate_, 32767));
      }
      going = after;
    }
  }

  HWY_INLINE void end_path(std::size_t row) {
    const RowPath& path = paths_[row];
    const std::uint32_t position = (path.node << path.bits_left) - tree_.leaves();
    rows_.set(row, path.x, position, prediction_.error(path.predicted, position));
  }

  /// Codes a bit of each row in the list, with the contexts in `next_`.
  template <class Wanted>
  HWY_INLINE void code_bits(const RowList& list, std::int32_t rate, const Wanted& wanted) {
    mixed_.predict(next_, list.count);
    for (std::size_t i = 0; i < list.count; ++i)
      next_[i].value = bits_.code(wanted(paths_[list.rows[i]]), next_[i].probability);
    mixed_.learn(next_, list.count, rate);
    none_ = even_counter;
  }

  HWY_INLINE void choose_flag(const Surroundings& at, RowBit& bit) {
    const FlatNeighbours beyond(at.row, at.above, at.two_above);
    bit.counters = flat_flag_counters(at, beyond, state_.flat_counters);
    bit.counters[6] = bit.counters[7] = &none_;
    for (std::size_t i = 0; i < SideBySideState::flat_tables; ++i) hwy::Prefetch(bit.counters[i]);
    bit.first_weights = state_.flat_weights(beyond.equal_count);
    bit.second_weights = state_.flat_pattern_weights(beyond.pattern);
  }

  HWY_INLINE void begin_path(RowPath& path, std::size_t row, bool after_flat) {
    const Surroundings& at = path.at;
    const std::uint32_t w = at.row[-1], n = at.above[0], nw = at.above[-1], ne = at.above[1];
    const std::uint32_t ww = at.row[-2], nn = at.two_above[0];
    const std::uint64_t four = mix(1, joined(w, n, nw, ne));
    const std::uint64_t six = mix(four, joined(ww, nn));
    path.numbers = {mix(2, joined(w, n)),
                    mix(3, joined(n, ne)),
                    mix(4, joined(w, ww)),
                    mix(5, joined(n, nn)),
                    four,
                    mix(six, joined(at.above[-2], at.above[2], at.two_above[-1], at.two_above[1]))};
    path.after_flat = after_flat ? 1 : 0;
    path.node = 1;
    path.bits_left = tree_.depth();
    ask_for_groups(path);
    path.excluded = after_flat ? tree_.leaves() | n : 0;
    path.level = rows_.level(row, path.x);
    path.predicted = prediction_.predict(at.row, at.above, at.two_above);
    path.neighbours.at = {at.row[-1], at.above[0], at.above[-1], at.above[1], at.row[-2], at.two_above[0]};
  }

  /// Asks the memory for the groups of the path's node.
  HWY_INLINE void ask_for_groups(RowPath& path) {
    for (std::size_t i = 0; i < contexts; ++i) path.keys[i] = state_.groups[i].key_of(path.numbers[i] ^ path.node);
  }

  /// Chooses what codes the levels from the path's node on, and mixes it.
  HWY_INLINE void predict(RowPath& path) {
    LevelContexts& next = path.next;
    const std::uint32_t depth = tree_.depth() - path.bits_left;
    const std::size_t levels = depth / levels_at_once;
    for (std::size_t i = 0; i < contexts; ++i) {
      const auto found = state_.groups[i].look_up(path.keys[i]);
      next.from[i] = found.group;
      next.to[i] = found.place;
      next.checks[i] = path.keys[i].check;
    }
    const std::uint32_t expected = path.lanes.measure(planes_.at(path.node, depth), path.predicted, path.level);
    const LeavesBelow leaves = path.neighbours.below(path.node - (1U << depth), path.bits_left, expected);
    next.turn = leaves.first;
    next.from[6] = next.to[6] = state_.near_group(levels, path.node, expected, path.level);
    next.from[7] = next.to[7] = state_.pattern_group(levels, leaves.like_first * 8 + leaves.far + (path.level & 4U));
    next.weights = {state_.kind_weights(levels, path.level, 2 * leaves.same + path.after_flat),
                    state_.node_weights(levels, path.node),
                    state_.turn_weights(levels, 4 * leaves.first + 2 * leaves.none + path.after_flat)};
    path.lanes.predict(next);
  }

  /// Whether the node holds one codeword, so that no bit is left to code. Takes a last bit that is known: the other
  /// codeword was ruled out.
  HWY_INLINE bool ends(RowPath& path) {
    if (path.bits_left == 0 || !tree_.divides(path.node)) return true;
    if (path.bits_left > 1 || path.node != path.excluded >> 1) return false;
    path.node = path.excluded ^ 1U;
    path.bits_left = 0;
    return true;
  }

  /// Codes the bits of up to four levels. Returns whether the path ends there.
  HWY_INLINE bool follow(RowPath& path) {
    std::uint32_t end = 1;
    bool ended = false;
    do {
      const bool bit = bits_.code((path.wanted >> (path.bits_left - 1) & 1U) != 0, path.lanes.probability(end));
      end = 2 * end + (bit ? 1 : 0);
      path.node = 2 * path.node + (bit ? 1 : 0);
      --path.bits_left;
      ended = ends(path);
    } while (!ended && end < level_lanes);
    path.end = end;
    return ended;
  }

  const CodewordTree& tree_;
  const PointPrediction& prediction_;
  const LevelPlanes& planes_;
  std::size_t width_;
  Bits& bits_;
  SideBySideState state_;
  SideBySideRows rows_;
  BitsSideBySide mixed_;
  std::array<RowPath, rows_side_by_side> paths_{};
  std::array<RowBit, rows_side_by_side> next_{};  // of the rows in a list, in its order
  std::int32_t rate_ = 0;
  Counter none_ = even_counter;  // of places without a counter: it has seen nothing
  alignas(16) std::array<std::int16_t, SideBySideState::flag_row_size> unused_{};
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
