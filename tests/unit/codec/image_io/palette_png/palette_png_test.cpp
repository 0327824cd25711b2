// write_palette_png: the same pixels at every effort, smaller files than libpng's, the same bytes on any threads.
#include "palette_png.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "deflate.hpp"
#include "image_tools.hpp"
#include "png_rows.hpp"
#include "vqi/error.hpp"
#include "vqi/image_io.hpp"

using namespace vqi::detail;

namespace {

/// Soft shapes in `k` colours, some of them translucent where there are 4 channels.
vqi::IndexedImage soft_map(std::uint32_t width, std::uint32_t height, std::uint32_t k, std::uint32_t channels) {
  vqi::IndexedImage indexed;
  indexed.width_px = indexed.map_width = width;
  indexed.height_px = indexed.map_height = height;
  indexed.codebook = vqi::Image(k, 1, channels, 8);
  for (std::uint32_t i = 0; i < k * channels; ++i)
    indexed.codebook.samples()[i] = static_cast<std::byte>(i / channels * 91 % k * 255 / k + i % channels);
  std::uint32_t noise = 1;
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) {
      noise = noise * 1664525 + 1013904223;
      const std::uint32_t shade = (x * x / 40 + y * 3 + (noise >> 30)) / 4 % k;
      indexed.indices.push_back(static_cast<std::uint16_t>(shade * 67 % k));
    }
  return indexed;
}

/// Bars of many colours below a row of marks that are alike.
vqi::IndexedImage bar_chart() {
  constexpr std::uint32_t width = 900;
  constexpr std::uint32_t height = 400;
  constexpr std::uint32_t marks = 40;
  const auto mark_at = [](std::uint32_t x, std::uint32_t y) {
    const std::uint32_t mark = (x / 8 * 7 + y / 10 * 3) % 12;
    const std::uint32_t column = x % 8;
    const std::uint32_t line = y % 10;
    return column < 6 && line < 8 ? 40 + (mark * 31 + column * 17 + line * 29 + column * line * mark) % 80 : 0;
  };
  vqi::IndexedImage indexed = soft_map(width, height, 120, 3);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) {
      const std::uint32_t bar = x / 5;
      const std::uint32_t in_bar = y < marks + bar * bar * 37 % (height - marks) ? 0 : 1 + bar * 29 % 39;
      indexed.indices[std::size_t{y} * width + x] = static_cast<std::uint16_t>(y < marks ? mark_at(x, y) : in_bar);
    }
  return indexed;
}

/// Bytes of the file that libpng writes at its best level without filters, which needs at least these.
std::size_t plain_bytes(const vqi::IndexedImage& indexed) {
  const PaletteMap map = make_palette_map(indexed);
  const std::vector<std::uint8_t> rows = png_rows(map, index_depth(map.colours.size()), RowFilter::none);
  uLongf size = compressBound(static_cast<uLong>(rows.size()));
  std::vector<Bytef> out(size);
  REQUIRE(compress2(out.data(), &size, rows.data(), static_cast<uLong>(rows.size()), 9) == Z_OK);
  return size + 57 + 12 + 3 * map.colours.size();
}

vqi::Image pixels_of(const vqi::IndexedImage& indexed) {
  vqi::Image image(indexed.width_px, indexed.height_px, indexed.codebook.channels(), 8);
  for (std::size_t i = 0; i < indexed.indices.size(); ++i)
    for (std::uint32_t c = 0; c < image.channels(); ++c)
      image.samples()[i * image.channels() + c] =
          indexed.codebook.samples()[std::size_t{indexed.indices[i]} * image.channels() + c];
  return image;
}

}  // namespace

TEST_CASE("palette PNGs of every effort have the map's pixels and no more bytes than zlib's") {
  for (const std::uint32_t k : {2U, 4U, 13U, 100U, 256U})
    for (const std::uint32_t channels : {3U, 4U}) {
      const vqi::IndexedImage indexed = soft_map(80, 50, k, channels);
      const std::size_t plain = plain_bytes(indexed);
      for (std::uint32_t effort = 1; effort <= 9; ++effort) {
        INFO("K = " << k << ", " << channels << " channels, effort " << effort);
        const std::vector<std::byte> file = write_palette_png(indexed, effort);
        CHECK((vqi::testing::samples_of(vqi::read_image(file).image) == vqi::testing::samples_of(pixels_of(indexed))));
        CHECK(file.size() <= plain + (channels == 4 ? 12 + k : 0));
      }
    }
}

TEST_CASE("palette PNGs are the same at 1, 2 and 8 threads") {
  const vqi::IndexedImage indexed = soft_map(300, 200, 256, 4);
  for (const std::uint32_t effort : {1U, 5U, 6U}) {
    vqi::RunOptions run;
    run.threads = 1;
    const std::vector<std::byte> file = write_palette_png(indexed, effort, run);
    for (const std::uint32_t threads : {2U, 8U}) {
      run.threads = threads;
      CHECK(write_palette_png(indexed, effort, run) == file);
    }
  }
}

TEST_CASE("an order of the palette by neighbours with Paeth beats the given one on soft shapes") {
  const vqi::IndexedImage indexed = soft_map(300, 200, 256, 3);
  CHECK(write_palette_png(indexed, 5).size() < plain_bytes(indexed) * 9 / 10);
}

TEST_CASE("rows have filters of their own where Paeth's alone is far ahead of none") {
  const vqi::IndexedImage indexed = bar_chart();
  const std::vector<std::uint8_t> rows = png_rows(make_palette_map(indexed), 8, RowFilter::paeth);
  const std::size_t by_paeth = deflate(rows, {3, 9, {2, 1, 32}}, [] {}).size();
  CHECK(write_palette_png(indexed, 5).size() < by_paeth + 57 + 12 + 3 * 120 - by_paeth / 20);
}

TEST_CASE("writing a palette PNG is bounded in memory and stops when told") {
  const vqi::IndexedImage indexed = soft_map(100, 100, 256, 3);
  vqi::RunOptions run;
  run.max_memory_bytes = 100 * 100 * png_bytes_per_pixel - 1;
  CHECK(vqi::testing::error_of([&] { static_cast<void>(write_palette_png(indexed, 5, run)); }) ==
        vqi::ErrorCode::limit_exceeded);
  run = {};
  run.progress = [](const vqi::Progress&) { return false; };
  CHECK(vqi::testing::error_of([&] { static_cast<void>(write_palette_png(indexed, 5, run)); }) ==
        vqi::ErrorCode::cancelled);
}
