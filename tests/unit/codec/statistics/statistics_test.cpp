// Statistics count images, merge with each other, and refuse what would count twice or cannot be together.
#include "vqi/statistics.hpp"

#include <catch2/catch.hpp>

#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/error.hpp"

using vqi::ErrorCode;
using vqi::Image;
using vqi::Statistics;
using vqi::test::Content;
using vqi::test::thrown_by;

namespace {

Image picture(std::uint64_t seed, std::uint32_t channels = 3, std::uint32_t depth = 8) {
  return vqi::test::make_image(17, 9, channels, depth, Content::noise, seed);
}

/// Statistics of the images with these seeds, the shard `number` of 9.
Statistics part(const std::vector<std::uint64_t>& seeds, std::uint32_t number, std::uint32_t sample_size = 1000) {
  Statistics statistics(1, 1, sample_size, {number, 9});
  for (const std::uint64_t seed : seeds) statistics.add(picture(seed));
  return statistics;
}

ErrorCode code_of(const std::function<void()>& work) {
  const auto code = thrown_by(work).code;
  return code.value_or(ErrorCode{});
}

}  // namespace

TEST_CASE("statistics tell images, pixels, vectors and distinct ones") {
  Statistics statistics(4, 2, 3);
  CHECK(statistics.images() == 0);
  CHECK(statistics.distinct_vectors() == 0);
  CHECK(statistics.shards().empty());
  statistics.add(picture(1));
  statistics.add(picture(1));
  CHECK(statistics.images() == 2);
  CHECK(statistics.pixels() == 2 * 17 * 9);
  CHECK(statistics.vectors() == 2 * 5 * 5);
  CHECK(statistics.is_sampled());
  CHECK(statistics.distinct_vectors() <= 3);
  CHECK(statistics.shards().size() == 1);
  Statistics grey;
  const Image flat = vqi::test::make_image(8, 8, 1, 8, Content::flat);
  grey.add(flat);
  CHECK(grey.variance() == 0.0);
  CHECK(grey.distinct_vectors() == 1);
  CHECK(!grey.is_sampled());
}

TEST_CASE("images of several types have no variance together, as their code values do not compare") {
  Statistics statistics;
  CHECK(!statistics.variance());
  statistics.add(vqi::test::make_image(8, 8, 3, 8, Content::noise));
  CHECK(statistics.variance() > 0.0);
  statistics.add(vqi::test::make_image(8, 8, 3, 16, Content::noise));
  CHECK(!statistics.variance());
}

TEST_CASE("a shard's id is of its images, in any order, and of its number") {
  CHECK(part({1, 2}, 1).shards() == part({2, 1}, 1).shards());
  CHECK(part({1, 2}, 1).shards() != part({1, 2}, 2).shards());
  CHECK(part({1, 2}, 1).shards() != part({1, 3}, 1).shards());
  CHECK(part({1, 2}, 1).shards() != part({1}, 1).shards());
}

TEST_CASE("a part that is there already adds nothing, and a larger one takes the place of what it holds") {
  Statistics all = part({1, 2}, 1);
  CHECK(!all.merge(part({2, 1}, 1)));
  CHECK(all.images() == 2);
  CHECK(all.merge(part({3}, 2)));
  CHECK(!all.merge(part({3}, 2)));
  CHECK(all.images() == 3);
  CHECK(all.shards().size() == 2);
  Statistics small = part({3}, 2);
  CHECK(small.merge(std::move(all)));
  CHECK(small.images() == 3);
}

TEST_CASE("pictures with equal pixels count each in shards of their own") {
  Statistics all = part({1}, 1);
  CHECK(all.merge(part({1}, 2)));
  CHECK(all.images() == 2);
}

TEST_CASE("parts that share some of their shards are refused, and nothing has changed") {
  Statistics left = part({1}, 1);
  left.merge(part({2}, 2));
  Statistics right = part({2}, 2);
  right.merge(part({3}, 3));
  const auto before = vqi::write_statistics(left);
  CHECK(code_of([&] { left.merge(std::move(right)); }) == ErrorCode::invalid_option);
  CHECK(vqi::write_statistics(left) == before);
}

TEST_CASE("parts of unlike settings are refused, empty ones too") {
  Statistics pixels = part({1}, 1);
  CHECK(code_of([&] { pixels.merge(part({2}, 2, 999)); }) == ErrorCode::invalid_option);
  CHECK(code_of([&] { pixels.merge(Statistics(1, 2, 1000)); }) == ErrorCode::invalid_option);
  CHECK(!pixels.merge(Statistics(1, 1, 1000)));
}

TEST_CASE("images that are added after a merge are a shard of their own, even the same ones") {
  Statistics all = part({1}, 1);
  all.merge(part({2}, 2));
  all.add(picture(1));
  CHECK(all.shards().size() == 3);
  CHECK(all.images() == 3);
}

TEST_CASE("settings out of range and too little memory are refused") {
  CHECK(code_of([] { Statistics(0, 1); }) == ErrorCode::invalid_option);
  CHECK(code_of([] { Statistics(1, 17); }) == ErrorCode::invalid_option);
  CHECK(code_of([] { Statistics(1, 1, 0); }) == ErrorCode::invalid_option);
  CHECK(code_of([] { Statistics(1, 1, Statistics::sample_size_max + 1); }) == ErrorCode::invalid_option);
  CHECK(code_of([] { Statistics(1, 1, 1, {0, 1}); }) == ErrorCode::invalid_option);
  CHECK(code_of([] { Statistics(1, 1, 1, {3, 2}); }) == ErrorCode::invalid_option);
  vqi::RunOptions run;
  run.max_memory_bytes = 1000;
  Statistics statistics;
  CHECK(thrown_by([&] { statistics.add(picture(1), run); }).limit == vqi::Limit::memory);
  CHECK(statistics.images() == 0);
  statistics = part({1}, 1);
  CHECK(thrown_by([&] { statistics.merge(part({2}, 2), run); }).limit == vqi::Limit::memory);
  CHECK(statistics.images() == 1);
  CHECK(code_of([&] { statistics.add({}); }) == ErrorCode::invalid_image);
}

TEST_CASE("a sample bounds the memory of blocks") {
  Statistics statistics(2, 2, 50);
  vqi::RunOptions run;
  run.max_memory_bytes = 40'000;
  for (std::uint64_t seed = 0; seed < 100; ++seed) statistics.add(picture(seed), run);
  CHECK(statistics.images() == 100);
  CHECK(statistics.distinct_vectors() == 50);
}
