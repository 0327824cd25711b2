// Uniform range indices: sizes, round trips, and refusal of what no encoder writes.
#include "uniform_range.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <span>
#include <vector>

#include "random.hpp"

namespace {

enum class Kind { random, greatest, zero };

std::vector<std::uint16_t> make_indices(std::size_t count, std::uint32_t k, Kind kind) {
  vqi::detail::Random random(count + k);
  std::vector<std::uint16_t> indices(count);
  for (std::uint16_t& index : indices)
    index = static_cast<std::uint16_t>(kind == Kind::random ? random.below(k) : kind == Kind::greatest ? k - 1 : 0);
  return indices;
}

}  // namespace

TEST_CASE("uniform range indices round-trip for K and lengths of all kinds") {
  for (const std::uint32_t k : {2U, 3U, 5U, 7U, 10U, 100U, 129U, 255U, 257U, 1000U, 5000U, 32769U, 65535U, 65536U})
    for (const std::size_t count : {0U, 1U, 3U, 4U, 5U, 1000U})
      for (const Kind kind : {Kind::random, Kind::greatest, Kind::zero}) {
        INFO("k " << k << " count " << count);
        const std::vector<std::uint16_t> indices = make_indices(count, k, kind);
        const std::vector<std::byte> coded = vqi::detail::encode_uniform(indices, k);
        CHECK(coded.size() <= vqi::detail::uniform_size_max_bytes(count));
        std::vector<std::uint16_t> back(count);
        REQUIRE(vqi::detail::decode_uniform(coded, k, back));
        REQUIRE(back == indices);
      }
}

TEST_CASE("uniform range indices come in parts, and as many as the words that are left give") {
  constexpr std::uint32_t k = 1000;
  const std::vector<std::uint16_t> indices = make_indices(1001, k, Kind::random);
  const std::vector<std::byte> coded = vqi::detail::encode_uniform(indices, k);
  std::vector<std::uint16_t> back(indices.size());
  vqi::detail::UniformDecoder whole(coded, k);
  for (std::size_t at = 0; at < 1001; at += 100) {
    const auto part = std::span(back).subspan(at, std::min<std::size_t>(100, 1001 - at));
    CHECK(whole.decode(part) == part.size());
    CHECK(whole.finished() == (at == 1000));
  }
  CHECK(back == indices);
  std::size_t before = 0;
  for (std::size_t size = 32; size < coded.size(); size += 3) {
    vqi::detail::UniformDecoder cut{std::span(coded).first(size), k};
    const std::size_t count = cut.decode(back);
    CHECK(count >= before);
    // Up to 16 bits stay in each of the four states, six indices in all, and indices come by fours.
    CHECK(count + 12 >= 1000 * (size - 32) / (coded.size() - 32));
    CHECK(std::equal(back.begin(), back.begin() + static_cast<std::ptrdiff_t>(count), indices.begin()));
    CHECK_FALSE(cut.finished());
    before = count;
  }
}

TEST_CASE("uniform range costs at most 0.5 % over log2(K) on 65536 indices, for every K") {
  constexpr std::size_t count = 65536;
  double worst = 0;
  for (std::uint32_t k = 3; k <= 65535; k = k < 300 ? k + 1 : k + k / 7) {
    if ((k & (k - 1)) == 0) continue;
    const double ideal_bytes = count * std::log2(double{1} * k) / 8;
    for (const Kind kind : {Kind::random, Kind::greatest})
      worst = std::max(worst, static_cast<double>(vqi::detail::encode_uniform(make_indices(count, k, kind), k).size()) /
                                  ideal_bytes);
  }
  CHECK(worst <= 1.005);
}

TEST_CASE("uniform range bytes that are cut, longer or changed are refused or give other indices") {
  constexpr std::uint32_t k = 100;
  const std::vector<std::uint16_t> indices = make_indices(200, k, Kind::random);
  const std::vector<std::byte> coded = vqi::detail::encode_uniform(indices, k);
  std::vector<std::uint16_t> back(indices.size());
  for (std::size_t size = 0; size < coded.size(); ++size)
    CHECK_FALSE(vqi::detail::decode_uniform(std::span(coded).first(size), k, back));
  std::vector<std::byte> longer = coded;
  longer.insert(longer.end(), 4, std::byte{0});
  CHECK_FALSE(vqi::detail::decode_uniform(longer, k, back));
  for (std::size_t bit = 0; bit < coded.size() * 8; ++bit) {
    std::vector<std::byte> damaged = coded;
    damaged[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    if (vqi::detail::decode_uniform(damaged, k, back)) {
      CHECK(back != indices);
      CHECK(std::all_of(back.begin(), back.end(), [](std::uint16_t index) { return index < k; }));
    }
  }
}
