// KeyCounts, KeyIndices and KeyFormat: as a map of counts, past 255, merged, and back to indices.
#include "colour_histogram.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "colour_code.hpp"
#include "histogram_chunk.hpp"
#include "random.hpp"

namespace {

using Keys = std::vector<std::uint32_t>;

/// Keys of which some occur once and some hundreds of times.
Keys draw_keys(std::uint64_t seed, std::size_t count) {
  vqi::detail::Random random(seed);
  Keys keys;
  while (keys.size() < count) {
    const auto key = static_cast<std::uint32_t>(random.below(1U << 24U));
    const std::uint64_t repeats = random.below(20) == 0 ? 254 + random.below(600) : 1;
    for (std::uint64_t r = 0; r < repeats; ++r) keys.push_back(key);
  }
  return keys;
}

void require_counts(const vqi::detail::KeyCounts& table, const std::map<std::uint32_t, std::uint32_t>& expected) {
  vqi::detail::LargeVector<std::uint32_t> keys;
  vqi::detail::LargeVector<std::uint32_t> counts;
  for (const std::uint32_t threads : {1U, 3U}) {
    table.list(keys, counts, vqi::detail::ThreadPool(threads));
    REQUIRE(keys.size() == expected.size());
    std::size_t i = 0;
    std::size_t wrong = 0;
    for (const auto& [key, count] : expected) {
      wrong += keys[i] != key || counts[i] != count ? 1U : 0U;
      ++i;
    }
    CHECK(wrong == 0);
  }
}

}  // namespace

TEST_CASE("counts equal those of a map, also above a byte and after joining two tables") {
  const vqi::detail::KeyLayout layout = GENERATE(vqi::detail::KeyLayout::leaves, vqi::detail::KeyLayout::whole);
  const Keys first = draw_keys(1, 50'000);
  Keys second = draw_keys(2, 20'000);
  second.insert(second.end(), first.begin(), first.begin() + 10'000);
  second.insert(second.end(), 255, first.front());
  std::map<std::uint32_t, std::uint32_t> expected;
  vqi::detail::KeyCounts table(std::size_t{1} << 24, layout);
  table.add(first);
  for (const std::uint32_t key : first) ++expected[key];
  require_counts(table, expected);
  vqi::detail::KeyCounts other(std::size_t{1} << 24, layout);
  other.add(second);
  for (const std::uint32_t key : second) ++expected[key];
  table.add(other, vqi::detail::ThreadPool(GENERATE(1U, 2U)));
  require_counts(table, expected);
}

TEST_CASE("one key a million times is one key with that count") {
  vqi::detail::KeyCounts table(256, GENERATE(vqi::detail::KeyLayout::leaves, vqi::detail::KeyLayout::whole));
  table.add(Keys(1'000'000, 7));
  require_counts(table, {{7, 1'000'000}});
}

TEST_CASE("every key finds the index it was given, narrow and wide") {
  vqi::detail::KeyCounts table(std::size_t{1} << 24,
                               GENERATE(vqi::detail::KeyLayout::leaves, vqi::detail::KeyLayout::whole));
  const Keys all = draw_keys(3, 5000);
  table.add(all);
  vqi::detail::LargeVector<std::uint32_t> keys;
  vqi::detail::LargeVector<std::uint32_t> counts;
  table.list(keys, counts, vqi::detail::ThreadPool(1));
  for (const std::uint32_t greatest : {255U, 256U, 65535U}) {
    std::vector<std::uint16_t> index_of(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) index_of[i] = static_cast<std::uint16_t>(i * 7 % (greatest + 1));
    index_of.back() = static_cast<std::uint16_t>(greatest);
    const vqi::detail::KeyIndices indices(table, keys, index_of, vqi::detail::ThreadPool(2));
    std::vector<std::uint16_t> found(all.size());
    indices.look_up(all, found.data());
    std::size_t wrong = 0;
    for (std::size_t n = 0; n < all.size(); ++n) {
      const auto at = std::lower_bound(keys.begin(), keys.end(), all[n]) - keys.begin();
      wrong += found[n] != index_of[static_cast<std::size_t>(at)] ? 1U : 0U;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("many keys are counted where they are, few in leaves") {
  CHECK(vqi::detail::layout_for(768 * 512) == vqi::detail::KeyLayout::leaves);
  CHECK(vqi::detail::layout_for(24'000'000) == vqi::detail::KeyLayout::whole);
}

TEST_CASE("a leaf's list has the entries that are not 0, whatever is around it") {
  vqi::detail::Random random(5);
  for (const std::uint64_t one_in : {1U, 2U, 9U, 600U}) {
    std::vector<std::uint8_t> entries(vqi::detail::leaf_keys + 2, 77);
    vqi::detail::LeafList list;
    std::vector<std::uint32_t> keys;
    for (std::size_t i = 0; i < vqi::detail::leaf_keys; ++i) {
      entries[i + 1] = random.below(one_in) == 0 ? static_cast<std::uint8_t>(1 + random.below(255)) : 0;
      if (entries[i + 1] != 0) keys.push_back(static_cast<std::uint32_t>(5120 + i));
    }
    vqi::detail::list_leaf(entries.data() + 1, 5120, list);
    REQUIRE(vqi::detail::count_leaf(entries.data() + 1) == keys.size());
    REQUIRE(list.size == keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      REQUIRE(list.keys[i] == keys[i]);
      REQUIRE(list.counts[i] == entries[keys[i] - 5120 + 1]);
    }
  }
}

TEST_CASE("keys return the vectors they were made of, those of three bytes in Morton order") {
  for (const std::size_t bytes : {1U, 2U, 3U}) {
    const vqi::detail::KeyFormat format(bytes);
    vqi::detail::Random random(bytes);
    std::vector<std::byte> vectors(bytes * 3000);
    for (std::byte& byte : vectors) byte = static_cast<std::byte>(random.below(256));
    Keys keys(3000);
    format.read_keys(vectors.data(), keys);
    CHECK(std::all_of(keys.begin(), keys.end(), [&](std::uint32_t key) { return key < format.key_count(); }));
    std::vector<std::byte> back(vectors.size());
    format.write_vectors(keys, back.data());
    CHECK(back == vectors);
  }
  // Every count, as the last few are not interleaved many at a time.
  const vqi::detail::KeyFormat format(3);
  vqi::detail::Random random(9);
  for (std::size_t count = 1; count < 100; ++count) {
    std::vector<std::byte> vectors(3 * count);
    for (std::byte& byte : vectors) byte = static_cast<std::byte>(random.below(256));
    Keys keys(count);
    format.read_keys(vectors.data(), keys);
    std::vector<std::byte> back(vectors.size());
    format.write_vectors(keys, back.data());
    CHECK(back == vectors);
  }
  const std::byte colour[] = {std::byte{0x80}, std::byte{0}, std::byte{1}};
  Keys key(1);
  vqi::detail::KeyFormat(3).read_keys(colour, key);
  CHECK(key[0] == ((1U << 23) | 1U));
}
