// choose_png_indices: lower cost than the start, honest figures, alpha kept, the same result on any threads.
#include "png_choice.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "palette_png.hpp"
#include "premultiply.hpp"
#include "vqi/image_io.hpp"
#include "vqi/vqi.hpp"

using namespace vqi::detail;

namespace {

/// A soft picture with noise, and with a translucent and a transparent part where there are 4 channels.
vqi::Image soft_picture(std::uint32_t channels) {
  vqi::Image image(190, 210, channels, 8);
  std::uint32_t noise = 1;
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::uint32_t x = 0; x < image.width_px(); ++x) {
      std::byte* pixel = image.row(y) + std::size_t{x} * channels;
      for (std::uint32_t c = 0; c < channels; ++c) {
        noise = noise * 1664525 + 1013904223;
        pixel[c] = static_cast<std::byte>((x * (c + 1) / 2 + y / 2 + (noise >> 28)) & 255);
      }
      if (channels == 4) pixel[3] = static_cast<std::byte>(x < 60 ? 255 : x < 120 ? 300 - 2 * x : 0);
    }
  return image;
}

vqi::IndexedImage start_of(const vqi::Image& image, std::uint32_t k) {
  vqi::EncodeOptions options;
  options.k = k;
  options.effort = 1;
  return vqi::decode_indexed(vqi::encode(image, options).bytes);
}

std::uint64_t squared_error(const vqi::Image& image, const vqi::Image& other) {
  std::uint64_t sum = 0;
  const std::uint32_t channels = image.channels();
  for (std::size_t i = 0; i < image.size_bytes(); ++i) {
    const auto sample = [&](const vqi::Image& from) {
      const auto value = std::to_integer<std::uint32_t>(from.samples()[i]);
      if (channels < 4 || i % 4 == 3) return static_cast<std::int64_t>(value);
      return static_cast<std::int64_t>(
          premultiply(value, std::to_integer<std::uint32_t>(from.samples()[i / 4 * 4 + 3]), 255));
    };
    const std::int64_t difference = sample(image) - sample(other);
    sum += static_cast<std::uint64_t>(difference * difference);
  }
  return sum;
}

}  // namespace

TEST_CASE("chosen indices cost less than the start, at every effort and depth, and report their own error") {
  for (const std::uint32_t channels : {3U, 4U}) {
    const vqi::Image image = soft_picture(channels);
    for (const std::uint32_t k : {2U, 3U, 16U, 100U}) {
      const vqi::IndexedImage start = start_of(image, k);
      const PngChoice plain = choose_png_indices(image, start, {0, 5, {}});
      for (const std::uint32_t effort : {1U, 3U, 5U, 7U}) {
        INFO("K = " << k << ", " << channels << " channels, effort " << effort);
        const double lambda = 20;
        const PngChoice choice = choose_png_indices(image, start, {lambda, effort, {}});
        const vqi::Image shown = vqi::read_image(write_palette_png(choice.indexed, 1)).image;
        if (shown.channels() == channels) CHECK(choice.squared_error == squared_error(image, shown));
        CHECK(choice.cost <= static_cast<double>(plain.squared_error) + lambda * 1.2 * static_cast<double>(plain.bits));
        CHECK(choice.indexed.codebook.width_px() <= k);
      }
    }
  }
}

TEST_CASE("chosen indices make a smaller file of a photograph's kind") {
  const vqi::Image image = soft_picture(3);
  const vqi::IndexedImage start = start_of(image, 200);
  const PngChoice choice = choose_png_indices(image, start, {30, 5, {}});
  CHECK(write_palette_png(choice.indexed, 5).size() * 10 < write_palette_png(start, 5).size() * 8);
}

TEST_CASE("opaque pixels stay opaque and transparent ones transparent, whatever a bit costs") {
  const vqi::Image image = soft_picture(4);
  const PngChoice choice = choose_png_indices(image, start_of(image, 60), {3000, 5, {}});
  for (std::size_t i = 0; i < choice.indexed.indices.size(); ++i) {
    const auto before = image.samples()[i * 4 + 3];
    const auto after = choice.indexed.codebook.samples()[std::size_t{choice.indexed.indices[i]} * 4 + 3];
    if ((before == std::byte{255} || before == std::byte{0}) && before != after) FAIL("pixel " << i);
  }
}

