// The network's kernels: the results of plain loops, on every SIMD target, in any window.
#include "restore_kernels.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "codec/restore/restore_reference.hpp"
#include "random.hpp"
#include "simd_targets.hpp"

using namespace vqi::detail;

namespace {

/// Codewords with any inputs that can be, and a strip of soft shapes and noise.
struct MadeStrip {
  std::vector<RestoreCodeword> words;
  std::vector<std::uint16_t> indices;
  std::uint32_t width;

  MadeStrip(std::uint32_t strip_width, std::uint32_t height, std::uint64_t range) : width(strip_width) {
    Random random(strip_width + range);
    SampleArray codebook(40, 3, 16);
    for (std::size_t k = 0; k < 40; ++k)
      for (std::uint32_t c = 0; c < 3; ++c)
        store_sample(codebook.row(k), c, 16, static_cast<std::uint32_t>(random.below(range)));
    words = restore_codewords(codebook, 3, {8, 700, 256});
    for (std::uint32_t y = 0; y < height; ++y)
      for (std::uint32_t x = 0; x < width; ++x)
        indices.push_back(static_cast<std::uint16_t>(random.below(4) == 0 ? random.below(40) : (x / 5 + y / 3) % 40));
  }

  /// All results of a window, row by row, plane by plane.
  [[nodiscard]] std::vector<std::int64_t> results(const RestoreWindow& window) const {
    const std::size_t columns = window.end_x - window.begin_x;
    std::vector<std::int64_t> all(columns * (window.end_row - window.begin_row) * 3, 9999);
    run_restore_network(
        words, window, [&](std::uint32_t row, std::uint32_t begin_x, std::uint32_t end_x, const RestoreResults& made) {
          for (std::uint32_t x = begin_x; x < end_x; ++x)
            for (std::size_t plane = 0; plane < 3; ++plane)
              all[((row - window.begin_row) * columns + x - window.begin_x) * 3 + plane] = made[plane][x - begin_x];
        });
    return all;
  }

  [[nodiscard]] std::vector<std::int64_t> plain_results(const RestoreWindow& window) const {
    std::vector<std::int64_t> all;
    for (std::uint32_t y = window.begin_row; y < window.end_row; ++y)
      for (std::uint32_t x = window.begin_x; x < window.end_x; ++x)
        for (const std::int64_t result : vqi::test::reference_results(words, indices, width, x, y))
          all.push_back(result);
    return all;
  }
};

}  // namespace

TEST_CASE("the network's results are those of plain loops on every SIMD target") {
  for (const auto& [width, height, range] :
       {std::tuple{1U, 1U, 65536U}, {3U, 2U, 4000U}, {37U, 12U, 3000U}, {64U, 5U, 65536U}}) {
    const MadeStrip strip(width, height, range);
    const RestoreWindow window = whole_window(strip.indices, width);
    const std::vector<std::int64_t> expected = strip.plain_results(window);
    INFO(width << "x" << height << ", colours below " << range);
    vqi::test::on_every_target([&] { CHECK(strip.results(window) == expected); });
  }
}

TEST_CASE("a window has the results of the whole strip, also where rows below its margin are missing") {
  const MadeStrip strip(60, 40, 4000);
  RestoreWindow window = whole_window(strip.indices, 60);
  window.begin_row = 7;
  window.end_row = 22;
  window.begin_x = 13;
  window.end_x = 59;
  const std::vector<std::int64_t> expected = strip.plain_results(window);
  CHECK(strip.results(window) == expected);
  window.rows = 26;  // four more than the last one
  CHECK(strip.results(window) == expected);
}

TEST_CASE("rows wider than a tile have no seams") {
  const MadeStrip strip(1100, 3, 4000);
  const RestoreWindow window = whole_window(strip.indices, 1100);
  CHECK(strip.results(window) == strip.plain_results(window));
}
