// A sample of vectors is the same in any order and split, exact while it has room, and an unbiased estimate after that.
#include "sampled_vectors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "random.hpp"
#include "test_images.hpp"

using namespace vqi::detail;

namespace {

/// `images` vectors with counts, as of as many images; the last of them counts most.
struct Drawn {
  explicit Drawn(std::uint64_t seed, std::size_t images = 6) {
    Random random(seed);
    for (std::size_t i = 0; i < images; ++i) {
      SampleArray& rows = samples.emplace_back(20, 3, 16);
      for (std::size_t r = 0; r < rows.rows(); ++r)
        for (std::size_t c = 0; c < 3; ++c)
          store_sample(rows.row(r), c, 16, static_cast<std::uint32_t>(random.below(40)));
      for (std::size_t r = 0; r < rows.rows(); ++r) counts.push_back(static_cast<std::uint32_t>(1 + random.below(9)));
      counts.back() = 500;
      ids.push_back({});
      for (std::byte& byte : ids.back()) byte = static_cast<std::byte>(random.below(256));
    }
  }

  [[nodiscard]] WeightedVectors of(std::size_t i) const {
    const auto first = counts.begin() + static_cast<std::ptrdiff_t>(20 * i);
    return {samples[i], {first, first + 20}, false};
  }
  [[nodiscard]] std::uint64_t total() const { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); }

  std::vector<SampleArray> samples;
  std::vector<std::uint32_t> counts;
  std::vector<ImageId> ids;
};

struct Entries {
  std::vector<std::uint64_t> numbers;
  std::uint64_t threshold = 0;
  bool operator==(const Entries&) const = default;
};

Entries entries_of(const SampledVectors& sample) {
  const SampledVectors::Kept kept = sample.kept();
  Entries entries{{}, kept.threshold};
  for (const std::uint32_t n : kept.order) {
    entries.numbers.push_back(sample.entry(n).rank);
    entries.numbers.push_back(sample.entry(n).count);
    for (std::size_t i = 0; i < 3; ++i) entries.numbers.push_back(load_sample(sample.row(n), i, 16));
  }
  return entries;
}

std::uint64_t sum_of(const VectorRun& run) {
  return std::accumulate(run.counts.begin(), run.counts.end(), std::uint64_t{0});
}

}  // namespace

TEST_CASE("a sample does not depend on the order of images or on how they are split") {
  for (const std::uint32_t most : {1U, 7U, 40U, 119U, 120U, 500U}) {
    const Drawn drawn(most);
    SampledVectors whole(3, 16, most);
    for (std::size_t i = 0; i < drawn.ids.size(); ++i) whole.add(drawn.of(i), drawn.ids[i]);
    const Entries expected = entries_of(whole);
    CHECK(expected.numbers.size() == 5 * std::min<std::size_t>(most, drawn.counts.size()));
    CHECK((expected.threshold == 0) == (most >= drawn.counts.size()));
    CHECK(whole.is_partial() == (most < drawn.counts.size()));
    Random random(3);
    for (int trial = 0; trial < 20; ++trial) {
      std::vector<SampledVectors> parts(1 + random.below(4), SampledVectors(3, 16, most));
      std::vector<std::size_t> order(drawn.ids.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
      for (const std::size_t i : order) parts[random.below(parts.size())].add(drawn.of(i), drawn.ids[i]);
      SampledVectors merged(3, 16, most);
      for (const SampledVectors& part : parts) merged.add(part);
      CHECK(entries_of(merged) == expected);
    }
  }
}

TEST_CASE("entries stand for their own counts until some are left out") {
  const Drawn drawn(1);
  SampledVectors sample(3, 16, 120);
  for (std::size_t i = 0; i < drawn.ids.size(); ++i) sample.add(drawn.of(i), drawn.ids[i]);
  CHECK(sum_of(sample.weighted()) == drawn.total());
  sample.add(drawn.of(0), ImageId{});
  CHECK(sample.is_partial());
  CHECK(sum_of(sample.weighted()) != drawn.total() + 20);
}

TEST_CASE("what the kept entries stand for together is on average the number of vectors, and frequent ones are kept") {
  double ratios = 0;
  constexpr int trials = 400;
  for (int trial = 0; trial < trials; ++trial) {
    const Drawn drawn(static_cast<std::uint64_t>(trial) + 1);
    SampledVectors sample(3, 16, 30);
    for (std::size_t i = 0; i < drawn.ids.size(); ++i) sample.add(drawn.of(i), drawn.ids[i]);
    const VectorRun run = sample.weighted();
    ratios += static_cast<double>(sum_of(run)) / static_cast<double>(drawn.total());
    CHECK(std::count(run.counts.begin(), run.counts.end(), 500U) == 6);
  }
  CHECK(ratios / trials == Approx(1).margin(0.01));  // its standard error is 0.002
}

TEST_CASE("the hash takes every sample and every byte of the key") {
  const std::vector<std::byte> row(18, std::byte{7});
  const std::uint64_t hash = keyed_hash(row.data(), row.size(), 8, {});
  for (std::size_t i = 0; i < row.size(); ++i) {
    std::vector<std::byte> other = row;
    other[i] ^= std::byte{1};
    CHECK(keyed_hash(other.data(), other.size(), 8, {}) != hash);
  }
  for (std::size_t i = 0; i < sizeof(ImageId); ++i) {
    ImageId key{};
    key[i] = std::byte{128};
    CHECK(keyed_hash(row.data(), row.size(), 8, key) != hash);
  }
  ImageId ascending{};
  for (std::size_t i = 0; i < ascending.size(); ++i) ascending[i] = static_cast<std::byte>(i);
  // Computed apart, by the text of STATISTICS.md.
  CHECK(keyed_hash(row.data(), row.size(), 8, ascending) == 0xCDECC0ED85BDC182U);
}
