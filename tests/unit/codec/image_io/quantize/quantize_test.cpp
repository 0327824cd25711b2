// quantize: palette PNGs of a K or for a target, and what is refused. tests/cli/quantize_cases.py reads the files with
// another decoder.
#include "vqi/quantize.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <string_view>
#include <thread>

#include "png_chunks.hpp"
#include "thrown_error.hpp"
#include "vqi/image_io.hpp"
#include "vqi/metrics.hpp"

namespace {

using vqi::ErrorCode;
using vqi::Image;
using vqi::test::thrown_by;

/// More than 256 colours.
Image picture() {
  Image image(60, 50, 3, 8);
  for (std::size_t i = 0; i < image.size_bytes(); ++i)
    image.samples()[i] = static_cast<std::byte>(i * i / 11 + i / 180);
  return image;
}

/// The data of a chunk of the PNG.
std::vector<std::byte> chunk_of(std::span<const std::byte> png, std::string_view type) {
  for (const vqi::detail::PngChunkView& chunk : vqi::detail::find_png_chunks(png).list)
    if (chunk.type() == type) return {chunk.data.begin(), chunk.data.end()};
  return {};
}

}  // namespace

TEST_CASE("a quantized image is a PNG of at most K colours with the distortion that is reported") {
  const Image image = picture();
  vqi::QuantizeOptions options;
  options.k = 12;
  const vqi::Quantized result = vqi::quantize(image, options);
  const vqi::ReadImage read = vqi::read_image(result.bytes);
  CHECK(read.is_palette);
  CHECK(read.sample_bits == 4);
  CHECK(vqi::measure_distortion(image, read.image).mse == Approx(result.report.distortion.mse));
  const vqi::ByteCounts& bytes = result.report.bytes;
  CHECK(bytes.file == result.bytes.size());
  CHECK(bytes.header + bytes.codebook + bytes.index + bytes.metadata == bytes.file);
}

TEST_CASE("the distortion of chosen indices is that of the file, with and without colour") {
  const Image colour = picture();
  Image grey(60, 50, 1, 8);
  for (std::size_t i = 0; i < grey.size_bytes(); ++i) grey.samples()[i] = static_cast<std::byte>(i * i / 11);
  for (const Image* image : {&colour, static_cast<const Image*>(&grey)}) {
    vqi::QuantizeOptions options;
    options.k = 32;
    options.lambda = 30;
    const vqi::Quantized result = vqi::quantize(*image, options);
    const vqi::ReadImage read = vqi::read_image(result.bytes);
    CHECK(vqi::measure_distortion(*image, read.image).mse == Approx(result.report.distortion.mse));
  }
}

TEST_CASE("a PSNR takes the fewest colours that reach it, and falls back as far as the caller allows") {
  const Image image = picture();
  vqi::QuantizeOptions options;
  options.psnr_db = 24;
  options.method = vqi::Method::kmeans;
  const vqi::Quantized result = vqi::quantize(image, options);
  REQUIRE(result.report.distortion.psnr_db);
  CHECK(*result.report.distortion.psnr_db >= 24);
  REQUIRE(result.report.k_chosen);
  CHECK_FALSE(result.report.k_requested);
  options.psnr_db.reset();
  options.k = *result.report.k_chosen - 1;
  CHECK(*vqi::quantize(image, options).report.distortion.psnr_db < 24);
  options.psnr_db = 24;
  CHECK(thrown_by([&] { static_cast<void>(vqi::quantize(image, options)); }).code == ErrorCode::target_unreachable);
  options.min_psnr_db = 10;
  CHECK(vqi::quantize(image, options).report.k == *options.k);
}

TEST_CASE("a size takes the most colours that fit") {
  const Image image = picture();
  vqi::QuantizeOptions options;
  options.max_bytes = 1500;
  const vqi::Quantized result = vqi::quantize(image, options);
  CHECK(result.bytes.size() <= 1500);
  CHECK(result.report.k > 1);
  options.max_bytes = 70;
  CHECK(thrown_by([&] { static_cast<void>(vqi::quantize(image, options)); }).code == ErrorCode::target_unreachable);
}

