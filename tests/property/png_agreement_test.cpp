// The PNG reader returns the samples that libpng itself reads, for every kind of PNG and with every colour chunk.
#include <zlib.h>

#include <bit>
#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "image_tools.hpp"
#include "png_fixture.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::testing::Bytes;

struct Source {
  const Bytes& bytes;
  std::size_t position = 0;
};

/// The rows that libpng's png_read_png returns with the transformations that vqi promises: palettes, small depths and
/// tRNS expanded, samples in the byte order of the machine.
std::vector<Bytes> rows_by_libpng(const Bytes& file) {
  Source source{file};
  png_structp png = png_create_read_struct(
      PNG_LIBPNG_VER_STRING, nullptr, [](png_structp, png_const_charp text) { throw std::runtime_error(text); },
      [](png_structp, png_const_charp) {});
  png_infop info = png_create_info_struct(png);
  png_set_read_fn(png, &source, [](png_structp reader, png_bytep data, std::size_t size) {
    auto& from = *static_cast<Source*>(png_get_io_ptr(reader));
    if (size > from.bytes.size() - from.position) png_error(reader, "ends early");
    std::memcpy(data, from.bytes.data() + from.position, size);
    from.position += size;
  });
  const int swap = std::endian::native == std::endian::little ? PNG_TRANSFORM_SWAP_ENDIAN : 0;
  png_read_png(png, info, PNG_TRANSFORM_EXPAND | PNG_TRANSFORM_PACKING | swap, nullptr);
  std::vector<Bytes> rows;
  const std::size_t row_bytes = png_get_rowbytes(png, info);
  for (std::uint32_t y = 0; y < png_get_image_height(png, info); ++y) {
    const auto* row = reinterpret_cast<const std::byte*>(png_get_rows(png, info)[y]);
    rows.emplace_back(row, row + row_bytes);
  }
  png_destroy_read_struct(&png, &info, nullptr);
  return rows;
}

std::vector<Bytes> rows_by_vqi(const Bytes& file) {
  const vqi::Image image = vqi::read_image(file).image;
  std::vector<Bytes> rows;
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    rows.emplace_back(image.row(y), image.row(y) + image.row_bytes());
  return rows;
}

/// A colour chunk as in a file, for a colour image if `is_colour`, else for a grey one.
Bytes colour_chunk(std::string_view type, bool is_colour) {
  Bytes data;
  if (type == "gAMA")
    vqi::testing::append_be(data, 100000, 4);  // linear: a reader that applied it would change samples
  if (type == "sRGB") vqi::testing::append_be(data, 1, 1);
  if (type == "cHRM")
    for (const std::uint32_t value : {31270U, 32900U, 64000U, 33000U, 30000U, 60000U, 15000U, 6000U})
      vqi::testing::append_be(data, value, 4);
  if (type == "iCCP") {
    const Bytes profile = vqi::testing::icc_profile(is_colour ? "RGB " : "GRAY");
    Bytes compressed(compressBound(profile.size()));
    uLongf size = compressed.size();
    compress(reinterpret_cast<Bytef*>(compressed.data()), &size, reinterpret_cast<const Bytef*>(profile.data()),
             profile.size());
    compressed.resize(size);
    vqi::testing::append(data, vqi::testing::bytes_of(std::string("p\0\0", 3)));
    vqi::testing::append(data, compressed);
  }
  return vqi::testing::png_chunk(type, data);
}

struct Kind {
  int colour_type;
  std::vector<int> depths;
};

const std::vector<Kind> kinds{{PNG_COLOR_TYPE_GRAY, {1, 2, 4, 8, 16}},
                              {PNG_COLOR_TYPE_RGB, {8, 16}},
                              {PNG_COLOR_TYPE_PALETTE, {1, 2, 4, 8}},
                              {PNG_COLOR_TYPE_GRAY_ALPHA, {8, 16}},
                              {PNG_COLOR_TYPE_RGB_ALPHA, {8, 16}}};

}  // namespace

TEST_CASE("every kind of PNG reads as libpng reads it, whatever its chunks say of colour") {
  std::size_t files = 0;
  for (const Kind& kind : kinds)
    for (const int depth : kind.depths)
      for (const bool is_interlaced : {false, true})
        for (const bool has_transparency : {false, true})
          for (const std::uint32_t width_px : {1U, 3U, 8U, 33U})
            for (const std::string_view chunk : {"", "gAMA", "sRGB", "cHRM", "iCCP"}) {
              if (has_transparency && (kind.colour_type & PNG_COLOR_MASK_ALPHA) != 0) continue;
              const auto fixture = vqi::testing::make_png_fixture(kind.colour_type, depth, is_interlaced,
                                                                  has_transparency, width_px, 11);
              Bytes file = vqi::testing::write_fixture(fixture);
              const bool is_colour = (kind.colour_type & PNG_COLOR_MASK_COLOR) != 0;
              if (!chunk.empty()) file = vqi::testing::with_png_chunk(file, colour_chunk(chunk, is_colour));
              INFO("colour type " << kind.colour_type << " depth " << depth << " interlaced " << is_interlaced
                                  << " tRNS " << has_transparency << " width " << width_px << " chunk " << chunk);
              const vqi::ReadImage read = vqi::read_image(file);
              CHECK(read.warnings.empty());
              CHECK(read.image.metadata().empty() == chunk.empty());
              CHECK(rows_by_vqi(file) == rows_by_libpng(file));
              ++files;
            }
  CHECK(files == (11 * 2 + 4) * 2 * 4 * 5);
}
