// Codewords that are given: their types, nearest vectors, and exact codebooks around them.
#include "given_codewords.hpp"

#include <catch2/catch.hpp>
#include <memory>

#include "test_images.hpp"
#include "test_work.hpp"
#include "thrown_error.hpp"

using namespace vqi::detail;
using vqi::Colour;
using vqi::test::thrown_by;

namespace {

/// A dataset with all that it borrows.
struct MadeDataset {
  vqi::test::TestWork work{1};
  vqi::Image image;
  BlockGrid grid;
  std::unique_ptr<DistinctVectors> distinct;
  std::unique_ptr<Dataset> dataset;

  explicit MadeDataset(vqi::Image made) : image(std::move(made)) {
    grid = {image.width_px(), image.height_px(), image.channels(), image.bit_depth(), 1, 1};
    distinct = find_distinct_vectors(image, grid, work);
    dataset = std::make_unique<Dataset>(*distinct, grid, work.pool);
  }
};

vqi::Image row_of(std::initializer_list<Colour> pixels) {
  vqi::Image image(static_cast<std::uint32_t>(pixels.size()), 1, 4, 8);
  std::size_t at = 0;
  for (const Colour& pixel : pixels)
    for (const std::uint8_t sample : pixel) image.row(0)[at++] = static_cast<std::byte>(sample);
  return image;
}

constexpr BlockGrid rgb{1, 1, 3, 8, 1, 1};

}  // namespace

TEST_CASE("colours become codewords of the image's type") {
  const std::vector<Colour> colours{{1, 2, 3, 255}, {5, 5, 5, 255}};
  const SampleArray of_rgb = codewords_of_colours(colours, rgb);
  CHECK(of_rgb.at(0, 2) == 3);
  const SampleArray deep = codewords_of_colours(colours, {1, 1, 4, 16, 1, 1});
  CHECK(deep.at(0, 0) == 257);
  CHECK(deep.at(0, 3) == 65535);
  const std::vector<Colour> grey{{7, 7, 7, 9}};
  const SampleArray of_grey = codewords_of_colours(grey, {1, 1, 2, 8, 1, 1});
  CHECK(of_grey.at(0, 0) == 7);
  CHECK(of_grey.at(0, 1) == 9);
  CHECK(thrown_by([&] {
          static_cast<void>(codewords_of_colours(colours, {1, 1, 1, 8, 1, 1}));
        }).code == vqi::ErrorCode::invalid_option);
  CHECK(thrown_by([&] { static_cast<void>(codewords_of_colours(grey, rgb)); }).code == vqi::ErrorCode::invalid_option);
  CHECK(codewords_of_colours({}, rgb).bytes().empty());
}

TEST_CASE("each distinct vector gets the nearest of the codewords, and itself where it is one") {
  MadeDataset made(row_of({{9, 0, 0, 255}, {200, 0, 0, 255}, {1, 2, 3, 0}, {4, 5, 6, 0}}));
  const std::vector<Colour> colours{{0, 0, 0, 0}, {0, 0, 0, 255}, {255, 0, 0, 255}, {4, 5, 6, 0}};
  const IndexedCodebook used = use_given(codewords_of_colours(colours, made.grid), *made.dataset);
  for (std::size_t d = 0; d < made.distinct->size(); ++d) {
    const std::uint32_t red = made.distinct->samples().at(d, 0);
    const int expected = red == 9 ? 1 : red == 200 ? 2 : red == 4 ? 3 : 0;
    CHECK(used.index_of[d] == expected);
  }
}

TEST_CASE("what fits beside fixed codewords is exact, what does not is none") {
  MadeDataset made(row_of({{9, 0, 0, 255}, {200, 0, 0, 255}, {30, 2, 3, 255}}));
  const SampleArray fixed = codewords_of_colours(std::vector<Colour>{{200, 0, 0, 255}, {1, 1, 1, 255}}, made.grid);
  const auto exact = exact_around(fixed, *made.dataset, 4);
  REQUIRE(exact);
  CHECK(exact->codewords.rows() == 4);
  for (std::size_t d = 0; d < 3; ++d)
    CHECK(std::memcmp(exact->codewords.row(exact->index_of[d]), made.distinct->samples().row(d), 4) == 0);
  CHECK(std::memcmp(exact->codewords.row(0), fixed.row(0), 8) == 0);
  CHECK_FALSE(exact_around(fixed, *made.dataset, 3));
}

TEST_CASE("where only hidden colours do not fit, what is seen is exact") {
  MadeDataset made(row_of({{9, 0, 0, 255}, {1, 2, 3, 0}, {4, 5, 6, 0}, {7, 8, 9, 0}}));
  const SampleArray fixed = codewords_of_colours(std::vector<Colour>{{50, 0, 0, 255}}, made.grid);
  const auto exact = exact_around(fixed, *made.dataset, 3);
  REQUIRE(exact);
  CHECK(exact->codewords.rows() == 3);
}
