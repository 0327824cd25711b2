// RestoreFilter: pixels of all types as by plain loops, at any number of threads; alpha stays.
#include "restore_filter.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "codec/restore/restore_reference.hpp"
#include "random.hpp"
#include "test_work.hpp"

using namespace vqi::detail;
using vqi::test::TestWork;

namespace {

SampleArray sloping_codebook(std::size_t k, std::uint32_t channels, std::uint32_t depth) {
  Random random(k);
  const std::uint32_t top = depth == 8 ? 255 : 65535;
  SampleArray codebook(k, channels, depth);
  for (std::size_t i = 0; i < k; ++i)
    for (std::uint32_t c = 0; c < channels; ++c)
      store_sample(codebook.row(i), c, depth,
                   static_cast<std::uint32_t>((top * i / k + random.below(top / 20)) % (top + 1ULL)));
  return codebook;
}

}  // namespace

TEST_CASE("restored pixels are those of plain loops in every type, and alpha is the codeword's") {
  constexpr std::uint32_t width = 45;
  constexpr std::uint32_t height = 150;  // more than two bands
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U}) {
      const BlockGrid grid{width, height, channels, depth};
      const SampleArray codebook = sloping_codebook(24, channels, depth);
      const RestoreSettings settings{15, 2500, 300};
      const std::vector<RestoreCodeword> words = restore_codewords(codebook, channels, settings);
      Random random(channels + depth);
      std::vector<std::uint16_t> indices;
      for (std::uint32_t i = 0; i < width * height; ++i)
        indices.push_back(static_cast<std::uint16_t>((i / width / 8 + i % width / 3 + random.below(3)) % 24));
      vqi::Image image(width, height, channels, depth);
      TestWork work(channels);
      RestoreFilter(grid, codebook, settings, channels)
          .paint(whole_window(indices, width), image.row(0), image.row_bytes(), work);
      INFO("channels " << channels << ", depth " << depth);
      bool is_any_moved = false;
      for (std::uint32_t y = 0; y < height; y += y == 62 ? 1 : y == 63 ? 1 : 31)
        for (std::uint32_t x = 0; x < width; ++x) {
          const auto expected = vqi::test::reference_pixel(codebook, channels, words, indices, width, x, y);
          for (std::uint32_t c = 0; c < channels; ++c) {
            const std::uint32_t made = load_sample(image.row(y), std::size_t{x} * channels + c, depth);
            REQUIRE(made == expected[c]);
            is_any_moved |= made != codebook.at(indices[y * width + x], c);
          }
        }
      CHECK(is_any_moved);
    }
}

TEST_CASE("corrections are rounded to the nearest value and stay within the depth") {
  CHECK(RestoreFilter::corrected(100, 0, 983025, 8) == 100);
  CHECK(RestoreFilter::corrected(100, 256, 2048, 8) == 101);   // one code value
  CHECK(RestoreFilter::corrected(100, 256, 1023, 8) == 100);   // a little less than half of one
  CHECK(RestoreFilter::corrected(100, 256, 1024, 8) == 101);   // a half
  CHECK(RestoreFilter::corrected(100, -256, 1024, 8) == 100);  // halves go up
  CHECK(RestoreFilter::corrected(250, 1023, 983025, 8) == 255);
  CHECK(RestoreFilter::corrected(5, -1023, 983025, 8) == 0);
  CHECK(RestoreFilter::corrected(65000, 1023, 983025, 16) == 65535);
  CHECK(RestoreFilter::corrected(1000, 256, 80, 16) == 1010);
}
