// Writes PNG files of every colour type and depth with libpng, and says what a reader must return for them.
#pragma once

#include <png.h>

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "byte_tools.hpp"

namespace vqi::testing {

/// A PNG file before it is written: its type, and one number per sample as PNG stores it.
struct PngFixture {
  int colour_type = PNG_COLOR_TYPE_RGB;
  int bit_depth = 8;
  bool is_interlaced = false;
  bool has_transparency = false;  ///< a tRNS chunk
  std::uint32_t width_px = 13;
  std::uint32_t height_px = 9;
  std::uint32_t stored_channels = 3;
  std::vector<std::uint32_t> samples;
  std::vector<png_color> palette;
  std::vector<png_byte> palette_alpha;
  png_color_16 transparent{};  ///< the colour that tRNS makes transparent

  [[nodiscard]] std::uint32_t sample(std::uint32_t x, std::uint32_t y, std::uint32_t channel) const {
    return samples[(std::size_t{y} * width_px + x) * stored_channels + channel];
  }
};

inline PngFixture make_png_fixture(int colour_type, int bit_depth, bool is_interlaced, bool has_transparency,
                                   std::uint32_t width_px = 13, std::uint32_t height_px = 9) {
  PngFixture fixture{colour_type, bit_depth, is_interlaced, has_transparency, width_px, height_px, 1, {}, {}, {}, {}};
  if (colour_type == PNG_COLOR_TYPE_RGB) fixture.stored_channels = 3;
  if (colour_type == PNG_COLOR_TYPE_RGB_ALPHA) fixture.stored_channels = 4;
  if (colour_type == PNG_COLOR_TYPE_GRAY_ALPHA) fixture.stored_channels = 2;
  std::uint32_t state = 12345;
  const auto draw = [&] { return (state = state * 1664525U + 1013904223U) >> 16; };
  for (std::size_t i = 0; i < std::size_t{width_px} * height_px * fixture.stored_channels; ++i)
    fixture.samples.push_back(draw() & ((1U << bit_depth) - 1));
  if (colour_type == PNG_COLOR_TYPE_PALETTE) {
    for (int i = 0; i < (1 << bit_depth); ++i) {
      fixture.palette.push_back(
          {static_cast<png_byte>(draw()), static_cast<png_byte>(draw()), static_cast<png_byte>(draw())});
      // One entry has no alpha: tRNS may be shorter than the palette.
      if (has_transparency && i > 0) fixture.palette_alpha.push_back(static_cast<png_byte>(draw()));
    }
  } else if (has_transparency) {
    // The colour of the middle pixel, so that at least one pixel becomes transparent.
    const std::uint32_t x = width_px / 2;
    const std::uint32_t y = height_px / 2;
    fixture.transparent.gray = static_cast<png_uint_16>(fixture.sample(x, y, 0));
    if (fixture.stored_channels >= 3) {
      fixture.transparent.red = static_cast<png_uint_16>(fixture.sample(x, y, 0));
      fixture.transparent.green = static_cast<png_uint_16>(fixture.sample(x, y, 1));
      fixture.transparent.blue = static_cast<png_uint_16>(fixture.sample(x, y, 2));
    }
  }
  return fixture;
}

/// The file, as libpng writes it.
inline Bytes write_fixture(const PngFixture& fixture) {
  Bytes file;
  png_structp png = png_create_write_struct(
      PNG_LIBPNG_VER_STRING, nullptr, [](png_structp, png_const_charp text) { throw std::runtime_error(text); },
      nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(
      png, &file,
      [](png_structp writer, png_bytep data, std::size_t size) {
        append(*static_cast<Bytes*>(png_get_io_ptr(writer)), {reinterpret_cast<std::byte*>(data), size});
      },
      nullptr);
  png_set_IHDR(png, info, fixture.width_px, fixture.height_px, fixture.bit_depth, fixture.colour_type,
               fixture.is_interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  if (!fixture.palette.empty())
    png_set_PLTE(png, info, fixture.palette.data(), static_cast<int>(fixture.palette.size()));
  if (fixture.has_transparency)
    png_set_tRNS(png, info, fixture.palette_alpha.data(), static_cast<int>(fixture.palette_alpha.size()),
                 &fixture.transparent);
  png_write_info(png, info);
  const auto bits = static_cast<std::size_t>(fixture.bit_depth);
  const std::size_t row_samples = std::size_t{fixture.width_px} * fixture.stored_channels;
  const std::size_t row_bytes = (row_samples * bits + 7) / 8;
  std::vector<png_byte> rows(row_bytes * fixture.height_px);
  std::vector<png_bytep> row_pointers;
  for (std::size_t y = 0; y < fixture.height_px; ++y) {
    row_pointers.push_back(rows.data() + y * row_bytes);
    for (std::size_t i = 0; i < row_samples; ++i) {
      const std::uint32_t value = fixture.samples[y * row_samples + i];
      if (bits == 16) {
        row_pointers.back()[2 * i] = static_cast<png_byte>(value >> 8);
        row_pointers.back()[2 * i + 1] = static_cast<png_byte>(value & 255);
      } else {
        png_byte& target = row_pointers.back()[i * bits / 8];
        target = static_cast<png_byte>(target | (value << (8 - bits - i * bits % 8)));
      }
    }
  }
  png_write_image(png, row_pointers.data());
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  return file;
}

/// The samples that a reader must return for a pixel, as the PNG specification defines them.
inline std::vector<std::uint32_t> expected_pixel(const PngFixture& fixture, std::uint32_t x, std::uint32_t y) {
  std::vector<std::uint32_t> pixel;
  const std::uint32_t full = fixture.bit_depth == 16 ? 65535 : 255;
  if (fixture.colour_type == PNG_COLOR_TYPE_PALETTE) {
    const std::size_t index = fixture.sample(x, y, 0);
    const png_color& colour = fixture.palette[index];
    pixel = {colour.red, colour.green, colour.blue};
    if (fixture.has_transparency)
      pixel.push_back(index < fixture.palette_alpha.size() ? fixture.palette_alpha[index] : 255U);
    return pixel;
  }
  const std::uint32_t stored_max = (1U << fixture.bit_depth) - 1;
  for (std::uint32_t channel = 0; channel < fixture.stored_channels; ++channel)
    pixel.push_back(fixture.sample(x, y, channel) * full / stored_max);
  if (fixture.has_transparency) {
    const png_color_16& key = fixture.transparent;
    const bool is_key = fixture.stored_channels == 1
                            ? fixture.sample(x, y, 0) == key.gray
                            : fixture.sample(x, y, 0) == key.red && fixture.sample(x, y, 1) == key.green &&
                                  fixture.sample(x, y, 2) == key.blue;
    pixel.push_back(is_key ? 0 : full);
  }
  return pixel;
}

}  // namespace vqi::testing
