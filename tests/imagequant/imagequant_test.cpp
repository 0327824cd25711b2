// libimagequant.h: every call that programs make, with wrong arguments too.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "libimagequant.h"

namespace {

constexpr int width = 60;
constexpr int height = 40;

struct AttrFree {
  void operator()(liq_attr* attr) const { liq_attr_destroy(attr); }
};
struct ImageFree {
  void operator()(liq_image* image) const { liq_image_destroy(image); }
};
struct ResultFree {
  void operator()(liq_result* result) const { liq_result_destroy(result); }
};
struct HistogramFree {
  void operator()(liq_histogram* histogram) const { liq_histogram_destroy(histogram); }
};
using Attr = std::unique_ptr<liq_attr, AttrFree>;
using Picture = std::unique_ptr<liq_image, ImageFree>;
using Result = std::unique_ptr<liq_result, ResultFree>;
using Histogram = std::unique_ptr<liq_histogram, HistogramFree>;

/// A gradient in which every pixel differs; the right quarter is transparent where `alpha` is set.
std::vector<liq_color> gradient(bool alpha = false) {
  std::vector<liq_color> pixels;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const bool hidden = alpha && x >= 45;
      pixels.push_back({static_cast<unsigned char>(x * 4), static_cast<unsigned char>(y * 6),
                        static_cast<unsigned char>(128 + (x ^ y)), static_cast<unsigned char>(hidden ? 0 : 255)});
    }
  return pixels;
}

Picture picture_of(const Attr& attr, const std::vector<liq_color>& pixels) {
  return Picture(liq_image_create_rgba(attr.get(), pixels.data(), width, height, 0));
}

Result quantized(const Attr& attr, const Picture& picture) {
  liq_result* result = nullptr;
  REQUIRE(liq_image_quantize(picture.get(), attr.get(), &result) == LIQ_OK);
  return Result(result);
}

std::vector<unsigned char> map_of(const Result& result, const Picture& picture) {
  std::vector<unsigned char> map(width * height);
  REQUIRE(liq_write_remapped_image(result.get(), picture.get(), map.data(), map.size()) == LIQ_OK);
  return map;
}

/// Mean squared error of premultiplied samples, as a plain loop.
double error_of(const std::vector<liq_color>& pixels, const liq_palette& palette,
                const std::vector<unsigned char>& map) {
  double sum = 0;
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    REQUIRE(map[i] < palette.count);
    const liq_color a = pixels[i];
    const liq_color b = palette.entries[map[i]];
    const auto squared = [](double d) { return d * d; };
    const double alpha_a = a.a / 255.0;
    const double alpha_b = b.a / 255.0;
    sum += squared(a.r * alpha_a - b.r * alpha_b) + squared(a.g * alpha_a - b.g * alpha_b) +
           squared(a.b * alpha_a - b.b * alpha_b) + squared(a.a - b.a);
  }
  return sum / static_cast<double>(pixels.size());
}

bool has_colour(const liq_palette& palette, liq_color colour) {
  for (unsigned i = 0; i < palette.count; ++i)
    if (std::memcmp(&palette.entries[i], &colour, sizeof(colour)) == 0) return true;
  return false;
}

}  // namespace

