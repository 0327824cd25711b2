// What comes of an image file by its rows, beside what comes of it as a whole.
#pragma once

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "byte_tools.hpp"
#include "counting_source.hpp"
#include "test_images.hpp"
#include "vqi/image_io.hpp"

namespace vqi::test {

/// An image, with what is told of it, or what was wrong.
struct RowsRead {
  std::optional<ErrorCode> error{};
  std::string obstacle{};  ///< rows are not read then
  ReadImage read{};
};

/// All rows of a file, three at a time, in two passes.
inline RowsRead read_by_rows(std::span<const std::byte> file, const ReadOptions& options = {},
                             const RunOptions& run = {}) {
  CountingSource counting(file);
  RowsRead result;
  result.error = vqi::testing::error_of([&] {
    const std::optional<ImageRows> rows = read_image_rows(counting.source(), options, run);
    if (!rows) throw Error(ErrorCode::not_an_image, "no format with rows");
    result.obstacle = rows->obstacle;
    if (!rows->obstacle.empty()) return;
    const ImageView& type = rows->rows.type;
    Image image(type.width_px, type.height_px, type.channels, type.bit_depth);
    for (int pass = 0; pass < 2; ++pass)
      for (std::uint32_t y = 0; y < type.height_px;)
        y += rows->rows.read(y, std::min(3U, type.height_px - y), image.samples().subspan(y * image.row_bytes()));
    result.read = *rows->about;
    CHECK(result.read.image.size_bytes() == 0);
    image.metadata() = *type.metadata;
    result.read.image = std::move(image);
  });
  CHECK(counting.wrong == 0);
  return result;
}

/// Checks that the file gives the same as a whole and by rows, errors too; returns true if rows are read.
inline bool check_rows_are_those_of_the_whole(std::span<const std::byte> file, const ReadOptions& options = {}) {
  ReadImage whole;
  const auto error = vqi::testing::error_of([&] { whole = read_image(file, options); });
  const RowsRead rows = read_by_rows(file, options);
  if (!rows.obstacle.empty()) return false;
  CHECK(rows.error == error);
  if (error || rows.error) return false;
  CHECK(same_samples(rows.read.image, whole.image));
  CHECK(rows.read.image.metadata() == whole.image.metadata());
  CHECK(rows.read.format == whole.format);
  CHECK(rows.read.warnings == whole.warnings);
  CHECK(rows.read.dropped == whole.dropped);
  CHECK(rows.read.sample_bits == whole.sample_bits);
  CHECK(rows.read.is_palette == whole.is_palette);
  return true;
}

}  // namespace vqi::test
