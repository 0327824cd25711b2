// write_png and write_indexed_png: what libpng reads back, and what is refused.
#include "png_writer.hpp"

#include <png.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <stdexcept>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;

/// A palette PNG as libpng's low level sees it.
struct PalettePng {
  int bit_depth = 0;
  int colour_type = 0;
  std::vector<png_color> palette;
  std::vector<png_byte> alpha;
  std::vector<std::uint16_t> indices;
};

PalettePng read_palette_png(const Bytes& file) {
  PalettePng result;
  std::span<const std::byte> rest = file;
  png_structp png = png_create_read_struct(
      PNG_LIBPNG_VER_STRING, nullptr, [](png_structp, png_const_charp text) { throw std::runtime_error(text); },
      [](png_structp, png_const_charp text) { throw std::runtime_error(text); });
  png_infop info = png_create_info_struct(png);
  png_set_read_fn(png, &rest, [](png_structp reader, png_bytep data, std::size_t size) {
    auto& source = *static_cast<std::span<const std::byte>*>(png_get_io_ptr(reader));
    std::memcpy(data, source.data(), size);
    source = source.subspan(size);
  });
  png_read_info(png, info);
  result.bit_depth = png_get_bit_depth(png, info);
  result.colour_type = png_get_color_type(png, info);
  png_colorp palette = nullptr;
  int size = 0;
  png_get_PLTE(png, info, &palette, &size);
  result.palette.assign(palette, palette + size);
  png_bytep alpha = nullptr;
  if (png_get_tRNS(png, info, &alpha, &size, nullptr) != 0) result.alpha.assign(alpha, alpha + size);
  png_set_packing(png);
  png_read_update_info(png, info);
  std::vector<png_byte> row(png_get_rowbytes(png, info));
  for (png_uint_32 y = 0; y < png_get_image_height(png, info); ++y) {
    png_read_row(png, row.data(), nullptr);
    result.indices.insert(result.indices.end(), row.begin(), row.end());
  }
  png_read_end(png, nullptr);
  png_destroy_read_struct(&png, &info, nullptr);
  return result;
}

vqi::IndexedImage make_indexed(std::uint32_t k, std::uint32_t channels) {
  vqi::IndexedImage indexed;
  indexed.width_px = indexed.map_width = 19;
  indexed.height_px = indexed.map_height = 17;
  indexed.codebook = vqi::Image(k, 1, channels, 8);
  for (std::size_t i = 0; i < indexed.codebook.size_bytes(); ++i)
    indexed.codebook.samples()[i] = static_cast<std::byte>(i / channels * 89 + i % channels * 5);
  for (std::uint32_t i = 0; i < 19 * 17; ++i) indexed.indices.push_back(static_cast<std::uint16_t>(i * 7 % k));
  return indexed;
}

}  // namespace

TEST_CASE("a written PNG reads back as the same image for 1 to 4 channels of 8 and 16 bits") {
  for (const std::uint32_t depth : {8U, 16U})
    for (std::uint32_t channels = 1; channels <= 4; ++channels) {
      vqi::Image image(31, 7, channels, depth);
      for (std::size_t i = 0; i < image.size_bytes(); ++i) image.samples()[i] = static_cast<std::byte>(i * i + i / 7);
      const vqi::ReadImage read = vqi::read_image(vqi::detail::write_png(image));
      INFO(channels << " channels of " << depth << " bits");
      CHECK(read.image.channels() == channels);
      CHECK(read.image.bit_depth() == depth);
      CHECK(std::equal(image.samples().begin(), image.samples().end(), read.image.samples().begin(),
                       read.image.samples().end()));
    }
}

TEST_CASE("a view with a stride is written without what lies between its rows") {
  vqi::Image wide(8, 4, 3, 8);
  for (std::size_t i = 0; i < wide.size_bytes(); ++i) wide.samples()[i] = static_cast<std::byte>(i);
  vqi::ImageView left = wide;
  left.width_px = 3;
  const vqi::Image read = vqi::read_image(vqi::detail::write_png(left)).image;
  REQUIRE(read.width_px() == 3);
  for (std::uint32_t y = 0; y < 4; ++y) CHECK(std::equal(read.row(y), read.row(y) + read.row_bytes(), wide.row(y)));
}

