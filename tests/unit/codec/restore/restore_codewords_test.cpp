// The filter's inputs: spreads as by all distances, numbers within their 16 bits, grey as three equal planes.
#include "restore_codewords.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "codec/restore/restore_reference.hpp"
#include "random.hpp"

using namespace vqi::detail;

namespace {

SampleArray random_codebook(std::size_t k, std::uint32_t channels, std::uint32_t depth, std::uint64_t values) {
  Random random(k + channels + depth);
  SampleArray codebook(k, channels, depth);
  for (std::size_t i = 0; i < k; ++i)
    for (std::uint32_t c = 0; c < channels; ++c)
      store_sample(codebook.row(i), c, depth, static_cast<std::uint32_t>(random.below(values)));
  return codebook;
}

/// floor of the square root by search.
std::uint64_t root(std::uint64_t value) {
  auto guess = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(value)));
  while (guess * guess > value) --guess;
  while ((guess + 1) * (guess + 1) <= value) ++guess;
  return guess;
}

std::uint32_t plain_spread(const SampleArray& codebook, std::uint32_t channels, std::size_t k) {
  std::vector<std::uint64_t> distances;
  for (std::size_t other = 0; other < codebook.rows(); ++other) {
    std::uint64_t sum = 0;
    for (std::uint32_t plane = 0; plane < 3; ++plane) {
      const std::uint32_t c = channels >= 3 ? plane : 0;
      const std::int64_t difference =
          (std::int64_t{codebook.at(k, c)} - codebook.at(other, c)) * (codebook.bit_depth() == 8 ? 257 : 1);
      sum += static_cast<std::uint64_t>(difference * difference);
    }
    if (other != k) distances.push_back(root(sum));
  }
  std::sort(distances.begin(), distances.end());
  distances.resize(std::min<std::size_t>(4, distances.size()));
  std::uint64_t sum = 0;
  for (const std::uint64_t distance : distances) sum += distance;
  const std::uint64_t mean = 4 * sum / distances.size();
  return static_cast<std::uint32_t>(root(root(mean * mean * mean)));
}

}  // namespace

TEST_CASE("the spread of each codeword is that of all distances, with equal colours and few codewords") {
  for (const auto& [k, channels, depth, values] : {std::tuple{200U, 3U, 8U, 256U},
                                                   {200U, 4U, 8U, 5U},
                                                   {97U, 1U, 16U, 65536U},
                                                   {64U, 2U, 8U, 256U},
                                                   {150U, 3U, 16U, 65536U},
                                                   {2U, 3U, 8U, 256U},
                                                   {3U, 1U, 8U, 256U},
                                                   {5U, 3U, 8U, 2U}}) {
    const SampleArray codebook = random_codebook(k, channels, depth, values);
    const std::vector<std::uint32_t> spreads = codeword_spreads(codebook, channels);
    INFO("K " << k << ", channels " << channels << ", depth " << depth);
    for (std::size_t i = 0; i < k; ++i) REQUIRE(spreads[i] == plain_spread(codebook, channels, i));
  }
}

TEST_CASE("colours are inputs in 1/64 of the deviation, and grey is three planes of one colour") {
  SampleArray codebook(2, 1, 8);
  store_sample(codebook.row(0), 0, 8, 10);
  store_sample(codebook.row(1), 0, 8, 255);
  const std::vector<RestoreCodeword> words = restore_codewords(codebook, 1, {8, 514, 256});
  CHECK(vqi::test::inputs_of(words[0])[0] == 320);  // 10 of a deviation of 2: 5, times 64
  CHECK(vqi::test::inputs_of(words[0])[1] == 320);
  CHECK(vqi::test::inputs_of(words[0])[2] == 320);
  CHECK(vqi::test::inputs_of(words[1])[0] == 8160);
}

TEST_CASE("inputs stay within 16 bits and gains within 20 for the smallest deviation and the largest scale") {
  SampleArray codebook(2, 3, 16);
  for (std::uint32_t c = 0; c < 3; ++c) store_sample(codebook.row(1), c, 16, 65535);
  const std::vector<RestoreCodeword> narrow = restore_codewords(codebook, 3, {15, 1, 65535});
  CHECK(vqi::test::inputs_of(narrow[1])[0] == 32513);
  CHECK(vqi::test::inputs_of(narrow[1])[3] == 63);  // the radius is far above the deviation
  CHECK(narrow[1].gain == 65535 * 15);
  const std::vector<RestoreCodeword> wide = restore_codewords(codebook, 3, {1, 65535, 1});
  CHECK(vqi::test::inputs_of(wide[1])[0] == 64);
  CHECK(vqi::test::inputs_of(wide[1])[3] == -63);
  CHECK(wide[1].gain > 0);
}
