// Entries of a leaf that are not 0: listed, counted and visited as a loop does it, on every SIMD target.
#include "leaf_listing.hpp"

#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include "random.hpp"
#include "simd_targets.hpp"

namespace {

using Listed = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// A leaf of which about one in `every` entries is not 0 (0: none).
std::vector<std::uint8_t> make_leaf(std::uint64_t every) {
  std::vector<std::uint8_t> entries(vqi::detail::leaf_keys);
  vqi::detail::Random random(every);
  for (std::uint8_t& entry : entries)
    if (every != 0 && random.below(every) == 0) entry = static_cast<std::uint8_t>(1 + random.below(255));
  return entries;
}

Listed list_by_loop(const std::vector<std::uint8_t>& entries, std::uint32_t first_key) {
  Listed listed;
  for (std::uint32_t i = 0; i < entries.size(); ++i)
    if (entries[i] != 0) listed.emplace_back(first_key + i, entries[i]);
  return listed;
}

}  // namespace

TEST_CASE("leaves from empty to full are counted and listed as a loop does it") {
  vqi::test::on_every_target([] {
    for (const std::uint64_t every : {0U, 1U, 2U, 7U, 100U, 400U}) {
      const std::vector<std::uint8_t> entries = make_leaf(every);
      const Listed expected = list_by_loop(entries, 512 * 77);
      vqi::detail::LeafList list;
      vqi::detail::list_leaf(entries.data(), 512 * 77, list);
      REQUIRE(list.size == expected.size());
      REQUIRE(vqi::detail::count_leaf(entries.data()) == expected.size());
      for (std::size_t i = 0; i < list.size; ++i) REQUIRE(std::pair{list.keys[i], list.counts[i]} == expected[i]);
    }
  });
}

TEST_CASE("a single entry is found wherever it stands, at its least and greatest value") {
  vqi::test::on_every_target([] {
    for (std::uint32_t place = 0; place < vqi::detail::leaf_keys; ++place)
      for (const std::uint8_t value : {std::uint8_t{1}, std::uint8_t{255}}) {
        std::vector<std::uint8_t> entries(vqi::detail::leaf_keys);
        entries[place] = value;
        vqi::detail::LeafList list;
        vqi::detail::list_leaf(entries.data(), 0, list);
        REQUIRE(list.size == 1);
        REQUIRE(list.keys[0] == place);
        REQUIRE(list.counts[0] == value);
      }
  });
}

TEST_CASE("entries are visited in order, also where each byte of a word has its highest bit") {
  for (const std::uint64_t every : {0U, 1U, 3U, 50U}) {
    const std::vector<std::uint8_t> entries = make_leaf(every);
    Listed visited;
    vqi::detail::for_each_count(entries,
                                [&](std::uint32_t place, std::uint32_t count) { visited.emplace_back(place, count); });
    CHECK(visited == list_by_loop(entries, 0));
  }
  Listed visited;
  vqi::detail::for_each_count(std::vector<std::uint8_t>(8, 0x80),
                              [&](std::uint32_t place, std::uint32_t count) { visited.emplace_back(place, count); });
  CHECK(visited.size() == 8);
  vqi::detail::for_each_count({}, [](std::uint32_t, std::uint32_t) { FAIL("there is nothing to visit"); });
}