TEST_CASE("a palette PNG holds the same indices and colours in the fewest bits that PNG has") {
  const std::vector<std::pair<std::uint32_t, int>> bits_by_k{{1, 1},  {2, 1},  {3, 2},   {4, 2},  {5, 4},
                                                             {16, 4}, {17, 8}, {255, 8}, {256, 8}};
  for (const auto& [k, bits] : bits_by_k)
    for (std::uint32_t channels = 1; channels <= 4; ++channels) {
      const vqi::IndexedImage indexed = make_indexed(k, channels);
      const PalettePng png = read_palette_png(vqi::write_indexed_png(indexed));
      INFO("K = " << k << ", " << channels << " channels");
      CHECK(png.colour_type == PNG_COLOR_TYPE_PALETTE);
      CHECK(png.bit_depth == bits);
      REQUIRE(png.palette.size() == k);
      REQUIRE(png.indices.size() == indexed.indices.size());
      for (std::size_t n = 0; n < png.indices.size(); ++n) {
        const std::size_t i = png.indices[n];
        const auto* codeword =
            reinterpret_cast<const png_byte*>(indexed.codebook.row(0)) + indexed.indices[n] * channels;
        const png_byte alpha = channels % 2 == 0 ? codeword[channels - 1] : png_byte{255};
        const bool is_same = png.palette[i].red == codeword[0] &&
                             png.palette[i].green == codeword[channels < 3 ? 0 : 1] &&
                             png.palette[i].blue == codeword[channels < 3 ? 0 : 2] &&
                             (i < png.alpha.size() ? png.alpha[i] : png_byte{255}) == alpha;
        if (!is_same) FAIL("pixel " << n);
      }
      // Entries that are not opaque come first, and tRNS holds no others.
      CHECK(std::find(png.alpha.begin(), png.alpha.end(), png_byte{255}) == png.alpha.end());
    }
}

TEST_CASE("a palette PNG carries the metadata") {
  vqi::IndexedImage indexed = make_indexed(4, 3);
  indexed.metadata.gamma = 45455;
  indexed.metadata.icc_profile = vqi::IccProfile{"profile", vqi::testing::icc_profile("RGB ")};
  indexed.metadata.density = vqi::PixelDensity{1, 2, 0};
  CHECK(vqi::read_image(vqi::write_indexed_png(indexed)).image.metadata() == indexed.metadata);
}

TEST_CASE("what a palette PNG cannot hold is refused with the reason") {
  const auto message = [](const vqi::IndexedImage& indexed) {
    return vqi::testing::message_of([&] { return vqi::write_indexed_png(indexed); });
  };
  CHECK_THAT(message(make_indexed(257, 3)), Catch::Contains("at most 256 colours"));
  vqi::IndexedImage deep = make_indexed(4, 3);
  deep.codebook = vqi::Image(4, 1, 3, 16);
  CHECK_THAT(message(deep), Catch::Contains("16"));
  vqi::IndexedImage blocks = make_indexed(4, 3);
  blocks.width_px = 38;
  CHECK_THAT(message(blocks), Catch::Contains("blocks"));
  CHECK(vqi::testing::error_of([&] { return vqi::write_indexed_png(blocks); }) == ErrorCode::invalid_option);
  vqi::IndexedImage outside = make_indexed(4, 3);
  outside.indices[5] = 4;
  CHECK(vqi::testing::error_of([&] { return vqi::write_indexed_png(outside); }) == ErrorCode::invalid_image);
  vqi::IndexedImage shorter = make_indexed(4, 3);
  shorter.indices.pop_back();
  CHECK(vqi::testing::error_of([&] { return vqi::write_indexed_png(shorter); }) == ErrorCode::invalid_image);
}