TEST_CASE("ecvq dithers as asked for, with what is measured of it, and meets targets by lambda") {
  Image image(160, 120, 3, 8);
  for (std::uint32_t y = 0; y < 120; ++y)
    for (std::uint32_t x = 0; x < 160; ++x) {
      std::byte* const pixel = image.row(y) + std::size_t{3} * x;
      pixel[0] = static_cast<std::byte>(x * 3 / 2);
      pixel[1] = static_cast<std::byte>(y * 2);
      pixel[2] = std::byte{60};
    }
  const auto quantized = [&](vqi::Dither dither, std::optional<std::uint64_t> max_bytes) {
    vqi::QuantizeOptions options;
    options.k = 24;
    options.dither = dither;
    options.max_bytes = max_bytes;
    if (!max_bytes) options.lambda = 30;
    return vqi::quantize(image, options);
  };
  const auto blurred = [&](const vqi::Quantized& result) {
    return *vqi::measure_distortion(image, vqi::read_image(result.bytes).image, vqi::MoreFigures{true, false})
                .mse_blurred;
  };
  const vqi::Quantized none = quantized(vqi::Dither::none, {});
  CHECK_FALSE(none.report.distortion.mse_blurred);
  for (const vqi::Dither dither : {vqi::Dither::diffusion, vqi::Dither::automatic}) {
    const vqi::Quantized found = quantized(dither, {});
    CHECK(found.report.method == vqi::Method::ecvq);
    CHECK(found.report.dither == dither);
    CHECK(found.report.dither_strength == 0.5);
    REQUIRE(found.report.distortion.mse_blurred);
    CHECK(*found.report.distortion.mse_blurred == Approx(blurred(found)));
    CHECK(blurred(found) < blurred(none));
    const std::uint64_t most = found.bytes.size() * 4 / 5;
    const vqi::Quantized small = quantized(dither, most);
    CHECK(small.report.method == vqi::Method::ecvq);
    CHECK(small.report.dither == dither);
    CHECK(small.bytes.size() <= most);
  }
  vqi::QuantizeOptions options;
  options.dither = vqi::Dither::diffusion;
  options.psnr_db = *none.report.distortion.psnr_db;
  const vqi::Quantized good = vqi::quantize(image, options);
  CHECK(*good.report.distortion.psnr_db >= *options.psnr_db);
  CHECK(good.report.dither == vqi::Dither::diffusion);
}

TEST_CASE("options that no palette PNG can have are refused") {
  const auto refused = [](auto change) {
    vqi::QuantizeOptions options;
    change(options);
    CHECK(thrown_by([&] { static_cast<void>(vqi::quantize(picture(), options)); }).code == ErrorCode::invalid_option);
  };
  refused([](auto& options) { options.k = 0; });
  refused([](auto& options) { options.k = 257; });
  refused([](auto& options) { options.psnr_db = 0; });
  refused([](auto& options) { options.psnr_db = std::numeric_limits<double>::infinity(); });
  refused([](auto& options) { options.min_psnr_db = 30; });
  refused([](auto& options) { options.max_bytes = 0; });
  refused([](auto& options) { options.psnr_db = 30, options.max_bytes = 1000; });
  refused([](auto& options) { options.effort = 10; });
  refused([](auto& options) { options.method = vqi::Method::em; });
  refused([](auto& options) { options.lambda = -1; });
  refused([](auto& options) { options.lambda = 5, options.method = vqi::Method::kmeans; });
  refused([](auto& options) { options.lambda = 5, options.max_bytes = 1000; });
  const auto inks = std::make_shared<vqi::Codebook>(vqi::Codebook{1, 1, Image(2, 1, 3, 8)});
  inks->codewords.samples()[0] = std::byte{9};
  refused([&](auto& options) { options.codebook = inks, options.k = 2; });
  refused([&](auto& options) { options.codebook = inks, options.psnr_db = 20; });
  refused([&](auto& options) { options.codebook = inks, options.method = vqi::Method::ecvq; });
  refused([&](auto& options) { options.codebook = inks, options.lambda = 2; });
  refused([&](auto& options) {
    options.codebook = std::make_shared<vqi::Codebook>(vqi::Codebook{2, 1, Image(4, 1, 3, 8)});
  });
  refused([&](auto& options) {
    options.codebook = std::make_shared<vqi::Codebook>(vqi::Codebook{1, 1, Image(257, 1, 3, 8)});
  });
  refused([](auto& options) { options.space = vqi::Space::oklab, options.method = vqi::Method::ecvq; });
  refused([](auto& options) { options.dither = vqi::Dither::blue, options.method = vqi::Method::ecvq; });
  refused(
      [](auto& options) { options.dither = vqi::Dither::diffusion, options.lambda = 3, options.dither_strength = 2; });
  refused([](auto& options) { options.lambda = 3, options.dither_strength = 0.5; });
  refused([](auto& options) { options.keep_small = true, options.lambda = 3; });
  vqi::QuantizeOptions none;
  CHECK(thrown_by([&] { static_cast<void>(vqi::quantize(vqi::ImageView{}, none)); }).code == ErrorCode::invalid_image);
}