TEST_CASE("attributes keep values in their ranges and refuse others") {
  const Attr attr(liq_attr_create());
  CHECK(liq_get_max_colors(attr.get()) == 256);
  CHECK(liq_get_speed(attr.get()) == 4);
  CHECK(liq_set_max_colors(attr.get(), 1) == LIQ_VALUE_OUT_OF_RANGE);
  CHECK(liq_set_max_colors(attr.get(), 257) == LIQ_VALUE_OUT_OF_RANGE);
  CHECK(liq_set_max_colors(attr.get(), 16) == LIQ_OK);
  CHECK(liq_set_speed(attr.get(), 0) == LIQ_VALUE_OUT_OF_RANGE);
  CHECK(liq_set_speed(attr.get(), 10) == LIQ_OK);
  CHECK(liq_set_quality(attr.get(), 80, 70) == LIQ_VALUE_OUT_OF_RANGE);
  CHECK(liq_set_quality(attr.get(), 60, 101) == LIQ_VALUE_OUT_OF_RANGE);
  CHECK(liq_set_quality(attr.get(), 60, 80) == LIQ_OK);
  CHECK(liq_set_min_posterization(attr.get(), 5) == LIQ_VALUE_OUT_OF_RANGE);
  CHECK(liq_set_min_posterization(attr.get(), 2) == LIQ_OK);
  CHECK(liq_set_min_opacity(attr.get(), 256) == LIQ_VALUE_OUT_OF_RANGE);
  const Attr copy(liq_attr_copy(attr.get()));
  CHECK(liq_get_max_colors(copy.get()) == 16);
  CHECK(liq_get_speed(copy.get()) == 10);
  CHECK(liq_get_min_quality(copy.get()) == 60);
  CHECK(liq_get_max_quality(copy.get()) == 80);
  CHECK(liq_get_min_posterization(copy.get()) == 2);
  CHECK(liq_set_speed(nullptr, 1) == LIQ_INVALID_POINTER);
  CHECK(liq_version() == 21700);
}

TEST_CASE("an image of few colours keeps them all, and every pixel its own") {
  const Attr attr(liq_attr_create());
  std::vector<liq_color> pixels(width * height, liq_color{10, 20, 30, 255});
  pixels[7] = {200, 100, 50, 128};
  pixels[8] = {1, 2, 3, 0};
  const Picture picture = picture_of(attr, pixels);
  CHECK(liq_image_get_width(picture.get()) == width);
  CHECK(liq_image_get_height(picture.get()) == height);
  const Result result = quantized(attr, picture);
  const liq_palette& palette = *liq_get_palette(result.get());
  REQUIRE(palette.count == 3);
  CHECK(palette.entries[0].a == 0);  // transparent first, opaque last
  CHECK(palette.entries[1].a == 128);
  CHECK(error_of(pixels, palette, map_of(result, picture)) == 0);
  CHECK(liq_get_quantization_error(result.get()) == 0);
  CHECK(liq_get_quantization_quality(result.get()) == 100);
  liq_set_last_index_transparent(attr.get(), 1);
  const Result other = quantized(attr, picture);
  CHECK(liq_get_palette(other.get())->entries[2].a == 0);
}

TEST_CASE("rows, bitmaps and callbacks give the same result, and more colours less error") {
  const Attr attr(liq_attr_create());
  const std::vector<liq_color> pixels = gradient();
  double last = 1e9;
  for (const int colours : {4, 16, 64}) {
    REQUIRE(liq_set_max_colors(attr.get(), colours) == LIQ_OK);
    const Picture picture = picture_of(attr, pixels);
    const Result result = quantized(attr, picture);
    const liq_palette& palette = *liq_get_palette(result.get());
    CHECK(palette.count == static_cast<unsigned>(colours));
    const std::vector<unsigned char> map = map_of(result, picture);
    const double error = error_of(pixels, palette, map);
    CHECK(error < last);
    CHECK(liq_get_remapping_error(result.get()) * 3 == Approx(error));  // a mean over samples, not pixels
    last = error;
    std::vector<void*> rows;
    std::vector<unsigned char*> out_rows;
    std::vector<unsigned char> out(width * height);
    for (int y = 0; y < height; ++y) {
      rows.push_back(const_cast<liq_color*>(pixels.data()) + y * width);
      out_rows.push_back(out.data() + y * width);
    }
    const Picture by_rows(liq_image_create_rgba_rows(attr.get(), rows.data(), width, height, 0.45455));
    const Result of_rows = quantized(attr, by_rows);
    REQUIRE(liq_write_remapped_image_rows(of_rows.get(), by_rows.get(), out_rows.data()) == LIQ_OK);
    CHECK(out == map);
    const auto give_row = [](liq_color* row, int y, int count, void* user) {
      std::memcpy(row, static_cast<const liq_color*>(user) + y * count, static_cast<std::size_t>(count) * 4);
    };
    const Picture by_callback(
        liq_image_create_custom(attr.get(), give_row, const_cast<liq_color*>(pixels.data()), width, height, 0));
    CHECK(map_of(quantized(attr, by_callback), by_callback) == map);
  }
}

