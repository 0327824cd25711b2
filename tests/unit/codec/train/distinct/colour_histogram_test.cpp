// ColourHistogram, ColourIndices and ColourCode: as a map of counts, past 255, merged, and back to indices.
#include "colour_histogram.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "colour_code.hpp"
#include "histogram_chunk.hpp"
#include "random.hpp"

namespace {

using Codes = std::vector<std::uint32_t>;

/// Codes of which some occur once and some hundreds of times.
Codes draw_codes(std::uint64_t seed, std::size_t count) {
  vqi::detail::Random random(seed);
  Codes codes;
  while (codes.size() < count) {
    const auto code = static_cast<std::uint32_t>(random.below(1U << 24U));
    const std::uint64_t repeats = random.below(20) == 0 ? 254 + random.below(600) : 1;
    for (std::uint64_t r = 0; r < repeats; ++r) codes.push_back(code);
  }
  return codes;
}

void require_counts(const vqi::detail::ColourHistogram& histogram,
                    const std::map<std::uint32_t, std::uint32_t>& expected) {
  vqi::detail::LargeVector<std::uint32_t> codes;
  vqi::detail::LargeVector<std::uint32_t> counts;
  for (const std::uint32_t threads : {1U, 3U}) {
    histogram.list(codes, counts, vqi::detail::ThreadPool(threads));
    REQUIRE(codes.size() == expected.size());
    std::size_t i = 0;
    std::size_t wrong = 0;
    for (const auto& [code, count] : expected) {
      wrong += codes[i] != code || counts[i] != count ? 1U : 0U;
      ++i;
    }
    CHECK(wrong == 0);
  }
}

}  // namespace

TEST_CASE("counts equal those of a map, also above a byte and after joining two histograms") {
  const vqi::detail::HistogramLayout layout =
      GENERATE(vqi::detail::HistogramLayout::chunks, vqi::detail::HistogramLayout::contiguous);
  const Codes first = draw_codes(1, 50'000);
  Codes second = draw_codes(2, 20'000);
  second.insert(second.end(), first.begin(), first.begin() + 10'000);
  second.insert(second.end(), 255, first.front());
  std::map<std::uint32_t, std::uint32_t> expected;
  vqi::detail::ColourHistogram histogram(std::size_t{1} << 24, layout);
  histogram.add(first);
  for (const std::uint32_t code : first) ++expected[code];
  require_counts(histogram, expected);
  vqi::detail::ColourHistogram other(std::size_t{1} << 24, layout);
  other.add(second);
  for (const std::uint32_t code : second) ++expected[code];
  histogram.add(other, vqi::detail::ThreadPool(GENERATE(1U, 2U)));
  require_counts(histogram, expected);
}

TEST_CASE("a code a million times is one code with that count") {
  vqi::detail::ColourHistogram histogram(
      256, GENERATE(vqi::detail::HistogramLayout::chunks, vqi::detail::HistogramLayout::contiguous));
  histogram.add(Codes(1'000'000, 7));
  require_counts(histogram, {{7, 1'000'000}});
}

TEST_CASE("every code finds the index it was given, narrow and wide") {
  vqi::detail::ColourHistogram histogram(
      std::size_t{1} << 24, GENERATE(vqi::detail::HistogramLayout::chunks, vqi::detail::HistogramLayout::contiguous));
  const Codes all = draw_codes(3, 5000);
  histogram.add(all);
  vqi::detail::LargeVector<std::uint32_t> codes;
  vqi::detail::LargeVector<std::uint32_t> counts;
  histogram.list(codes, counts, vqi::detail::ThreadPool(1));
  for (const std::uint32_t greatest : {255U, 256U, 65535U}) {
    std::vector<std::uint16_t> index_of(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) index_of[i] = static_cast<std::uint16_t>(i * 7 % (greatest + 1));
    index_of.back() = static_cast<std::uint16_t>(greatest);
    const vqi::detail::ColourIndices indices(histogram, codes, index_of, vqi::detail::ThreadPool(2));
    std::vector<std::uint16_t> found(all.size());
    indices.look_up(all, found.data());
    std::size_t wrong = 0;
    for (std::size_t n = 0; n < all.size(); ++n) {
      const auto at = std::lower_bound(codes.begin(), codes.end(), all[n]) - codes.begin();
      wrong += found[n] != index_of[static_cast<std::size_t>(at)] ? 1U : 0U;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("many vectors are counted in contiguous bins, few in chunks") {
  CHECK(vqi::detail::layout_for(768 * 512) == vqi::detail::HistogramLayout::chunks);
  CHECK(vqi::detail::layout_for(24'000'000) == vqi::detail::HistogramLayout::contiguous);
}

TEST_CASE("a chunk's list has the bins that are not 0, whatever is around it") {
  vqi::detail::Random random(5);
  for (const std::uint64_t one_in : {1U, 2U, 9U, 600U}) {
    std::vector<std::uint8_t> bins(vqi::detail::chunk_bins + 2, 77);
    vqi::detail::ChunkList list;
    std::vector<std::uint32_t> codes;
    for (std::size_t i = 0; i < vqi::detail::chunk_bins; ++i) {
      bins[i + 1] = random.below(one_in) == 0 ? static_cast<std::uint8_t>(1 + random.below(255)) : 0;
      if (bins[i + 1] != 0) codes.push_back(static_cast<std::uint32_t>(5120 + i));
    }
    vqi::detail::list_chunk(bins.data() + 1, 5120, list);
    REQUIRE(vqi::detail::count_occurring(bins.data() + 1) == codes.size());
    REQUIRE(list.size == codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
      REQUIRE(list.codes[i] == codes[i]);
      REQUIRE(list.counts[i] == bins[codes[i] - 5120 + 1]);
    }
  }
}

TEST_CASE("codes return the vectors they were made of, and three bytes make a Morton code") {
  for (const std::size_t bytes : {1U, 2U, 3U}) {
    const vqi::detail::ColourCode format(bytes);
    vqi::detail::Random random(bytes);
    std::vector<std::byte> vectors(bytes * 3000);
    for (std::byte& byte : vectors) byte = static_cast<std::byte>(random.below(256));
    Codes codes(3000);
    format.read_codes(vectors.data(), codes);
    CHECK(std::all_of(codes.begin(), codes.end(), [&](std::uint32_t code) { return code < format.code_count(); }));
    std::vector<std::byte> back(vectors.size());
    format.write_vectors(codes, back.data());
    CHECK(back == vectors);
  }
  // Every count, as the last few are not interleaved many at a time.
  const vqi::detail::ColourCode format(3);
  vqi::detail::Random random(9);
  for (std::size_t count = 1; count < 100; ++count) {
    std::vector<std::byte> vectors(3 * count);
    for (std::byte& byte : vectors) byte = static_cast<std::byte>(random.below(256));
    Codes codes(count);
    format.read_codes(vectors.data(), codes);
    std::vector<std::byte> back(vectors.size());
    format.write_vectors(codes, back.data());
    CHECK(back == vectors);
  }
  const std::byte colour[] = {std::byte{0x80}, std::byte{0}, std::byte{1}};
  Codes code(1);
  vqi::detail::ColourCode(3).read_codes(colour, code);
  CHECK(code[0] == ((1U << 23) | 1U));
}
