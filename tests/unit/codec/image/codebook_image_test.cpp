// Codewords as rows and as an image of blocks, and what makes a codebook valid.
#include "codebook_image.hpp"

#include <catch2/catch.hpp>

#include "test_images.hpp"
#include "thrown_error.hpp"

using namespace vqi::detail;
using vqi::ErrorCode;
using vqi::test::thrown_by;

TEST_CASE("codewords come back from the image of their blocks") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const vqi::Image image = vqi::test::make_image(15, 2, 4, depth, vqi::test::Content::noise);
    const vqi::Codebook codebook{3, 2, image};
    CHECK(codebook.size() == 5);
    const SampleArray codewords = codewords_of(codebook);
    REQUIRE(codewords.rows() == 5);
    REQUIRE(codewords.dimension() == 24);
    // The second row of the third block begins after two blocks.
    const std::size_t sample = depth / 8;
    CHECK(std::memcmp(codewords.row(2) + 12 * sample, image.row(1) + 24 * sample, 12 * sample) == 0);
    const vqi::Image back = codebook_image(grid_of(codebook), codewords);
    CHECK(std::equal(back.samples().begin(), back.samples().end(), image.samples().begin(), image.samples().end()));
  }
}

TEST_CASE("a codebook of wrong size is refused") {
  const auto code_of = [](std::uint32_t width, std::uint32_t height, std::uint32_t block_width,
                          std::uint32_t block_height) {
    const vqi::Codebook codebook{block_width, block_height, vqi::Image(width, height, 1, 8)};
    return thrown_by([&] { validate(codebook); }).code;
  };
  CHECK_FALSE(code_of(4, 2, 2, 2));
  CHECK(code_of(5, 2, 2, 2) == ErrorCode::invalid_option);
  CHECK(code_of(4, 1, 2, 2) == ErrorCode::invalid_option);
  CHECK(code_of(17, 1, 17, 1) == ErrorCode::invalid_option);
  CHECK(code_of(65537, 1, 1, 1) == ErrorCode::invalid_option);
  CHECK(thrown_by([] { validate(vqi::Codebook{}); }).code == ErrorCode::invalid_option);
}
