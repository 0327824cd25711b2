// However images are split into parts, and parts are ordered, repeated and merged, one and the same codebook is
// learned.
#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>

#include "random.hpp"
#include "test_images.hpp"
#include "vqi/codebook.hpp"
#include "vqi/statistics.hpp"

using vqi::Image;
using vqi::Statistics;
using vqi::detail::Random;
using vqi::test::Content;

namespace {

struct Corpus {
  std::uint32_t block_width_px;
  std::uint32_t block_height_px;
  std::uint32_t sample_size;
  std::vector<Image> images;

  [[nodiscard]] Statistics nothing(const vqi::Shard& shard = {}) const {
    return Statistics(block_width_px, block_height_px, sample_size, shard);
  }
};

/// Images of several types, blocks with and without partial edges, samples with and without room; some pictures twice.
Corpus random_corpus(Random& random) {
  const std::uint32_t sides[] = {1, 1, 2, 5};
  Corpus corpus{sides[random.below(4)], sides[random.below(4)], 1U << random.below(12), {}};
  const bool mixed = random.below(2) == 0;
  const std::uint64_t usual = random.next();
  for (std::uint64_t n = 2 + random.below(9); n > 0; --n) {
    const std::uint64_t choice = mixed ? random.next() : usual;
    corpus.images.push_back(vqi::test::make_image(
        static_cast<std::uint32_t>(1 + random.below(24)), static_cast<std::uint32_t>(1 + random.below(24)),
        static_cast<std::uint32_t>(1 + choice % 4), choice / 4 % 3 == 0 ? 16 : 8,
        random.below(2) == 0 ? Content::few_colours : Content::smooth, random.below(20)));
    if (random.below(4) == 0) corpus.images.push_back(corpus.images[random.below(corpus.images.size())]);
  }
  return corpus;
}

std::vector<std::byte> book_of(const Statistics& statistics) {
  vqi::EncodeOptions options;
  options.k = 12;
  options.effort = 3;
  return write_codebook(train_codebook(statistics, options).codebook);
}

template <typename Value>
void shuffle(std::vector<Value>& values, Random& random) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
}

/// Files of a random partition's parts: the work of some was repeated, with the images in another order.
std::vector<std::vector<std::byte>> random_parts(const Corpus& corpus, Random& random) {
  const auto count = static_cast<std::uint32_t>(1 + random.below(corpus.images.size()));
  std::vector<std::vector<std::size_t>> shards(count);
  for (std::size_t i = 0; i < corpus.images.size(); ++i) shards[random.below(count)].push_back(i);
  std::vector<std::vector<std::byte>> files;
  for (std::uint32_t number = 1; number <= count; ++number) {
    if (shards[number - 1].empty()) continue;
    for (std::uint64_t tries = 1 + random.below(2); tries > 0; --tries) {
      shuffle(shards[number - 1], random);
      Statistics part = corpus.nothing({number, count});
      for (const std::size_t i : shards[number - 1]) part.add(corpus.images[i]);
      files.push_back(write_statistics(part));
    }
  }
  shuffle(files, random);
  return files;
}

/// Merges neighbours until one is left. Parts that were there already are left out.
Statistics merged(std::vector<std::vector<std::byte>> files, const Corpus& corpus, Random& random) {
  while (files.size() > 1) {
    const std::size_t at = random.below(files.size() - 1);
    Statistics together = corpus.nothing();
    together.merge(vqi::read_statistics(files[at]));
    together.merge(vqi::read_statistics(files[at + 1]));
    files[at] = write_statistics(together);
    files.erase(files.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  }
  return vqi::read_statistics(files.front());
}

}  // namespace

TEST_CASE("the codebook from random partitions, orders, retries and duplicates of parts is that of one run") {
  Random random(20);
  int sampled = 0;
  for (int trial = 0; trial < 60; ++trial) {
    INFO(trial);
    const Corpus corpus = random_corpus(random);
    Statistics all = corpus.nothing();
    for (const Image& image : corpus.images) all.add(image);
    const std::vector<std::byte> expected = book_of(all);
    sampled += all.is_sampled() ? 1 : 0;
    const std::vector<std::vector<std::byte>> files = random_parts(corpus, random);

    // One merge of all parts.
    Statistics once = corpus.nothing();
    for (const auto& file : files) once.merge(vqi::read_statistics(file));
    CHECK(once.images() == corpus.images.size());
    CHECK(book_of(once) == expected);

    // A tree of merges, of parts that were made once: in a tree a repeated part may meet half of itself.
    std::vector<std::vector<std::byte>> different;
    for (const auto& file : files)
      if (std::find(different.begin(), different.end(), file) == different.end()) different.push_back(file);
    const Statistics tree = merged(different, corpus, random);
    CHECK(write_statistics(tree) == write_statistics(once));
    CHECK(book_of(tree) == expected);
  }
  CHECK(sampled > 10);
  CHECK(sampled < 50);
}

TEST_CASE("statistics of one picture twice count it twice, in one part or two") {
  const Image image = vqi::test::make_image(20, 10, 3, 16, Content::smooth);
  Statistics one(1, 1, 50);
  one.add(image);
  one.add(image);
  Statistics two(1, 1, 50);
  for (std::uint32_t number : {1U, 2U}) {
    Statistics part(1, 1, 50, {number, 2});
    part.add(image);
    two.merge(std::move(part));
  }
  CHECK(two.images() == 2);
  CHECK(two.vectors() == 400);
  CHECK(book_of(one) == book_of(two));
}
