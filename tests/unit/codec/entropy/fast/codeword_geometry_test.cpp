// CodewordGeometry: near codewords against sorting all, cells that hold their colours, and small channels.
#include "codeword_geometry.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <tuple>

#include "index_maps.hpp"

using vqi::detail::CodewordGeometry;
using vqi::test::MadeCodebook;
using vqi::test::make_codebook;

namespace {

/// The mean colour of a codeword, as FORMAT.md has it: means of the channels, fractions cut off.
std::array<std::int64_t, 4> point_of(const MadeCodebook& codebook, std::uint32_t k) {
  const std::uint32_t pixels = codebook.block_width_px * codebook.block_height_px;
  std::array<std::int64_t, 4> mean{};
  for (std::uint32_t c = 0; c < codebook.channels; ++c) {
    std::int64_t sum = 0;
    for (std::uint32_t p = 0; p < pixels; ++p)
      sum += codebook.samples[(std::size_t{k} * pixels + p) * codebook.channels + c];
    mean[c] = sum / pixels;
  }
  if (codebook.channels <= 2) return {4 * mean[0], 0, 0, mean[1]};
  return {mean[0] + 2 * mean[1] + mean[2], mean[0] - mean[2], 2 * mean[1] - mean[0] - mean[2], mean[3]};
}

std::int64_t distance_sq(const std::array<std::int64_t, 4>& a, const std::array<std::int64_t, 4>& b) {
  constexpr std::array<std::int64_t, 4> weights{1, 12, 4, 16};
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < 4; ++i) sum += weights[i] * (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

}  // namespace

TEST_CASE("near codewords are the nearest by colour in order, the lower number first, and none after the last") {
  for (const auto& [channels, depth, block] :
       {std::tuple{1U, 8U, 1U}, {2U, 8U, 1U}, {3U, 8U, 1U}, {4U, 16U, 1U}, {3U, 8U, 3U}})
    for (const std::uint32_t k : {2U, 5U, 33U, 200U}) {
      const MadeCodebook codebook = make_codebook(k, block, block, channels, depth);
      const CodewordGeometry geometry(codebook.view());
      INFO(channels << " channels of " << depth << ", k " << k);
      CHECK(geometry.k() == k);
      std::size_t wrong = 0;
      for (std::uint32_t index = 0; index < k; ++index) {
        std::vector<std::uint16_t> order(k);
        std::iota(order.begin(), order.end(), std::uint16_t{0});
        const auto own = point_of(codebook, index);
        std::stable_sort(order.begin(), order.end(), [&](std::uint16_t a, std::uint16_t b) {
          return distance_sq(own, point_of(codebook, a)) < distance_sq(own, point_of(codebook, b));
        });
        order.resize(CodewordGeometry::near_count, CodewordGeometry::no_codeword);
        if (!std::equal(order.begin(), order.end(), geometry.near(index).codewords.begin())) ++wrong;
      }
      CHECK(wrong == 0);
    }
}

TEST_CASE("the more room around a codeword, the smaller its inverse spacing") {
  // Four greys close together, then four far apart.
  const MadeCodebook codebook{{10, 11, 12, 13, 100, 140, 180, 220}, 8, 1, 1, 1, 8};
  const CodewordGeometry geometry(codebook.view());
  for (std::uint32_t close = 0; close < 4; ++close)
    for (std::uint32_t far = 4; far < 8; ++far) CHECK(geometry.inverse_spacing(close) > geometry.inverse_spacing(far));
}

TEST_CASE("every colour lies in the cell whose centre is within half a cell of it in each channel") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U}) {
    const MadeCodebook codebook = make_codebook(2, 1, 1, channels, 8);
    const CodewordGeometry geometry(codebook.view());
    const std::uint32_t bits = channels <= 2 ? 8 : channels == 3 ? 5 : 4;
    CHECK(geometry.cell_count() == 1U << (bits * channels));
    vqi::detail::Random random(channels);
    for (int i = 0; i < 500; ++i) {
      std::array<std::int32_t, 4> colour{};
      std::uint32_t word = 0;
      for (std::uint32_t c = 0; c < channels; ++c) {
        colour[c] = static_cast<std::int32_t>(random.below(256));
        word |= static_cast<std::uint32_t>(colour[c]) << (8 * c);
      }
      const std::uint32_t cell = geometry.cell_shape().cell_of(word);
      REQUIRE(cell < geometry.cell_count());
      const vqi::detail::ColourPoint centre = geometry.cell_centre(cell);
      const std::int32_t half = 1 << (8 - bits) >> 1;
      if (channels <= 2) {
        REQUIRE(centre.luma == 4 * colour[0]);
        REQUIRE(centre.alpha == colour[1]);
      } else {
        REQUIRE(std::abs(centre.luma - (colour[0] + 2 * colour[1] + colour[2])) <= 4 * half);
        REQUIRE(std::abs(centre.orange - (colour[0] - colour[2])) <= 2 * half);
        REQUIRE(std::abs(centre.alpha - colour[3]) <= half);
      }
    }
  }
}

TEST_CASE("small channels count from the least of each channel and fit a byte, at 16 bits too") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const MadeCodebook codebook = make_codebook(50, 1, 1, 3, depth);
    const CodewordGeometry geometry(codebook.view());
    std::array<std::int32_t, 3> least{255, 255, 255};
    for (std::uint32_t k = 0; k < 50; ++k)
      for (std::size_t c = 0; c < 3; ++c) {
        const std::int32_t channel = geometry.small_colour(k).lanes[1 + c];
        CHECK(channel >= 0);
        CHECK(channel <= 255);
        least[c] = std::min(least[c], channel);
        CHECK(geometry.small_points(0)[k] == geometry.small_colour(k).lanes[0]);
      }
    CHECK(least == std::array<std::int32_t, 3>{0, 0, 0});
    CHECK(geometry.small_points(0).size() % CodewordGeometry::point_padding == 0);
    for (std::size_t i = 50; i < geometry.small_points(0).size(); ++i) CHECK(geometry.small_points(0)[i] > 1020);
  }
}
