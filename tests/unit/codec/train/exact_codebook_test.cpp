// Codebooks without training: each distinct vector is itself, or all that can be seen of it.
#include "exact_codebook.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <set>

#include "test_images.hpp"
#include "test_work.hpp"

using vqi::Image;
using vqi::detail::IndexedCodebook;
using vqi::test::Content;
using vqi::test::make_image;
using vqi::test::TestWork;

namespace {

vqi::detail::BlockGrid grid_of(const Image& image, std::uint32_t block) {
  return {image.width_px(), image.height_px(), image.channels(), image.bit_depth(), block, block};
}

std::set<std::vector<std::byte>> rows_of(const vqi::detail::SampleArray& samples) {
  std::set<std::vector<std::byte>> rows;
  for (std::size_t r = 0; r < samples.rows(); ++r) rows.emplace(samples.row(r), samples.row(r) + samples.row_bytes());
  return rows;
}

}  // namespace

TEST_CASE("every distinct vector is a codeword, and has its own as index") {
  for (const std::uint32_t channels : {1U, 3U, 4U})
    for (const std::uint32_t block : {1U, 3U}) {
      const Image image = make_image(20, 15, channels, 8, Content::smooth);
      const vqi::ImageView view = image;
      const vqi::detail::BlockGrid grid = grid_of(image, block);
      TestWork work;
      const auto distinct = vqi::detail::find_distinct_vectors(view, grid, work);
      const IndexedCodebook exact = vqi::detail::exact_codebook(*distinct);
      CHECK(exact.codewords.rows() == distinct->size());
      CHECK(rows_of(exact.codewords).size() == distinct->size());
      REQUIRE(exact.index_of.size() >= distinct->size());
      for (std::size_t d = 0; d < distinct->size(); ++d)
        CHECK(std::memcmp(exact.codewords.row(exact.index_of[d]), distinct->samples().row(d),
                          exact.codewords.row_bytes()) == 0);
    }
}

TEST_CASE(
    "where colours under transparent pixels are too many, all that can be seen is exact, in k different codewords") {
  Image image = make_image(20, 20, 4, 8, Content::noise);
  for (std::uint32_t y = 0; y < 20; ++y)
    for (std::uint32_t x = 0; x < 20; ++x)
      image.row(y)[4 * x + 3] = static_cast<std::byte>(y == 0 ? 255 : 0);  // 20 opaque pixels
  const vqi::ImageView view = image;
  const vqi::detail::BlockGrid grid = grid_of(image, 1);
  TestWork work;
  const auto distinct = vqi::detail::find_distinct_vectors(view, grid, work);
  REQUIRE(distinct->size() == 400);
  const vqi::detail::Dataset dataset(*distinct, grid, work.pool);
  REQUIRE(dataset.size() == 21);
  for (const std::uint32_t k : {21U, 50U, 399U}) {
    const IndexedCodebook exact = vqi::detail::visibly_exact_codebook(dataset, k);
    CHECK(exact.codewords.rows() == k);
    CHECK(rows_of(exact.codewords).size() == k);
    std::set<std::uint16_t> used;
    std::size_t wrong = 0;
    for (std::size_t d = 0; d < 400; ++d) {
      const std::uint16_t index = exact.index_of[d];
      used.insert(index);
      const std::byte* const codeword = exact.codewords.row(index);
      const std::byte* const vector = distinct->samples().row(d);
      if (codeword[3] != vector[3]) ++wrong;
      if (vector[3] != std::byte{0} && std::memcmp(codeword, vector, 4) != 0) ++wrong;
    }
    CHECK(wrong == 0);
    CHECK(used.size() == k);
  }
}