TEST_CASE("writing and reading a PNG tell how far they are, and a callback that says stop ends them") {
  const vqi::Image image(40, 100, 3, 8);
  std::vector<vqi::Progress> told;
  vqi::RunOptions run;
  bool keep_going = true;
  run.progress = [&](const vqi::Progress& progress) {
    told.push_back(progress);
    return keep_going;
  };
  const Bytes file = vqi::write_image_bytes(image, ".png", run);
  static_cast<void>(vqi::read_image(file, {}, run));
  REQUIRE(told.size() >= 2);
  CHECK(told.front().stage == vqi::Stage::write);
  CHECK(told.back().stage == vqi::Stage::read);
  for (const vqi::Progress& progress : told) CHECK((progress.fraction >= 0 && progress.fraction <= 1));
  keep_going = false;
  CHECK(vqi::testing::error_of([&] { static_cast<void>(vqi::read_image(file, {}, run)); }) == ErrorCode::cancelled);
  CHECK(vqi::testing::error_of([&] { static_cast<void>(vqi::write_image_bytes(image, ".png", run)); }) ==
        ErrorCode::cancelled);
}

TEST_CASE("a PNG file that would take more memory than allowed is not made") {
  const vqi::Image image = vqi::testing::gradient_image(40, 30, 3, 8);
  vqi::RunOptions run;
  run.max_memory_bytes = vqi::write_image_bytes(image, ".png").size();
  CHECK_FALSE(vqi::testing::error_of([&] { static_cast<void>(vqi::write_image_bytes(image, ".png", run)); }));
  --run.max_memory_bytes;
  CHECK(vqi::testing::error_of([&] { static_cast<void>(vqi::write_image_bytes(image, ".png", run)); }) ==
        ErrorCode::limit_exceeded);
}

TEST_CASE("grey samples are written in the fewest bits that hold them, and come back") {
  for (const std::uint32_t bits : {1U, 2U, 4U, 8U}) {
    vqi::Image image(33, 9, 1, 8);
    const std::uint32_t step = 255U / ((1U << bits) - 1);
    for (std::size_t i = 0; i < image.size_bytes(); ++i)
      image.samples()[i] = static_cast<std::byte>(i * 7 % (1U << bits) * step);
    const Bytes file = vqi::detail::write_png(image);
    const vqi::ReadImage read = vqi::read_image(file);
    CHECK(read.sample_bits == bits);
    CHECK_FALSE(read.is_palette);
    CHECK(read.image.channels() == 1);
    CHECK((vqi::testing::samples_of(read.image) == vqi::testing::samples_of(image)));
  }
}

TEST_CASE("images of few colours are written as palettes, with the same pixels and channels") {
  for (const std::uint32_t channels : {3U, 4U})
    for (const std::uint32_t colours : {1U, 2U, 5U, 256U, 257U})
      for (const bool is_opaque : {false, true}) {
        vqi::Image image(300, 300, channels, 8);
        for (std::size_t i = 0; i < std::size_t{300} * 300; ++i) {
          std::byte* pixel = image.samples().data() + i * channels;
          const std::size_t colour = i * 31 % 401 % colours;
          pixel[0] = static_cast<std::byte>(colour * 37);
          pixel[1] = static_cast<std::byte>(colour);
          pixel[2] = static_cast<std::byte>(colour / 256 * 9 + 1);
          if (channels == 4) pixel[3] = is_opaque ? std::byte{255} : static_cast<std::byte>(255 - colour % 3);
        }
        const Bytes file = vqi::detail::write_png(image);
        const vqi::ReadImage read = vqi::read_image(file);
        INFO(channels << " channels, " << colours << " colours, opaque " << is_opaque);
        CHECK(read.is_palette == (colours <= 256));
        CHECK(read.image.channels() == channels);
        CHECK((vqi::testing::samples_of(read.image) == vqi::testing::samples_of(image)));
        if (read.is_palette) {
          const PalettePng png = read_palette_png(file);
          CHECK(png.palette.size() == colours);
          const auto opaque = std::count(png.alpha.begin(), png.alpha.end(), png_byte{255});
          CHECK(opaque == (channels == 4 && (is_opaque || colours == 1) ? 1 : 0));
        }
      }
}

TEST_CASE("a small image of many colours keeps its samples where a palette would take more") {
  vqi::Image image(8, 8, 3, 8);
  for (std::size_t i = 0; i < image.size_bytes(); ++i) image.samples()[i] = static_cast<std::byte>(i * i * 5 + i / 3);
  CHECK_FALSE(vqi::read_image(vqi::detail::write_png(image)).is_palette);
}
