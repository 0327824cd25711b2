// CounterGroups: hashed contexts' counters, seven for three levels of the tree at a time.
#pragma once

#include <hwy/cache_control.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "context_hash.hpp"
#include "counter.hpp"

namespace vqi::detail {

/// A group is 16 bytes: a check of 16 bits and seven counters, numbered as nodes in a heap. Each context
/// number has two places that its group may be in, neighbours in one cache line; the one that saw
/// less gives way (FORMAT.md, "Counter groups").
class CounterGroups {
 public:
  static constexpr unsigned place_bits = 14;
  static constexpr std::size_t group_size = 8;

  CounterGroups() : counters_(group_size << place_bits, even_counter) {
    for (std::size_t i = 0; i < counters_.size(); i += group_size) counters_[i] = 0;
  }

  /// Where a context number's group may be, and how it is told there from others.
  struct Key {
    std::size_t place;
    Counter check;
  };
  /// Asks the memory for the place, too, which takes longer than making the next keys.
  [[nodiscard]] Key key_of(std::uint64_t context) const noexcept {
    prefetch(context);
    return {place_of(context), static_cast<Counter>(context * hash_factor >> 32)};
  }
  /// Changes nothing but the time that a later `find` takes.
  void prefetch(std::uint64_t context) const noexcept { hwy::Prefetch(counters_.data() + place_of(context)); }

  /// The group of a key; its counters are [1] .. [7].
  [[nodiscard]] Counter* find(const Key& key) noexcept {
    Counter* const first = counters_.data() + key.place;
    Counter* const second = counters_.data() + (key.place ^ group_size);
    // What is found cannot be foreseen, so there is no branch on which of the two it is.
    const bool in_first = first[0] == key.check;
    const bool in_second = second[0] == key.check;
    const bool second_saw_less = (second[1] & 15) < (first[1] & 15);
    const std::size_t is_second =
        static_cast<std::size_t>(!in_first) & static_cast<std::size_t>(in_second | second_saw_less);
    Counter* const group = counters_.data() + (key.place ^ (group_size * is_second));
    if (group[0] != key.check) {
      std::fill_n(group, group_size, even_counter);
      group[0] = key.check;
    }
    return group;
  }

  /// The same without making room for a group that is not there: its counters are then as new.
  [[nodiscard]] const Counter* peek(const Key& key) const noexcept {
    const Counter* const first = counters_.data() + key.place;
    if (first[0] == key.check) return first;
    const Counter* const second = counters_.data() + (key.place ^ group_size);
    return second[0] == key.check ? second : new_group.data();
  }

  [[nodiscard]] static constexpr std::uint64_t size_bytes() noexcept {
    return (std::uint64_t{group_size} << place_bits) * sizeof(Counter);
  }

 private:
  static constexpr std::array<Counter, group_size> new_group{even_counter, even_counter, even_counter, even_counter,
                                                             even_counter, even_counter, even_counter, even_counter};

  [[nodiscard]] static std::size_t place_of(std::uint64_t context) noexcept {
    return table_place(context, place_bits) * group_size;
  }

  std::vector<Counter> counters_;
};

}  // namespace vqi::detail