TEST_CASE("another image is remapped to the same palette, and dithering mixes neighbours") {
  const Attr attr(liq_attr_create());
  REQUIRE(liq_set_max_colors(attr.get(), 4) == LIQ_OK);
  const std::vector<liq_color> pixels = gradient();
  const Picture picture = picture_of(attr, pixels);
  const Result result = quantized(attr, picture);
  const std::vector<unsigned char> nearest = map_of(result, picture);
  std::vector<liq_color> flipped(pixels.rbegin(), pixels.rend());
  const Picture other = picture_of(attr, flipped);
  CHECK(map_of(result, other) == std::vector<unsigned char>(nearest.rbegin(), nearest.rend()));
  CHECK(liq_set_dithering_level(result.get(), 1.5F) == LIQ_VALUE_OUT_OF_RANGE);
  REQUIRE(liq_set_dithering_level(result.get(), 1) == LIQ_OK);
  CHECK(map_of(result, picture) != nearest);
  REQUIRE(liq_set_dithering_level(result.get(), 0) == LIQ_OK);
  CHECK(map_of(result, picture) == nearest);
  std::vector<unsigned char> small(width * height - 1);
  CHECK(liq_write_remapped_image(result.get(), picture.get(), small.data(), small.size()) == LIQ_BUFFER_TOO_SMALL);
  CHECK(liq_set_output_gamma(result.get(), 0) == LIQ_VALUE_OUT_OF_RANGE);
  CHECK(liq_set_output_gamma(result.get(), 0.5) == LIQ_OK);
  CHECK(liq_get_output_gamma(result.get()) == 0.5);
}

TEST_CASE("fixed colours are in the palette, and transparent pixels are transparent whatever they hide") {
  const Attr attr(liq_attr_create());
  REQUIRE(liq_set_max_colors(attr.get(), 8) == LIQ_OK);
  const std::vector<liq_color> pixels = gradient(true);
  const Picture picture = picture_of(attr, pixels);
  REQUIRE(liq_image_add_fixed_color(picture.get(), {1, 254, 3, 255}) == LIQ_OK);
  REQUIRE(liq_image_add_fixed_color(picture.get(), {1, 254, 3, 255}) == LIQ_OK);
  REQUIRE(liq_image_add_fixed_color(picture.get(), {9, 9, 9, 0}) == LIQ_OK);
  const Result result = quantized(attr, picture);
  const liq_palette& palette = *liq_get_palette(result.get());
  CHECK(palette.count <= 8);
  CHECK(has_colour(palette, {1, 254, 3, 255}));
  CHECK(has_colour(palette, {0, 0, 0, 0}));
  const std::vector<unsigned char> map = map_of(result, picture);
  for (std::size_t i = 0; i < pixels.size(); ++i) CHECK(palette.entries[map[i]].a == pixels[i].a);
}

TEST_CASE("an importance map moves colours to where pixels count") {
  const Attr attr(liq_attr_create());
  REQUIRE(liq_set_max_colors(attr.get(), 8) == LIQ_OK);
  const std::vector<liq_color> pixels = gradient();
  const auto left_error = [&](const Result& result, const Picture& picture) {
    const liq_palette& palette = *liq_get_palette(result.get());
    const std::vector<unsigned char> map = map_of(result, picture);
    double sum = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      const liq_color c = palette.entries[map[i]];
      if (i % width < 20)
        sum += std::pow(pixels[i].r - c.r, 2) + std::pow(pixels[i].g - c.g, 2) + std::pow(pixels[i].b - c.b, 2);
    }
    return sum;
  };
  const Picture plain = picture_of(attr, pixels);
  std::vector<unsigned char> importance(pixels.size());
  for (std::size_t i = 0; i < importance.size(); ++i) importance[i] = i % width < 20 ? 255 : 1;
  const Picture mapped = picture_of(attr, pixels);
  CHECK(liq_image_set_importance_map(mapped.get(), importance.data(), importance.size() - 1, LIQ_COPY_PIXELS) ==
        LIQ_BUFFER_TOO_SMALL);
  REQUIRE(liq_image_set_importance_map(mapped.get(), importance.data(), importance.size(), LIQ_COPY_PIXELS) == LIQ_OK);
  CHECK(left_error(quantized(attr, mapped), mapped) < left_error(quantized(attr, plain), plain) / 2);
}

