// CounterGroups: the counters of hashed contexts, in groups for some levels of the tree.
#pragma once

#include <hwy/cache_control.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "context_hash.hpp"
#include "counter.hpp"

namespace vqi::detail {

/// A table of groups in memory of the caller. A group is a check of 16 bits and 2^Levels - 1 counters, numbered as
/// nodes in a heap. The group of a context number is in one of two places next to each other in a cache line; a new
/// group replaces the one whose first counter has seen fewer bits (FORMAT.md, "Counter groups").
template <std::uint32_t Levels, unsigned PlaceBits>
class CounterGroupTable {
 public:
  static constexpr std::uint32_t levels = Levels;  ///< of the tree in a group
  static constexpr unsigned place_bits = PlaceBits;
  static constexpr std::size_t group_size = std::size_t{1} << Levels;
  static constexpr std::size_t counter_count = group_size << PlaceBits;

  /// `counters` are counter_count times even_counter, and become new groups.
  explicit CounterGroupTable(Counter* counters) : counters_(counters) {
    for (std::size_t i = 0; i < counter_count; i += group_size) counters[i] = 0;
  }

  /// The first place of a context number's group, and the check that tells the group from others there.
  struct Key {
    std::size_t place;
    Counter check;
  };
  /// Prefetches the place as well: memory takes longer than making the next keys.
  [[nodiscard]] Key key_of(std::uint64_t context) const noexcept {
    prefetch(context);
    return {place_of(context), static_cast<Counter>(context * hash_factor >> 32)};
  }
  /// Changes nothing but the time that a later `find` takes.
  void prefetch(std::uint64_t context) const noexcept { hwy::Prefetch(counters_ + place_of(context)); }

  /// The group of a key; its counters are [1] .. [group_size - 1].
  [[nodiscard]] HWY_INLINE Counter* find(const Key& key) noexcept {
    Counter* const group = place_in(key);
    if (group[0] != key.check) {
      std::fill_n(group, group_size, even_counter);
      group[0] = key.check;
    }
    return group;
  }
  /// Where a key's group is, or the one that it replaces; leaves the table as it is.
  struct Found {
    Counter* place;
    const Counter* group;  ///< at the place, or a new group
  };
  [[nodiscard]] HWY_INLINE Found look_up(const Key& key) noexcept {
    Counter* const place = place_in(key);
    return {place, place[0] == key.check ? place : new_group.data()};
  }
  /// The same, but leaves the table as it is: a group that is not there has the counters of a new one.
  [[nodiscard]] const Counter* peek(const Key& key) const noexcept {
    const Counter* const first = counters_ + key.place;
    if (first[0] == key.check) return first;
    const Counter* const second = counters_ + (key.place ^ group_size);
    return second[0] == key.check ? second : new_group.data();
  }

  [[nodiscard]] static constexpr std::uint64_t size_bytes() noexcept {
    return std::uint64_t{counter_count} * sizeof(Counter);
  }

 private:
  /// The place of a key's group, or of the one that it replaces.
  [[nodiscard]] HWY_INLINE Counter* place_in(const Key& key) const noexcept {
    const Counter* const first = counters_ + key.place;
    const Counter* const second = counters_ + (key.place ^ group_size);
    // Which of the two it is cannot be predicted, so there is no branch on it.
    const bool in_first = first[0] == key.check;
    const bool in_second = second[0] == key.check;
    const bool second_saw_less = (second[1] & 15) < (first[1] & 15);
    const std::size_t is_second =
        static_cast<std::size_t>(!in_first) & static_cast<std::size_t>(in_second | second_saw_less);
    return counters_ + (key.place ^ (group_size * is_second));
  }

  static constexpr std::array<Counter, group_size> make_new_group() noexcept {
    std::array<Counter, group_size> group{};
    group.fill(even_counter);
    return group;
  }
  alignas(64) static constexpr std::array<Counter, group_size> new_group = make_new_group();

  [[nodiscard]] static std::size_t place_of(std::uint64_t context) noexcept {
    return table_place(context, place_bits) * group_size;
  }

  Counter* counters_;
};

using CounterGroups = CounterGroupTable<3, 14>;

}  // namespace vqi::detail
