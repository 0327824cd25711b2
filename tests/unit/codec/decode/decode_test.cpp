// decode and decode_indexed: ways to the same pixels.
#include "vqi/codec.hpp"

#include <catch2/catch.hpp>

#include "decode_on_pool.hpp"
#include "test_images.hpp"
#include "test_work.hpp"
#include "thrown_error.hpp"
#include "written_stream.hpp"

using vqi::ErrorCode;
using vqi::Image;
using vqi::test::MadeStream;
using vqi::test::make_stream;
using vqi::test::sample_at;
using vqi::test::thrown_by;

namespace {

const std::vector<vqi::detail::BlockGrid> grids{{13, 9, 1, 8}, {13, 9, 3, 8}, {13, 9, 4, 16}, {13, 9, 2, 8, 4, 2}};

vqi::ColourMetadata some_metadata() {
  vqi::ColourMetadata metadata;
  metadata.gamma = 45455;
  return metadata;
}

/// Pixels at which the image is not the codeword of its index.
std::size_t wrong_pixels(const Image& image, const MadeStream& made) {
  const vqi::detail::BlockGrid& grid = made.header.grid;
  std::size_t wrong = 0;
  for (std::uint32_t y = 0; y < grid.height_px; ++y)
    for (std::uint32_t x = 0; x < grid.width_px; ++x)
      for (std::uint32_t c = 0; c < grid.channels; ++c) {
        const std::size_t vector = y / grid.block_height_px * grid.map_width() + x / grid.block_width_px;
        const std::size_t i =
            (y % grid.block_height_px * grid.block_width_px + x % grid.block_width_px) * grid.channels + c;
        if (sample_at(image, x, y, c) != made.codebook.at(made.indices[vector], i)) ++wrong;
      }
  return wrong;
}

}  // namespace

TEST_CASE("decoding gives each pixel its codeword's samples, and the metadata, whatever the coding") {
  for (const vqi::detail::BlockGrid& grid : grids)
    for (const vqi::Coding coding : {vqi::Coding::packed, vqi::Coding::entropy}) {
      const MadeStream made = make_stream(grid, 11, {coding, vqi::Model::fast}, some_metadata());
      const Image image = vqi::decode(made.written.bytes);
      CHECK(wrong_pixels(image, made) == 0);
      CHECK(image.metadata() == some_metadata());
      vqi::test::TestWork work(2);
      CHECK(vqi::test::same_samples(vqi::detail::decode_written(made.written.bytes, work), image));
    }
}

TEST_CASE("an indexed image has the codewords side by side and an index for each vector") {
  for (const vqi::detail::BlockGrid& grid : grids) {
    const MadeStream made = make_stream(grid, 11, {}, some_metadata());
    const vqi::IndexedImage indexed = vqi::decode_indexed(made.written.bytes);
    CHECK(indexed.width_px == 13);
    CHECK(indexed.height_px == 9);
    CHECK(indexed.map_width == grid.map_width());
    CHECK(indexed.map_height == grid.map_height());
    CHECK(indexed.indices == made.indices);
    CHECK(indexed.metadata == some_metadata());
    CHECK(indexed.codebook.width_px() == 11 * grid.block_width_px);
    CHECK(indexed.codebook.height_px() == grid.block_height_px);
    std::size_t wrong = 0;
    for (std::uint32_t k = 0; k < 11; ++k)
      for (std::uint32_t y = 0; y < grid.block_height_px; ++y)
        for (std::uint32_t x = 0; x < grid.block_width_px * grid.channels; ++x)
          if (sample_at(indexed.codebook, k * grid.block_width_px + x / grid.channels, y, x % grid.channels) !=
              made.codebook.at(k, y * grid.block_width_px * grid.channels + x))
            ++wrong;
    CHECK(wrong == 0);
  }
}

TEST_CASE("every way of decoding keeps the memory limit and takes the callback's no") {
  const MadeStream made = make_stream({64, 64, 3, 8}, 11, {});
  const std::vector<std::byte>& bytes = made.written.bytes;
  const auto codes_with = [&](const vqi::RunOptions& run) {
    return std::vector{thrown_by([&] { static_cast<void>(vqi::decode(bytes, {}, run)); }).code,
                       thrown_by([&] { static_cast<void>(vqi::decode_indexed(bytes, {}, run)); }).code,
                       thrown_by([&] { static_cast<void>(vqi::decode_region(bytes, 0, 0, 64, 64, {}, run)); }).code};
  };
  vqi::RunOptions little;
  little.max_memory_bytes = 8000;  // less than the indices take
  CHECK(codes_with(little) == std::vector(3, std::optional(ErrorCode::limit_exceeded)));
  vqi::RunOptions stopped;
  stopped.progress = [](const vqi::Progress& progress) {
    CHECK(progress.stage == vqi::Stage::decode);
    return false;
  };
  CHECK(codes_with(stopped) == std::vector(3, std::optional(ErrorCode::cancelled)));
}

TEST_CASE("damage is refused by every way of decoding that reads it") {
  const MadeStream made = make_stream({64, 64, 1, 8}, 4, {});
  std::vector<std::byte> bytes = made.written.bytes;
  bytes[bytes.size() - 24 - 4 - 1] ^= std::byte{1};  // the last byte of the indices
  CHECK(thrown_by([&] { static_cast<void>(vqi::decode(bytes)); }).code == ErrorCode::checksum_mismatch);
  CHECK(thrown_by([&] { static_cast<void>(vqi::decode_indexed(bytes)); }).code == ErrorCode::checksum_mismatch);
  CHECK(thrown_by([&] { static_cast<void>(vqi::decode_region(bytes, 0, 0, 1, 1)); }).code ==
        ErrorCode::checksum_mismatch);
}
