// PinnedAlpha: which codewords become opaque and transparent, and which vectors then move.
#include "pinned_alpha.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "test_images.hpp"
#include "test_work.hpp"

using vqi::Image;
using vqi::detail::Dataset;
using vqi::detail::FixedCodewords;
using vqi::detail::Opacity;
using vqi::detail::PinnedAlpha;
using vqi::test::TestWork;

namespace {

using Pixel = std::array<std::int32_t, 4>;

/// So many pixels of one colour; alpha is the last sample.
using Run = std::pair<int, Pixel>;

Image image_of(const std::vector<Run>& runs) {
  std::vector<Pixel> pixels;
  for (const auto& [count, pixel] : runs) pixels.insert(pixels.end(), static_cast<std::size_t>(count), pixel);
  Image image(static_cast<std::uint32_t>(pixels.size()), 1, 4, 8);
  for (std::size_t n = 0; n < pixels.size(); ++n)
    for (std::size_t i = 0; i < 4; ++i) image.row(0)[4 * n + i] = static_cast<std::byte>(pixels[n][i]);
  return image;
}

/// A dataset with all that it borrows.
struct Made {
  Image image;
  vqi::ImageView view;
  vqi::detail::BlockGrid grid;
  TestWork work;
  std::unique_ptr<vqi::detail::DistinctVectors> distinct;
  Dataset dataset;

  explicit Made(Image made)
      : image(std::move(made)),
        view(image),
        grid{image.width_px(), image.height_px(), image.channels(), image.bit_depth(), 1, 1},
        distinct(vqi::detail::find_distinct_vectors(view, grid, work)),
        dataset(*distinct, grid, work.pool) {}

  [[nodiscard]] std::uint32_t bits() const { return dataset.space().fixed_point().fraction_bits(); }
  /// Codewords of premultiplied samples.
  [[nodiscard]] FixedCodewords codewords(const std::vector<Pixel>& rows) const {
    FixedCodewords result{4, {}};
    for (const Pixel& row : rows)
      for (const std::int32_t value : row)
        result.scaled.push_back((value - dataset.space().centre()) * (std::int32_t{1} << bits()));
    return result;
  }
  [[nodiscard]] std::vector<Opacity> kinds(const FixedCodewords& codewords) const {
    std::vector<Opacity> result;
    for (std::size_t k = 0; k < codewords.size(); ++k)
      result.push_back(dataset.space().opacity_of(codewords.row(k).data(), bits()));
    return result;
  }
  /// The training vector of these samples, premultiplied.
  [[nodiscard]] std::size_t vector_of(const Pixel& pixel) const {
    const FixedCodewords wanted = codewords({pixel});
    std::vector<std::int32_t> vector(4);
    for (std::size_t n = 0; n < dataset.size(); ++n) {
      dataset.all().vectors().read_scaled(n, vector);
      if (vector == wanted.scaled) return n;
    }
    FAIL("no such vector");
    return 0;
  }
};

}  // namespace

TEST_CASE("one codeword becomes transparent, all of mostly opaque cells opaque, and the others keep their alpha") {
  const Made made(image_of({{6, {200, 10, 10, 255}},
                            {4, {200, 10, 10, 240}},
                            {5, {10, 200, 10, 255}},
                            {9, {90, 90, 90, 128}},
                            {5, {0, 0, 0, 0}},
                            {4, {0, 0, 0, 20}}}));
  FixedCodewords codewords = made.codewords({{200, 10, 10, 249}, {10, 200, 10, 255}, {45, 45, 45, 128}, {0, 0, 0, 9}});
  const FixedCodewords before = codewords;
  PinnedAlpha(made.dataset).pin(codewords);
  CHECK(made.kinds(codewords) == std::vector{Opacity::opaque, Opacity::opaque, Opacity::mixed, Opacity::transparent});
  CHECK(made.kinds(before)[0] == Opacity::mixed);
  CHECK(std::equal(codewords.row(2).begin(), codewords.row(2).end(), before.row(2).begin()));
}

TEST_CASE("a cell of which half is opaque stays as it is, one vector more makes it opaque") {
  for (const int opaque : {4, 5}) {
    const Made made(
        image_of({{opaque, {200, 10, 10, 255}}, {4, {200, 10, 10, 245}}, {20, {10, 10, 200, 255}}, {9, {0, 0, 0, 0}}}));
    FixedCodewords codewords = made.codewords({{196, 10, 10, 250}, {10, 10, 200, 255}, {0, 0, 0, 0}});
    PinnedAlpha(made.dataset).pin(codewords);
    INFO("opaque " << opaque);
    CHECK(made.kinds(codewords)[0] == (opaque == 5 ? Opacity::opaque : Opacity::mixed));
    CHECK(made.kinds(codewords)[1] == Opacity::opaque);
    CHECK(made.kinds(codewords)[2] == Opacity::transparent);
  }
}

TEST_CASE("each kind that occurs gets a codeword though no cell is mostly of it, and one codeword is left alone") {
  const Made made(
      image_of({{1, {50, 50, 50, 255}}, {30, {50, 50, 50, 200}}, {30, {50, 50, 50, 40}}, {1, {9, 9, 9, 0}}}));
  FixedCodewords two = made.codewords({{39, 39, 39, 201}, {8, 8, 8, 38}});
  PinnedAlpha(made.dataset).pin(two);
  CHECK(made.kinds(two) == std::vector{Opacity::opaque, Opacity::transparent});
  FixedCodewords one = made.codewords({{20, 20, 20, 100}});
  PinnedAlpha(made.dataset).pin(one);
  CHECK(one.scaled == made.codewords({{20, 20, 20, 100}}).scaled);
}

TEST_CASE("opaque and transparent vectors move to the nearest codeword of their kind, the first of equal ones") {
  const Made made(image_of({{3, {100, 100, 100, 255}}, {3, {100, 100, 100, 251}}, {3, {7, 7, 7, 0}}}));
  const FixedCodewords codewords =
      made.codewords({{98, 98, 98, 254}, {110, 100, 100, 255}, {90, 100, 100, 255}, {200, 0, 0, 255}, {0, 0, 0, 0}});
  std::vector<std::uint16_t> indices(made.dataset.size(), 0);
  PinnedAlpha(made.dataset).obey(codewords, indices);
  CHECK(indices[made.vector_of({100, 100, 100, 255})] == 1);
  CHECK(indices[made.vector_of({98, 98, 98, 251})] == 0);
  CHECK(indices[made.vector_of({0, 0, 0, 0})] == 4);
  // Those that have a codeword of their kind keep it, near or not.
  std::fill(indices.begin(), indices.end(), std::uint16_t{3});
  PinnedAlpha(made.dataset).obey(codewords, indices);
  CHECK(indices[made.vector_of({100, 100, 100, 255})] == 3);
}

TEST_CASE("without a codeword of their kind vectors stay, and without alpha nothing changes") {
  const Made made(image_of({{3, {100, 100, 100, 255}}, {3, {7, 7, 7, 0}}}));
  std::vector<std::uint16_t> indices(made.dataset.size(), 0);
  PinnedAlpha(made.dataset).obey(made.codewords({{90, 90, 90, 200}}), indices);
  CHECK(indices == std::vector<std::uint16_t>(2, 0));
  const Made plain(vqi::test::make_image(8, 8, 3, 8, vqi::test::Content::noise));
  FixedCodewords codewords{3, {1, 2, 3, 4, 5, 6}};
  PinnedAlpha(plain.dataset).pin(codewords);
  CHECK(codewords.scaled == std::vector<std::int32_t>{1, 2, 3, 4, 5, 6});
}
