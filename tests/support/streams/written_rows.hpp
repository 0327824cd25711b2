// An image file written by rows.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <string_view>
#include <vector>

#include "row_streams.hpp"
#include "vqi/image_io.hpp"

namespace vqi::test {

/// Gives the rows of an image, which is borrowed, three at a time.
inline RowGiver rows_of(const Image& image) {
  return [&image](const RowSink& sink) {
    ImageView type = image;
    type.samples = nullptr;
    sink.begin(type);
    for (std::uint32_t y = 0; y < image.height_px(); y += 3) {
      ImageView rows = image;
      rows.samples = image.row(y);
      rows.height_px = std::min(3U, image.height_px() - y);
      sink.rows(y, rows);
    }
  };
}

/// The file of the image, by its rows.
inline std::vector<std::byte> written_by_rows(const Image& image, std::string_view extension) {
  GrownBytes file;
  const std::uint64_t size_bytes = write_image_rows(rows_of(image), file.sink(), extension);
  CHECK(size_bytes == file.bytes.size());
  return std::move(file.bytes);
}

}  // namespace vqi::test
