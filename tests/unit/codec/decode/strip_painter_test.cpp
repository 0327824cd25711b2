// StripPainter: each index becomes its codeword's pixels, and lost rows get the mean.
#include "strip_painter.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "random.hpp"
#include "test_images.hpp"
#include "test_work.hpp"

using vqi::Image;
using vqi::detail::SampleArray;
using vqi::detail::StreamHeader;

namespace {

StreamHeader header_of(const vqi::detail::BlockGrid& grid, std::uint32_t k, std::uint32_t strip_rows) {
  StreamHeader header;
  header.grid = grid;
  header.k = k;
  header.strip_rows = strip_rows;
  return header;
}

SampleArray random_codebook(const StreamHeader& header) {
  SampleArray codebook(header.k, header.grid.dimension(), header.grid.bit_depth);
  vqi::detail::Random random(header.k);
  for (std::byte& byte : codebook.bytes()) byte = static_cast<std::byte>(random.below(256));
  return codebook;
}

Image blank_image(const vqi::detail::BlockGrid& grid) {
  Image image(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
  std::fill(image.samples().begin(), image.samples().end(), std::byte{0xEE});
  return image;
}

/// Samples that differ from what `wanted(map_x, map_y, sample of the block)` says; rows outside begin .. end - 1 must
/// still be blank.
template <typename Wanted>
std::size_t wrong_samples(const Image& image, const vqi::detail::BlockGrid& grid, std::uint32_t begin,
                          std::uint32_t end, const Wanted& wanted) {
  std::size_t wrong = 0;
  for (std::uint32_t y = 0; y < grid.height_px; ++y)
    for (std::uint32_t x = 0; x < grid.width_px; ++x)
      for (std::uint32_t c = 0; c < grid.channels; ++c) {
        const std::uint32_t map_y = y / grid.block_height_px;
        const std::uint32_t sample =
            (y % grid.block_height_px * grid.block_width_px + x % grid.block_width_px) * grid.channels + c;
        const std::uint32_t blank = grid.bit_depth == 8 ? 0xEE : 0xEEEE;
        const bool inside = map_y >= begin && map_y < end;
        const std::uint32_t expected = inside ? wanted(x / grid.block_width_px, map_y, sample) : blank;
        if (vqi::test::sample_at(image, x, y, c) != expected) ++wrong;
      }
  return wrong;
}

}  // namespace

TEST_CASE("a strip's indices become the pixels of its rows and of no others, at every type, depth and block") {
  for (const vqi::detail::BlockGrid& grid : {vqi::detail::BlockGrid{70, 11, 3, 8},
                                             {70, 11, 1, 8},
                                             {70, 11, 4, 16},
                                             {13, 11, 3, 8, 4, 2},
                                             {13, 11, 2, 16, 3, 5}})
    for (const std::uint32_t k : {1U, 256U, 300U}) {  // from 257 on colours are not expanded 64 at a time
      const StreamHeader header = header_of(grid, k, 1);
      const SampleArray codebook = random_codebook(header);
      const vqi::detail::StripPainter painter(header, codebook, 0);
      vqi::test::TestWork work;
      for (const std::uint64_t strip : {std::uint64_t{0}, header.strip_count() - 1}) {
        vqi::detail::Random random(strip + k);
        std::vector<std::uint16_t> indices(header.strip_vectors(strip));
        for (std::uint16_t& index : indices) index = static_cast<std::uint16_t>(random.below(k));
        Image image = blank_image(grid);
        const std::uint32_t begin = header.strip_begin(strip);
        painter.paint(begin, indices, image, work);
        CHECK(wrong_samples(image, grid, begin, begin + header.strip_row_count(strip),
                            [&](std::uint32_t x, std::uint32_t y, std::uint32_t i) {
                              return codebook.at(indices[(y - begin) * grid.map_width() + x], i);
                            }) == 0);
      }
    }
}

TEST_CASE("lost rows get the mean of the codewords sample by sample, halves rounded up") {
  for (const vqi::detail::BlockGrid& grid : {vqi::detail::BlockGrid{9, 8, 3, 8}, {9, 8, 1, 16, 2, 2}}) {
    const StreamHeader header = header_of(grid, 6, 1);
    const SampleArray codebook = random_codebook(header);
    const vqi::detail::StripPainter painter(header, codebook, 0);
    Image image = blank_image(grid);
    vqi::test::TestWork work;
    painter.paint_mean(1, 3, image, work);
    CHECK(wrong_samples(image, grid, 1, 3, [&](std::uint32_t, std::uint32_t, std::uint32_t i) {
            std::uint32_t sum = 0;
            for (std::size_t k = 0; k < 6; ++k) sum += codebook.at(k, i);
            return (sum + 3) / 6;
          }) == 0);
    Image untouched = blank_image(grid);
    painter.paint_mean(2, 2, untouched, work);
    CHECK(wrong_samples(untouched, grid, 0, 0, [](auto, auto, auto) { return 0U; }) == 0);
  }
}

TEST_CASE("parts of a strip have the pixels of the whole strip, with a decode filter and without") {
  for (const bool restore : {false, true}) {
    StreamHeader header = header_of({41, 60, 3, 8}, 9, 60);
    header.restore = {8, 3000, 256};
    const SampleArray codebook = random_codebook(header);
    const vqi::detail::StripPainter painter(header, codebook, restore ? 2 : 0);
    CHECK(painter.rows_below() == (restore ? 4 : 0));
    vqi::detail::Random random(3);
    std::vector<std::uint16_t> indices(41 * 60);
    for (std::uint16_t& index : indices) index = static_cast<std::uint16_t>(random.below(9));
    Image whole = blank_image(header.grid);
    vqi::test::TestWork work;
    painter.paint(0, indices, whole, work);
    Image part = blank_image(header.grid);
    painter.paint_part(std::span(indices).first(41 * (30 + painter.rows_below())), 11, 30, part, work);
    CHECK(std::equal(part.row(0), part.row(19), whole.row(11)));
    painter.paint_part(indices, 52, 60, part, work);
    CHECK(std::equal(part.row(0), part.row(8), whole.row(52)));
  }
}

TEST_CASE("what the callback throws while pixels are painted comes out") {
  const StreamHeader header = header_of({70, 11, 3, 8}, 5, 1);
  const SampleArray codebook = random_codebook(header);
  const vqi::detail::StripPainter painter(header, codebook, 0);
  const std::vector<std::uint16_t> indices(70);
  Image image = blank_image(header.grid);
  vqi::test::TestWork painting(1, [](const vqi::Progress&) -> bool { throw 7; });
  CHECK_THROWS_AS(painter.paint(0, indices, image, painting), int);
  vqi::test::TestWork filling(1, [](const vqi::Progress&) -> bool { throw 7; });
  CHECK_THROWS_AS(painter.paint_mean(0, 1, image, filling), int);
}
