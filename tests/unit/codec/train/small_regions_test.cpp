// Which colours are far enough from a codebook, and of enough pixels, to get a codeword of their own.
#include "small_regions.hpp"

#include <catch2/catch.hpp>
#include <memory>

#include "stored_codebook.hpp"
#include "test_work.hpp"

using namespace vqi::detail;

namespace {

/// A picture of grey pixels, `reds` of which are red and `blues` blue.
struct MadeDataset {
  vqi::test::TestWork work{1};
  vqi::Image image{100, 100, 3, 8};
  BlockGrid grid{100, 100, 3, 8, 1, 1};
  std::unique_ptr<DistinctVectors> distinct;
  std::unique_ptr<Dataset> dataset;

  MadeDataset(std::size_t reds, std::size_t blues) {
    for (std::size_t n = 0; n < 10000; ++n)
      for (std::size_t c = 0; c < 3; ++c) {
        std::size_t value = 100 + n % 20;
        if (n < reds) value = c == 0 ? 250 : 10 + n % 3;
        if (n >= 5000 && n < 5000 + blues) value = c == 2 ? 180 : 60;
        image.samples()[3 * n + c] = static_cast<std::byte>(value);
      }
    distinct = find_distinct_vectors(image, grid, work);
    dataset = std::make_unique<Dataset>(*distinct, grid, work.pool);
  }

  [[nodiscard]] SampleArray chosen(std::size_t most) const {
    SampleArray grey(1, 3, 8);
    for (std::byte& sample : grey.bytes()) sample = std::byte{110};
    return small_region_codewords(*dataset, coordinates_of(grey, dataset->space()), most);
  }
};

}  // namespace

TEST_CASE("the farthest colours with enough pixels are chosen, the farthest first") {
  const MadeDataset made(20, 20);
  const SampleArray two = made.chosen(5);
  REQUIRE(two.rows() == 2);
  CHECK(two.at(0, 0) == 250);
  CHECK(two.at(0, 1) == 11);
  CHECK(two.at(1, 2) == 180);
  CHECK(made.chosen(1).rows() == 1);
  CHECK(made.chosen(0).rows() == 0);
}

TEST_CASE("a few pixels and near colours are not chosen") {
  CHECK(MadeDataset(3, 0).chosen(5).rows() == 0);
  CHECK(MadeDataset(4, 0).chosen(5).rows() == 1);
  CHECK(MadeDataset(0, 0).chosen(5).rows() == 0);
  CHECK(MadeDataset(5000, 0).chosen(5).rows() == 0);  // no longer conspicuous: the mean distance is as large
}