TEST_CASE("chosen indices are the same at 1, 2 and 8 threads") {
  const vqi::Image image = soft_picture(3);
  const vqi::IndexedImage start = start_of(image, 200);
  vqi::RunOptions run;
  run.threads = 1;
  const PngChoice choice = choose_png_indices(image, start, {15, 5, {}}, run);
  for (const std::uint32_t threads : {2U, 8U}) {
    run.threads = threads;
    const PngChoice other = choose_png_indices(image, start, {15, 5, {}}, run);
    CHECK((other.indexed.indices == choice.indexed.indices));
    CHECK((vqi::testing::samples_of(other.indexed.codebook) == vqi::testing::samples_of(choice.indexed.codebook)));
  }
}

TEST_CASE("a dithered choice is nearer when blurred, smaller than a plain dither, and the same on any threads") {
  for (const std::uint32_t channels : {1U, 3U, 4U}) {
    const vqi::Image image = soft_picture(channels);
    for (const std::uint32_t k : {12U, 40U}) {
      INFO(channels << " channels, K = " << k);
      const vqi::IndexedImage start = start_of(image, k);
      const auto blurred = [&](const PngChoice& choice) {
        const vqi::Image shown = vqi::read_image(write_palette_png(choice.indexed, 1)).image;
        return *vqi::measure_distortion(image, shown, vqi::MoreFigures{true, false}).mse_blurred;
      };
      PngChoiceOptions options{60, 4, {}, vqi::Dither::diffusion, 0.8, true};
      const PngChoice dithered = choose_png_indices(image, start, options);
      CHECK(blurred(dithered) < 0.9 * blurred(choose_png_indices(image, start, {60, 4, {}})));
      vqi::RunOptions run;
      for (const std::uint32_t threads : {1U, 8U}) {
        run.threads = threads;
        const PngChoice other = choose_png_indices(image, start, options, run);
        CHECK((other.indexed.indices == dithered.indexed.indices));
      }
      options.lambda = 0;
      CHECK(dithered.bits < choose_png_indices(image, start, options).bits);
    }
  }
}

TEST_CASE("fixed colours do not move") {
  const vqi::Image image = soft_picture(3);
  const vqi::IndexedImage start = start_of(image, 20);
  std::vector<std::uint32_t> fixed;
  for (std::uint32_t i = 0; i < 20; ++i) fixed.push_back(colour_at(start.codebook.samples().data() + 3 * i, 3));
  const PngChoice choice = choose_png_indices(image, start, {30, 5, fixed.size()});
  for (std::uint32_t i = 0; i < choice.indexed.codebook.width_px(); ++i)
    CHECK(std::count(fixed.begin(), fixed.end(), colour_at(choice.indexed.codebook.samples().data() + 4 * i, 4)) == 1);
}

TEST_CASE("choosing indices checks its arguments, is bounded in memory and stops when told") {
  const vqi::Image image = soft_picture(3);
  const vqi::IndexedImage start = start_of(image, 20);
  const auto code = [&](const vqi::Image& original, double lambda, const vqi::RunOptions& run) {
    return vqi::testing::error_of([&] {
      static_cast<void>(choose_png_indices(original, start, {lambda, 5, {}}, run));
    });
  };
  CHECK(code(image, -1, {}) == vqi::ErrorCode::invalid_option);
  CHECK(code(vqi::Image(190, 210, 3, 16), 1, {}) == vqi::ErrorCode::invalid_option);
  CHECK(code(vqi::Image(19, 21, 3, 8), 1, {}) == vqi::ErrorCode::invalid_image);
  const auto code_of_dither = [&](vqi::Dither dither, double strength, const vqi::IndexedImage& from) {
    return vqi::testing::error_of([&] {
      static_cast<void>(choose_png_indices(image, from, {1, 5, {}, dither, strength}));
    });
  };
  CHECK(code_of_dither(vqi::Dither::blue, 0.5, start) == vqi::ErrorCode::invalid_option);
  CHECK(code_of_dither(vqi::Dither::diffusion, 1.5, start) == vqi::ErrorCode::invalid_option);
  vqi::IndexedImage rgba = start;
  rgba.codebook = vqi::Image(20, 1, 4, 8);
  CHECK(code_of_dither(vqi::Dither::diffusion, 0.5, rgba) == vqi::ErrorCode::invalid_image);
  vqi::RunOptions run;
  run.max_memory_bytes = 190 * 210 * 79;
  CHECK(code(image, 1, run) == vqi::ErrorCode::limit_exceeded);
  run = {};
  run.progress = [](const vqi::Progress&) { return false; };
  CHECK(code(image, 1, run) == vqi::ErrorCode::cancelled);
}
