// PlainSegments: rows of uncompressed strips and tiles, as far as directory and file go.
#include "plain_segments.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "tiff_builder.hpp"

namespace {

using vqi::detail::FileBytes;
using vqi::detail::PlainSegments;
using vqi::detail::TiffDirectory;
using vqi::detail::TiffLayout;
using vqi::testing::Bytes;
using vqi::testing::TiffBuilder;

TiffLayout layout_of(std::uint32_t width, std::uint32_t height, std::uint32_t bits) {
  TiffLayout layout;
  layout.width_px = layout.segment_width_px = width;
  layout.height_px = layout.segment_height_px = height;
  layout.bits = bits;
  return layout;
}

/// The bytes that are read, cut to the rows that are there.
std::vector<int> rows_of(const Bytes& file, const TiffLayout& layout, std::uint32_t first, std::uint32_t rows) {
  const FileBytes bytes(file, "TIFF");
  const TiffDirectory directory(bytes, TiffDirectory::first_offset(bytes));
  Bytes target(layout.segment_bytes(rows));
  const std::uint32_t count = PlainSegments(directory, bytes, layout).read(0, first, rows, target);
  std::vector<int> result;
  for (std::size_t i = 0; i < layout.row_bytes() * count; ++i) result.push_back(std::to_integer<int>(target[i]));
  return result;
}

}  // namespace

TEST_CASE("rows are read from anywhere in a strip, up to its end") {
  const Bytes file = TiffBuilder(2, 3, 1, 8, {1, 2, 3, 4, 5, 6}).build();
  const TiffLayout layout = layout_of(2, 3, 8);
  CHECK(rows_of(file, layout, 0, 3) == std::vector<int>{1, 2, 3, 4, 5, 6});
  CHECK(rows_of(file, layout, 1, 2) == std::vector<int>{3, 4, 5, 6});
  const Bytes cut = TiffBuilder(2, 3, 1, 8, {1, 2, 3, 4, 5, 6}).set_long(279, 5).build();
  CHECK(rows_of(cut, layout, 0, 3) == std::vector<int>{1, 2, 3, 4});
  CHECK(rows_of(cut, layout, 2, 1).empty());
}

TEST_CASE("a strip outside the file, or of no offset, has no rows") {
  const TiffLayout layout = layout_of(2, 3, 8);
  for (const std::uint32_t offset : {0U, 1000000U, 0xFFFFFFFFU})
    CHECK(rows_of(TiffBuilder(2, 3, 1, 8, {1, 2, 3, 4, 5, 6}).set_long(273, offset).build(), layout, 0, 3).empty());
}

TEST_CASE("words are swapped and bits reversed where the layout says so") {
  TiffLayout words = layout_of(2, 1, 16);
  words.is_byte_swapped = true;
  CHECK(rows_of(TiffBuilder(2, 1, 1, 8, {1, 2, 3, 4}).build(), words, 0, 1) == std::vector<int>{2, 1, 4, 3});
  TiffLayout bits = layout_of(16, 1, 1);
  bits.is_bit_reversed = true;
  CHECK(rows_of(TiffBuilder(2, 1, 1, 8, {0x01, 0x1C}).build(), bits, 0, 1) == std::vector<int>{0x80, 0x38});
}
