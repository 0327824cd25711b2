// png_rows: packing and filters, undone as PNG's specification says.
#include "png_rows.hpp"

#include <catch2/catch.hpp>

using namespace vqi::detail;

namespace {

/// The indices that a decoder reads from filtered rows.
std::vector<std::uint8_t> decode_rows(const std::vector<std::uint8_t>& rows, std::uint32_t width, std::uint32_t height,
                                      std::uint32_t depth) {
  const std::size_t bytes = packed_row_bytes(width, depth);
  std::vector<std::uint8_t> above(bytes);
  std::vector<std::uint8_t> indices;
  for (std::uint32_t y = 0; y < height; ++y) {
    const std::uint8_t* row = rows.data() + y * (bytes + 1);
    std::vector<std::uint8_t> plain(bytes);
    for (std::size_t i = 0; i < bytes; ++i) {
      const int left = i > 0 ? plain[i - 1] : 0;
      const int up = above[i];
      const int corner = i > 0 ? above[i - 1] : 0;
      const std::array<int, 5> predictions{0, left, up, (left + up) / 2, paeth_prediction(left, up, corner)};
      plain[i] = static_cast<std::uint8_t>(row[i + 1] + predictions.at(row[0]));
    }
    for (std::uint32_t x = 0; x < width; ++x)
      indices.push_back(
          static_cast<std::uint8_t>(plain[x * depth / 8] >> (8 - depth - x * depth % 8) & ((1 << depth) - 1)));
    above = plain;
  }
  return indices;
}

}  // namespace

TEST_CASE("filtered rows of every depth and filter decode to the indices") {
  for (const std::uint32_t depth : {1U, 2U, 4U, 8U})
    for (const RowFilter filter :
         {RowFilter::none, RowFilter::sub, RowFilter::up, RowFilter::average, RowFilter::paeth}) {
      PaletteMap map{13, 6, {}, {}};
      for (std::uint32_t i = 0; i < 13 * 6; ++i)
        map.indices.push_back(static_cast<std::uint8_t>(i * i % (1U << depth)));
      const std::vector<std::uint8_t> rows = png_rows(map, depth, filter);
      REQUIRE(rows.size() == (packed_row_bytes(13, depth) + 1) * 6);
      CHECK(decode_rows(rows, 13, 6, depth) == map.indices);
    }
}

TEST_CASE("rows with filters of their own decode to the indices") {
  const std::vector<RowFilter> filters{RowFilter::sub, RowFilter::paeth, RowFilter::none, RowFilter::average,
                                       RowFilter::up};
  PaletteMap map{11, 5, {}, {}};
  for (std::uint32_t i = 0; i < 11 * 5; ++i) map.indices.push_back(static_cast<std::uint8_t>(i * i * 7));
  const std::vector<std::uint8_t> rows = png_rows(map, 8, filters);
  for (std::size_t y = 0; y < filters.size(); ++y) CHECK(rows[y * 12] == static_cast<std::uint8_t>(filters[y]));
  CHECK(decode_rows(rows, 11, 5, 8) == map.indices);
}

TEST_CASE("depths are the fewest bits for a number of colours") {
  CHECK(index_depth(1) == 1);
  CHECK(index_depth(2) == 1);
  CHECK(index_depth(3) == 2);
  CHECK(index_depth(5) == 4);
  CHECK(index_depth(17) == 8);
  CHECK(index_depth(256) == 8);
}

TEST_CASE("Paeth's prediction breaks ties in the order left, above, above-left") {
  CHECK(paeth_prediction(10, 10, 10) == 10);
  CHECK(paeth_prediction(1, 5, 3) == 3);
  CHECK(paeth_prediction(4, 9, 9) == 4);
  CHECK(paeth_prediction(9, 4, 9) == 4);
  CHECK(paeth_prediction(0, 2, 1) == 1);
}
