// The chain of near codewords: the one that trying all of them makes.
#include "codeword_order.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "random.hpp"

using vqi::detail::SampleArray;

namespace {

SampleArray random_codebook(std::size_t k, std::uint32_t dimension, std::uint32_t depth, std::uint64_t values) {
  SampleArray codebook(k, dimension, depth);
  vqi::detail::Random random(k + dimension);
  for (std::size_t i = 0; i < k * dimension; ++i)
    vqi::detail::store_sample(codebook.row(0), i, depth, static_cast<std::uint32_t>(random.below(values)));
  return codebook;
}

std::uint64_t brightness_of(const SampleArray& codebook, std::size_t k) {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < codebook.dimension(); ++i) sum += codebook.at(k, i);
  return sum;
}

std::uint64_t distance_sq(const SampleArray& codebook, std::size_t a, std::size_t b) {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < codebook.dimension(); ++i) {
    const std::int64_t difference = std::int64_t{codebook.at(a, i)} - codebook.at(b, i);
    sum += static_cast<std::uint64_t>(difference * difference);
  }
  return sum;
}

std::vector<std::uint16_t> order_by_trying(const SampleArray& codebook) {
  // Codewords by brightness, the first of equals first: then "the darkest and then the first" is the first in this
  // list.
  std::vector<std::uint16_t> left(codebook.rows());
  std::iota(left.begin(), left.end(), std::uint16_t{0});
  std::stable_sort(left.begin(), left.end(), [&](std::uint16_t a, std::uint16_t b) {
    return brightness_of(codebook, a) < brightness_of(codebook, b);
  });
  std::vector<std::uint16_t> order;
  while (!left.empty()) {
    const auto nearest = order.empty()
                             ? left.begin()
                             : std::min_element(left.begin(), left.end(), [&](std::uint16_t a, std::uint16_t b) {
                                 return distance_sq(codebook, order.back(), a) < distance_sq(codebook, order.back(), b);
                               });
    order.push_back(*nearest);
    left.erase(nearest);
  }
  return order;
}

}  // namespace

TEST_CASE("each codeword is followed by the nearest remaining one, the darkest if several are equally near") {
  for (const auto& [dimension, depth] : {std::pair{1U, 8U}, {3U, 8U}, {12U, 8U}, {3U, 16U}, {100U, 16U}})
    for (const std::size_t k : {1U, 2U, 3U, 100U})
      for (const std::uint64_t values : {std::uint64_t{4}, std::uint64_t{1} << depth}) {  // few values: many ties
        const SampleArray codebook = random_codebook(k, dimension, depth, values);
        INFO("dimension " << dimension << ", depth " << depth << ", k " << k << ", values " << values);
        CHECK(vqi::detail::order_codewords(codebook) == order_by_trying(codebook));
      }
}

TEST_CASE("codewords of one brightness are chained by nearness all the same") {
  SampleArray codebook(60, 3, 8);
  for (std::uint32_t k = 0; k < 60; ++k) {
    vqi::detail::store_sample(codebook.row(k), 0, 8, k * 17 % 60);
    vqi::detail::store_sample(codebook.row(k), 1, 8, 59 - k * 17 % 60);
    vqi::detail::store_sample(codebook.row(k), 2, 8, 100);
  }
  CHECK(vqi::detail::order_codewords(codebook) == order_by_trying(codebook));
}

TEST_CASE("equal codewords are ordered by their number") {
  const SampleArray codebook(20, 4, 16);
  std::vector<std::uint16_t> numbers(20);
  std::iota(numbers.begin(), numbers.end(), std::uint16_t{0});
  CHECK(vqi::detail::order_codewords(codebook) == numbers);
}
