// write_tiff: every kind of image comes back, alpha is declared, and limits and the callback are heard.
#include "tiff_writer.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "streams/written_rows.hpp"
#include "tiff_directory.hpp"
#include "vqi/error.hpp"
#include "vqi/image_io.hpp"

using vqi::detail::write_tiff;
using vqi::testing::gradient_image;
using vqi::testing::samples_of;

TEST_CASE("images of every kind are written and read again unchanged") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U})
      for (const auto& [width, height] :
           std::vector<std::pair<std::uint32_t, std::uint32_t>>{{1, 1}, {33, 21}, {1, 700}, {300, 500}, {70000, 2}}) {
        const vqi::Image image = gradient_image(width, height, channels, depth);
        const vqi::ReadImage read = vqi::read_image(write_tiff(image, ".tif", {}));
        INFO(width << "x" << height << ", " << channels << " channels of " << depth << " bits");
        CHECK(read.image.channels() == channels);
        CHECK(read.image.bit_depth() == depth);
        CHECK((samples_of(read.image) == samples_of(image)));
        CHECK(read.warnings.empty());
        CHECK(vqi::test::written_by_rows(image, ".tif") == write_tiff(image, ".tif", {}));
      }
}

TEST_CASE("alpha is declared to be straight") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U}) {
    const auto file = write_tiff(gradient_image(5, 4, channels, 8), ".tif", {});
    const vqi::detail::FileBytes window(file, "TIFF");
    const vqi::detail::TiffDirectory directory(window, vqi::detail::TiffDirectory::first_offset(window));
    CHECK(directory.number(vqi::detail::TiffTag::extra_samples, 0) == (channels % 2 == 0 ? 2U : 0U));
  }
}

TEST_CASE("soft images take differences, and images of few colours do not") {
  vqi::Image soft(512, 512, 3, 8);
  vqi::Image hard(512, 512, 3, 8);
  std::uint32_t noise = 1;
  for (std::uint32_t y = 0; y < 512; ++y)
    for (std::uint32_t i = 0; i < 3 * 512; ++i) {
      soft.row(y)[i] = static_cast<std::byte>((i / 3 + y / 2 + (i * 7 + y * 13) % 3) / 4);
      if (i % 3 == 0) noise = noise * 1664525U + 1013904223U;
      hard.row(y)[i] = static_cast<std::byte>((noise >> 30) * 85);
    }
  constexpr std::uint16_t predictor = 317;
  const auto has_predictor = [](const vqi::Image& image) {
    const auto file = write_tiff(image, ".tif", {});
    const vqi::detail::FileBytes window(file, "TIFF");
    return vqi::detail::TiffDirectory(window, vqi::detail::TiffDirectory::first_offset(window)).has(predictor);
  };
  CHECK(vqi::test::written_by_rows(soft, ".tif") == write_tiff(soft, ".tif", {}));
  CHECK(vqi::test::written_by_rows(hard, ".tif") == write_tiff(hard, ".tif", {}));
  CHECK(has_predictor(soft));
  CHECK_FALSE(has_predictor(hard));
}

TEST_CASE("writing stops at the memory limit and when the callback says so") {
  const vqi::Image image = gradient_image(300, 500, 3, 16);
  vqi::RunOptions run;
  run.max_memory_bytes = 500;
  CHECK(vqi::testing::error_of([&] { return write_tiff(image, ".tif", run); }) == vqi::ErrorCode::limit_exceeded);
  run = {};
  run.progress = [](const vqi::Progress& progress) {
    CHECK(progress.stage == vqi::Stage::write);
    return false;
  };
  CHECK(vqi::testing::error_of([&] { return write_tiff(image, ".tif", run); }) == vqi::ErrorCode::cancelled);
}
