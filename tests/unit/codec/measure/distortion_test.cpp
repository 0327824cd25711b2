// measure_distortion: MSE, PSNR and largest error against plain loops and figures done by hand.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <vector>

#include "pattern_image.hpp"
#include "test_images.hpp"
#include "vqi/metrics.hpp"

namespace {

using vqi::test::pattern_image;

}  // namespace

TEST_CASE("mse and max_error equal a plain loop at every type") {
  for (const std::uint32_t depth : {8U, 16U}) {
    for (const std::uint32_t channels : {1U, 2U, 3U, 4U}) {
      CAPTURE(depth, channels);
      const vqi::Image a = pattern_image(37, 150, channels, depth, 1);
      const vqi::Image b = pattern_image(37, 150, channels, depth, 4);
      const vqi::test::PlainErrors plain = vqi::test::plain_errors(a, b);
      const vqi::Distortion measured = vqi::measure_distortion(a, b);
      CHECK(measured.mse == plain.mse());
      CHECK(measured.mse_straight.has_value() == (channels % 2 == 0));
      if (measured.mse_straight) CHECK(*measured.mse_straight == plain.mse_straight());
      CHECK(measured.max_error == plain.max_error);
      const double peak = a.view().max_value();
      REQUIRE(measured.psnr_db.has_value());
      CHECK(*measured.psnr_db == Approx(10 * std::log10(peak * peak / measured.mse)).epsilon(1e-14));
    }
  }
}

TEST_CASE("the largest differences there are add up without overflow") {
  for (const std::uint32_t depth : {8U, 16U}) {
    vqi::Image black(70000, 2, 4, depth);
    vqi::Image white(70000, 2, 4, depth);
    std::fill(black.samples().begin(), black.samples().end(), std::byte{0});
    std::fill(white.samples().begin(), white.samples().end(), std::byte{255});
    const vqi::Distortion measured = vqi::measure_distortion(black, white);
    const double peak = black.view().max_value();
    CHECK(measured.mse == peak * peak);
    CHECK(measured.max_error == black.view().max_value());
    CHECK(measured.psnr_db == 0.0);
  }
}

TEST_CASE("equal images have no PSNR, no error and an SSIM of exactly 1") {
  const vqi::Image image = pattern_image(64, 48, 3, 8, 2);
  const vqi::Distortion measured = vqi::measure_distortion(image, vqi::Image(image));
  CHECK(measured.mse == 0);
  CHECK(measured.max_error == 0);
  CHECK_FALSE(measured.psnr_db.has_value());
  CHECK(measured.ssim == 1.0);
}

TEST_CASE("one changed alpha sample counts as one of all samples, and its black pixel as nothing more") {
  vqi::Image image = pattern_image(20, 10, 4, 8, 1);
  std::fill_n(image.row(9) + 19 * 4, 4, std::byte{0});
  vqi::Image changed(image);
  changed.row(9)[20 * 4 - 1] = std::byte{16};
  const vqi::Distortion measured = vqi::measure_distortion(image, changed);
  CHECK(measured.mse == 256.0 / (20 * 10 * 4));
  CHECK(measured.mse_straight == measured.mse);
  CHECK(measured.max_error == 16);
}

TEST_CASE("colours count as far as alpha shows them, and hidden ones for nothing but the straight figures") {
  for (const std::uint32_t depth : {8U, 16U}) {
    vqi::Image image = pattern_image(20, 12, 4, depth, 1);
    const auto set = [&](vqi::Image& of, std::size_t x, std::uint32_t c, std::uint32_t value) {
      if (depth == 16)
        of.row16(3)[x * 4 + c] = static_cast<std::uint16_t>(value * 257);
      else
        of.row(3)[x * 4 + c] = static_cast<std::byte>(value);
    };
    const double unit = depth == 16 ? 257 : 1;
    set(image, 5, 3, 0);
    vqi::Image hidden(image);
    set(image, 5, 0, 10);
    set(hidden, 5, 0, 250);
    const vqi::Distortion only_hidden = vqi::measure_distortion(image, hidden);
    CHECK(only_hidden.mse == 0);
    CHECK_FALSE(only_hidden.psnr_db.has_value());
    CHECK(only_hidden.ssim == 1.0);
    CHECK(*only_hidden.mse_straight == Approx(240 * unit * 240 * unit / (20 * 12 * 4)));
    CHECK(only_hidden.max_error == 240 * unit);
    CHECK(vqi::measure_ciede2000(image, hidden)->mean == 0);

    set(image, 5, 3, 51);  // a fifth: the difference of 240 is seen as one of 48
    set(hidden, 5, 3, 51);
    const vqi::Distortion soft = vqi::measure_distortion(image, hidden);
    CHECK(soft.mse == Approx(48 * unit * 48 * unit / (20 * 12 * 4)));
    CHECK(*soft.mse_straight == *only_hidden.mse_straight);
    CHECK(soft.ssim < 1.0);
  }
}

TEST_CASE("bytes between the rows do not count") {
  const vqi::Image image = pattern_image(13, 21, 3, 8, 1);
  const std::size_t stride = image.row_bytes() + 5;
  std::vector<std::byte> wide(stride * 21, std::byte{99});
  for (std::uint32_t y = 0; y < 21; ++y) std::memcpy(wide.data() + y * stride, image.row(y), image.row_bytes());
  vqi::ImageView view = image.view();
  view.samples = wide.data();
  view.stride_bytes = stride;
  const vqi::Distortion measured = vqi::measure_distortion(image, view);
  CHECK(measured.mse == 0);
  CHECK(measured.ssim == 1.0);
}

TEST_CASE("the measured figures are the same at any number of threads") {
  const vqi::Image a = pattern_image(311, 500, 3, 16, 1);
  const vqi::Image b = pattern_image(311, 500, 3, 16, 5);
  const vqi::Distortion one = vqi::measure_distortion(a, b, {.threads = 1});
  for (const std::uint32_t threads : {2U, 3U, 8U, 0U}) {
    const vqi::Distortion many = vqi::measure_distortion(a, b, {.threads = threads});
    CHECK(many.mse == one.mse);
    CHECK(many.max_error == one.max_error);
    CHECK(many.ssim == one.ssim);
  }
}

TEST_CASE("psnr_db follows its definition and has no value without an error") {
  CHECK_FALSE(vqi::psnr_db(0, 255).has_value());
  CHECK(vqi::psnr_db(1, 255).value() == Approx(48.130803608679).epsilon(1e-12));
  CHECK(vqi::psnr_db(65535.0 * 65535.0 / 10, 65535).value() == Approx(10.0).epsilon(1e-12));
}

TEST_CASE("measuring tells its stage, and a callback that says stop ends it") {
  const vqi::Image image(40, 400, 3, 8);
  bool keep_going = true;
  std::size_t calls = 0;
  vqi::RunOptions run{.threads = 2};
  run.progress = [&](const vqi::Progress& progress) {
    CHECK(progress.stage == vqi::Stage::measure);
    ++calls;
    return keep_going;
  };
  CHECK(vqi::measure_distortion(image, image, run).ssim == 1.0);
  CHECK(vqi::measure_ciede2000(image, image, run)->mean == 0);
  CHECK(calls >= 2);
  keep_going = false;
  for (const std::uint32_t threads : {1U, 2U}) {
    run.threads = threads;
    CHECK_THROWS_WITH(vqi::measure_distortion(image, image, run), Catch::Contains("measuring"));
    CHECK_THROWS_WITH(vqi::measure_ciede2000(image, image, run), Catch::Contains("measuring"));
  }
}