TEST_CASE("a quality takes as few colours as it needs, and what is out of reach is refused") {
  const Attr attr(liq_attr_create());
  const std::vector<liq_color> pixels = gradient();
  const Picture picture = picture_of(attr, pixels);
  unsigned last = 0;
  for (const int quality : {10, 30, 50}) {
    REQUIRE(liq_set_quality(attr.get(), 0, quality) == LIQ_OK);
    const Result result = quantized(attr, picture);
    CHECK(liq_get_palette(result.get())->count > last);
    CHECK(liq_get_palette(result.get())->count < 256);
    CHECK(liq_get_quantization_quality(result.get()) >= quality);
    last = liq_get_palette(result.get())->count;
    const Picture fixed = picture_of(attr, pixels);
    REQUIRE(liq_image_add_fixed_color(fixed.get(), {0, 0, 0, 255}) == LIQ_OK);
    const Result with_fixed = quantized(attr, fixed);
    CHECK(liq_get_quantization_quality(with_fixed.get()) >= quality);
    CHECK(liq_get_palette(with_fixed.get())->count <= last + 8);
  }
  REQUIRE(liq_set_max_colors(attr.get(), 2) == LIQ_OK);
  REQUIRE(liq_set_quality(attr.get(), 50, 100) == LIQ_OK);
  liq_result* none = nullptr;
  CHECK(liq_image_quantize(picture.get(), attr.get(), &none) == LIQ_QUALITY_TOO_LOW);
  CHECK(none == nullptr);
  CHECK(liq_quantize_image(attr.get(), picture.get()) == nullptr);
}

TEST_CASE("posterized palettes have samples of fewer bits") {
  const Attr attr(liq_attr_create());
  REQUIRE(liq_set_min_posterization(attr.get(), 4) == LIQ_OK);
  const std::vector<liq_color> pixels = gradient();
  const Picture picture = picture_of(attr, pixels);
  const Result result = quantized(attr, picture);
  const liq_palette& palette = *liq_get_palette(result.get());
  for (unsigned i = 0; i < palette.count; ++i)
    for (const unsigned char sample : {palette.entries[i].r, palette.entries[i].g, palette.entries[i].b})
      CHECK(sample % 17 == 0);
  CHECK(error_of(pixels, palette, map_of(result, picture)) < 300);
}

TEST_CASE("one palette serves several images and counted colours") {
  const Attr attr(liq_attr_create());
  REQUIRE(liq_set_max_colors(attr.get(), 16) == LIQ_OK);
  const Histogram histogram(liq_histogram_create(attr.get()));
  liq_result* none = nullptr;
  CHECK(liq_histogram_quantize(histogram.get(), attr.get(), &none) == LIQ_UNSUPPORTED);
  const std::vector<liq_color> pixels = gradient();
  const std::vector<liq_color> plain(width * height, liq_color{255, 0, 255, 255});
  const Picture first = picture_of(attr, pixels);
  const Picture second = picture_of(attr, plain);
  REQUIRE(liq_histogram_add_image(histogram.get(), attr.get(), first.get()) == LIQ_OK);
  REQUIRE(liq_histogram_add_image(histogram.get(), attr.get(), second.get()) == LIQ_OK);
  const liq_histogram_entry entries[] = {{{0, 255, 0, 255}, 1000000}, {{0, 255, 255, 255}, 100000}};
  REQUIRE(liq_histogram_add_colors(histogram.get(), attr.get(), entries, 2, 0) == LIQ_OK);
  REQUIRE(liq_histogram_add_fixed_color(histogram.get(), {7, 7, 7, 255}, 0) == LIQ_OK);
  liq_result* made = nullptr;
  REQUIRE(liq_histogram_quantize(histogram.get(), attr.get(), &made) == LIQ_OK);
  const Result result(made);
  const liq_palette& palette = *liq_get_palette(result.get());
  CHECK(palette.count == 16);
  for (const liq_color colour : {liq_color{255, 0, 255, 255}, {0, 255, 0, 255}, {0, 255, 255, 255}, {7, 7, 7, 255}})
    CHECK(has_colour(palette, colour));
  CHECK(error_of(plain, palette, map_of(result, second)) == 0);
  CHECK(error_of(pixels, palette, map_of(result, first)) < 3000);
  CHECK(liq_histogram_add_colors(histogram.get(), attr.get(), entries, 0, 0) == LIQ_VALUE_OUT_OF_RANGE);
}

