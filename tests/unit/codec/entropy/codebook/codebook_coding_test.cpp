// The coded codebook: round trips, sizes, order, and payloads that no encoder writes.
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "codebook_coding.hpp"
#include "codeword_order.hpp"
#include "random.hpp"

namespace {

vqi::detail::SampleArray make_codebook(std::size_t rows, std::uint32_t dimension, std::uint32_t depth, bool extremes) {
  vqi::detail::Random random(rows * 64 + dimension);
  vqi::detail::SampleArray codebook(rows, dimension, depth);
  const std::uint32_t top = depth == 16 ? 65535 : 255;
  for (std::size_t i = 0; i < rows * dimension; ++i)
    vqi::detail::store_sample(codebook.bytes().data(), i, depth,
                              static_cast<std::uint32_t>(extremes ? top * random.below(2) : random.below(top + 1)));
  return codebook;
}

bool same(const vqi::detail::SampleArray& a, const vqi::detail::SampleArray& b) {
  return std::equal(a.bytes().begin(), a.bytes().end(), b.bytes().begin(), b.bytes().end());
}

/// The order by its definition: all that are left are compared at each step.
std::vector<std::uint16_t> chain_of_nearest(const vqi::detail::SampleArray& codebook) {
  const auto sum_of = [&](std::uint16_t row, auto&& term) {
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < codebook.dimension(); ++i) sum += term(std::int64_t{codebook.at(row, i)}, i);
    return sum;
  };
  const auto brightness = [&](std::uint16_t row) {
    return sum_of(row, [](std::int64_t sample, std::uint32_t) { return static_cast<std::uint64_t>(sample); });
  };
  std::vector<std::uint16_t> left(codebook.rows());
  std::iota(left.begin(), left.end(), std::uint16_t{0});
  std::stable_sort(left.begin(), left.end(),
                   [&](std::uint16_t a, std::uint16_t b) { return brightness(a) < brightness(b); });
  std::vector<std::uint16_t> order{left.front()};
  left.erase(left.begin());
  while (!left.empty()) {
    const auto distance_sq = [&](std::uint16_t row) {
      return sum_of(row, [&](std::int64_t sample, std::uint32_t i) {
        const std::int64_t difference = sample - codebook.at(order.back(), i);
        return static_cast<std::uint64_t>(difference * difference);
      });
    };
    const auto nearest = std::min_element(
        left.begin(), left.end(), [&](std::uint16_t a, std::uint16_t b) { return distance_sq(a) < distance_sq(b); });
    order.push_back(*nearest);
    left.erase(nearest);
  }
  return order;
}

}  // namespace

TEST_CASE("codebooks of every depth and dimension come back, whatever surrounds their bytes") {
  for (const bool extremes : {false, true})
    for (const std::uint32_t depth : {8U, 16U})
      for (const std::uint32_t dimension : {1U, 2U, 3U, 4U, 48U})
        for (const std::size_t rows : {1U, 2U, 17U, 256U}) {
          const vqi::detail::SampleArray codebook = make_codebook(rows, dimension, depth, extremes);
          const std::vector<std::byte> coded = vqi::detail::encode_codebook(codebook);
          std::vector<std::byte> buffer(coded.size() + 32, std::byte{0xFF});
          std::copy(coded.begin(), coded.end(), buffer.begin() + 16);
          vqi::detail::SampleArray back(rows, dimension, depth);
          INFO("depth " << depth << ", dimension " << dimension << ", rows " << rows);
          REQUIRE(vqi::detail::decode_codebook(std::span(buffer).subspan(16, coded.size()), back, {}));
          REQUIRE(vqi::detail::check_coded_codebook(coded, rows, dimension, depth, {}));
          REQUIRE(same(back, codebook));
        }
}

TEST_CASE("the order holds every codeword once and makes a ramp's codebook a fifth of its plain size") {
  vqi::detail::SampleArray ramp(256, 3, 8);
  for (std::size_t i = 0; i < 256; ++i)
    for (std::uint32_t c = 0; c < 3; ++c)
      vqi::detail::store_sample(ramp.row(i), c, 8, static_cast<std::uint32_t>(i * 77 % 256));
  const std::vector<std::uint16_t> order = vqi::detail::order_codewords(ramp);
  CHECK(std::set<std::uint16_t>(order.begin(), order.end()).size() == 256);
  vqi::detail::SampleArray ordered(256, 3, 8);
  for (std::size_t i = 0; i < 256; ++i) std::copy_n(ramp.row(order[i]), 3, ordered.row(i));
  CHECK(vqi::detail::encode_codebook(ordered).size() < 256 * 3 / 5);
}

TEST_CASE("each codeword of the order is the nearest to the one before it, the darkest if several are equally near") {
  for (const bool extremes : {false, true})
    for (const std::uint32_t depth : {8U, 16U})
      for (const std::uint32_t dimension : {1U, 3U, 12U}) {
        const vqi::detail::SampleArray codebook = make_codebook(300, dimension, depth, extremes);
        INFO("depth " << depth << ", dimension " << dimension << ", extremes " << extremes);
        CHECK(vqi::detail::order_codewords(codebook) == chain_of_nearest(codebook));
      }
}

TEST_CASE("a coded codebook that is cut, longer or made of noise is refused or decodes within its samples") {
  const vqi::detail::SampleArray codebook = make_codebook(60, 3, 8, false);
  const std::vector<std::byte> coded = vqi::detail::encode_codebook(codebook);
  vqi::detail::SampleArray back(60, 3, 8);
  for (std::size_t size = 0; size < coded.size(); ++size) {
    const std::vector<std::byte> cut(coded.begin(), coded.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK_FALSE((vqi::detail::decode_codebook(cut, back, {}) && same(back, codebook)));
  }
  std::vector<std::byte> longer = coded;
  longer.push_back(std::byte{0});
  CHECK_FALSE(vqi::detail::decode_codebook(longer, back, {}));
  vqi::detail::Random random(5);
  for (int round = 0; round < 100; ++round) {
    std::vector<std::byte> noise(random.below(300));
    for (std::byte& byte : noise) byte = static_cast<std::byte>(random.below(256));
    CHECK(vqi::detail::decode_codebook(noise, back, {}) ==
          vqi::detail::check_coded_codebook(noise, back.rows(), back.dimension(), back.bit_depth(), {}));
  }
}

TEST_CASE("a coded codebook ends where its bytes run out, however many rows are asked for") {
  const std::vector<std::byte> coded = vqi::detail::encode_codebook(make_codebook(60, 1024, 8, false));
  std::size_t calls = 0;
  CHECK_FALSE(vqi::detail::check_coded_codebook(coded, 60'000, 1024, 8, [&calls] { ++calls; }));
  CHECK(calls <= 60 * 1024 / 32768 + 1);
  calls = 0;
  CHECK(vqi::detail::check_coded_codebook(coded, 60, 1024, 8, [&calls] { ++calls; }));
  CHECK(calls == 1);
}

TEST_CASE("what the hook of a codebook throws comes out") {
  const std::vector<std::byte> coded = vqi::detail::encode_codebook(make_codebook(60, 1024, 8, false));
  vqi::detail::SampleArray back(60, 1024, 8);
  CHECK_THROWS_AS(vqi::detail::decode_codebook(coded, back, [] { throw 7; }), int);
}
