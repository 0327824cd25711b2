// CounterGroups: a context finds its own counters again, and gives way to others only where it saw less.
#include "counter_groups.hpp"

#include <catch2/catch.hpp>
#include <vector>

using vqi::detail::Counter;
using vqi::detail::CounterGroups;

namespace {

/// A table with its memory.
struct Table : private std::vector<Counter>, CounterGroups {
  Table()
      : std::vector<Counter>(counter_count, vqi::detail::even_counter), CounterGroups(std::vector<Counter>::data()) {}
};

/// A context whose group may be in the same two places as that of `key`, with another check.
std::uint64_t rival_of(const CounterGroups& groups, const CounterGroups::Key& key, std::uint64_t from) {
  for (std::uint64_t context = from;; ++context) {
    const CounterGroups::Key other = groups.key_of(context);
    if (other.place == key.place && other.check != key.check) return context;
  }
}

bool is_new(const Counter* group) {
  return std::all_of(group + 1, group + 8, [](Counter counter) { return counter == vqi::detail::even_counter; });
}

}  // namespace

TEST_CASE("a context's counters are found again as they were left, and looking changes nothing") {
  Table groups;
  const CounterGroups::Key key = groups.key_of(12345);
  CHECK(key.place % CounterGroups::group_size == 0);
  CHECK(is_new(groups.peek(key)));
  Counter* const group = groups.find(key);
  CHECK(is_new(group));
  vqi::detail::update_counter(group[3], true);
  CHECK(groups.find(key) == group);
  CHECK(groups.peek(key) == group);
  groups.prefetch(12345);
  CHECK(groups.find(key)[3] != vqi::detail::even_counter);
}

TEST_CASE("two contexts share two places, and a third takes that of the one that saw less") {
  Table groups;
  const CounterGroups::Key first = groups.key_of(1);
  const std::uint64_t second_context = rival_of(groups, first, 2);
  const CounterGroups::Key second = groups.key_of(second_context);
  const CounterGroups::Key third = groups.key_of(rival_of(groups, first, second_context + 1));
  REQUIRE(third.check != second.check);
  Counter* const of_first = groups.find(first);
  for (int i = 0; i < 5; ++i) vqi::detail::update_counter(of_first[1], true);
  Counter* const of_second = groups.find(second);
  REQUIRE(of_second != of_first);
  vqi::detail::update_counter(of_second[1], true);
  CHECK(groups.find(first) == of_first);
  CHECK(is_new(groups.peek(third)));
  CHECK(groups.peek(second) == of_second);  // peeking made no room
  Counter* const of_third = groups.find(third);
  CHECK(of_third == of_second);
  CHECK(is_new(of_third));
  CHECK(groups.find(first) == of_first);
  CHECK(is_new(groups.peek(second)));  // gone
}

TEST_CASE("the memory of the groups is what they say") {
  CHECK(CounterGroups::size_bytes() == (std::uint64_t{16} << 14));
}

TEST_CASE("a look-up tells where a group is or would be, and makes no room for it") {
  Table groups;
  const CounterGroups::Key first = groups.key_of(1);
  const std::uint64_t second_context = rival_of(groups, first, 2);
  const CounterGroups::Key second = groups.key_of(second_context);
  const CounterGroups::Key third = groups.key_of(rival_of(groups, first, second_context + 1));
  Counter* const of_first = groups.find(first);
  for (int i = 0; i < 5; ++i) vqi::detail::update_counter(of_first[1], true);
  Counter* const of_second = groups.find(second);
  CHECK(groups.look_up(first).place == of_first);
  CHECK(groups.look_up(first).group == of_first);
  CHECK(groups.look_up(third).place == of_second);
  CHECK(is_new(groups.look_up(third).group));
  CHECK(groups.look_up(second).group == of_second);
}