TEST_CASE("progress is told and can stop the work, and the log says what was made") {
  const Attr attr(liq_attr_create());
  std::string log;
  liq_set_log_callback(
      attr.get(), [](const liq_attr*, const char* message, void* user) { *static_cast<std::string*>(user) += message; },
      &log);
  const std::vector<liq_color> pixels = gradient();
  const Picture picture = picture_of(attr, pixels);
  static_cast<void>(quantized(attr, picture));
  CHECK(log.find("vqi") != std::string::npos);
  liq_attr_set_progress_callback(
      attr.get(), [](float, void*) { return 0; }, nullptr);
  liq_result* none = nullptr;
  CHECK(liq_image_quantize(picture.get(), attr.get(), &none) == LIQ_ABORTED);
  liq_attr_set_progress_callback(
      attr.get(), [](float percent, void*) { return percent <= 100 ? 1 : 0; }, nullptr);
  static_cast<void>(quantized(attr, picture));
}

TEST_CASE("memory that is given away is freed, and wrong arguments make no image") {
  const Attr attr(liq_attr_create());
  void* bitmap = std::malloc(width * height * 4);
  std::memset(bitmap, 100, width * height * 4);
  const Picture owner(liq_image_create_rgba(attr.get(), bitmap, width, height, 0));
  CHECK(liq_image_set_memory_ownership(owner.get(), LIQ_OWN_ROWS) == LIQ_VALUE_OUT_OF_RANGE);
  CHECK(liq_image_set_memory_ownership(owner.get(), 1) == LIQ_VALUE_OUT_OF_RANGE);
  CHECK(liq_image_set_memory_ownership(owner.get(), LIQ_OWN_PIXELS) == LIQ_OK);
  char* block = static_cast<char*>(std::malloc(width * height * 4));
  void** rows = static_cast<void**>(std::malloc(height * sizeof(void*)));
  for (int y = 0; y < height; ++y) rows[y] = block + y * width * 4;
  const Picture of_rows(liq_image_create_rgba_rows(attr.get(), rows, width, height, 0));
  CHECK(liq_image_set_memory_ownership(of_rows.get(), LIQ_OWN_ROWS | LIQ_OWN_PIXELS) == LIQ_OK);
  CHECK(liq_image_create_rgba(attr.get(), nullptr, width, height, 0) == nullptr);
  CHECK(liq_image_create_rgba(attr.get(), bitmap, 0, height, 0) == nullptr);
  CHECK(liq_image_create_rgba(attr.get(), bitmap, width, height, 2) == nullptr);
  CHECK(liq_image_set_background(owner.get(), of_rows.get()) == LIQ_UNSUPPORTED);
  liq_result* none = nullptr;
  CHECK(liq_image_quantize(nullptr, attr.get(), &none) == LIQ_INVALID_POINTER);
  CHECK(liq_get_palette(nullptr) == nullptr);
  liq_result_destroy(nullptr);
  liq_image_destroy(nullptr);
}