TEST_CASE("given colours are the palette, and fixed ones its beginning, with every method and target") {
  auto inks = std::make_shared<vqi::Codebook>(vqi::Codebook{1, 1, Image(5, 1, 3, 8)});
  for (std::size_t i = 0; i < 15; ++i) inks->codewords.samples()[i] = static_cast<std::byte>(i * 97);
  vqi::QuantizeOptions given;
  given.codebook = inks;
  const auto palette_of = [](const vqi::QuantizeOptions& options) {
    return chunk_of(vqi::quantize(picture(), options).bytes, "PLTE");
  };
  const std::span<const std::byte> samples = inks->codewords.samples();
  CHECK(palette_of(given) == std::vector<std::byte>(samples.begin(), samples.end()));
  CHECK_FALSE(vqi::quantize(picture(), given).report.k_requested);
  for (int i = 0; i < 5; ++i) {
    vqi::QuantizeOptions fixed;
    fixed.fixed = {{255, 0, 255, 255}, {1, 2, 3, 255}};
    fixed.k = 20;
    if (i == 1) fixed.method = vqi::Method::ecvq;
    if (i == 2) fixed.psnr_db = 15;
    if (i == 3) fixed.max_bytes = 2000;
    if (i == 4) fixed.method = vqi::Method::kmeans, fixed.max_bytes = 2000;
    const std::vector<std::byte> palette = palette_of(fixed);
    const int expected[] = {255, 0, 255, 1, 2, 3};
    REQUIRE(palette.size() >= 6);
    for (std::size_t k = 0; k < 6; ++k) CHECK(palette[k] == static_cast<std::byte>(expected[k]));
  }
}

TEST_CASE("16 bits are rounded to 8 with a warning") {
  Image image(16, 16, 1, 16);
  for (std::uint32_t y = 0; y < 16; ++y)
    for (std::uint32_t x = 0; x < 16; ++x) image.row16(y)[x] = static_cast<std::uint16_t>(y * 4096 + x * 16);
  const vqi::Quantized result = vqi::quantize(image);
  REQUIRE_FALSE(result.report.warnings.empty());
  CHECK(result.report.bit_depth == 8);
}

TEST_CASE("a callback that says no stops the work") {
  vqi::RunOptions run;
  run.progress = [](const vqi::Progress&) { return false; };
  CHECK(thrown_by([&] { static_cast<void>(vqi::quantize(picture(), {}, run)); }).code == ErrorCode::cancelled);
}

TEST_CASE("the time that writing the PNG takes counts as encoding, and all else is in other stages") {
  constexpr std::chrono::milliseconds pause(30);
  const Image image = picture();
  for (const vqi::Method method : {vqi::Method::kmeans, vqi::Method::ecvq}) {
    std::atomic<bool> has_slept = false;
    vqi::RunOptions run;
    run.progress = [&](const vqi::Progress& progress) {
      if (progress.stage == vqi::Stage::write && !has_slept.exchange(true)) std::this_thread::sleep_for(pause);
      return true;
    };
    vqi::QuantizeOptions options;
    options.k = 16;
    options.method = method;
    const vqi::EncodeSeconds seconds = vqi::quantize(image, options, run).report.seconds;
    CHECK(has_slept);
    CHECK(seconds.encode >= 0.03);
    CHECK(std::min({seconds.train, seconds.assign, seconds.measure}) > 0);
  }
}
