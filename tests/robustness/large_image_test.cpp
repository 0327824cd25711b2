// Images of more than 2^31 samples; they take minutes and many gigabytes, so they run on demand only (CONTRIBUTING.md).
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "vqi/codec.hpp"

namespace {

constexpr std::uint32_t side_px = 50'000;

/// A grey image in which each of the 256 values is equally frequent and rows differ.
vqi::Image make_large() {
  vqi::Image image(side_px, side_px, 1, 8);
  for (std::uint32_t y = 0; y < side_px; ++y) {
    std::byte* const row = image.row(y);
    for (std::uint32_t x = 0; x < side_px; ++x) row[x] = static_cast<std::byte>((x / 7 + y / 3) & 0xFFU);
  }
  return image;
}

std::uint64_t peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

void expect_large_round_trip(vqi::EncodeOptions options) {
  constexpr std::uint64_t pixels = std::uint64_t{side_px} * side_px;
  const vqi::Image image = make_large();
  options.k = 16;
  const vqi::Encoded encoded = vqi::encode(image, options);
  CHECK(encoded.report.k == 16);
  // 16 cells of 16 values each, 1/2, 3/2 ... 15/2 away from the middle of the cell; rounding moves the codeword by 1/2.
  CHECK(encoded.report.distortion.mse == Approx(21.5));
  // The image, the index map and the coded index map.
  CHECK(peak_bytes() < pixels * 4 + (pixels >> 1));

  vqi::DecodeLimits limits;
  limits.max_pixels = pixels;
  vqi::RunOptions run;
  run.max_memory_bytes = std::uint64_t{1} << 36;
  const vqi::Image decoded = vqi::decode(encoded.bytes, limits, run);
  REQUIRE(decoded.height_px() == side_px);
  std::array<int, 256> value_of{};  // what each sample value decodes to; -1: not seen yet
  value_of.fill(-1);
  bool same = true;
  std::uint64_t sum = 0;
  for (std::uint32_t y = 0; y < side_px; ++y)
    for (std::uint32_t x = 0; x < side_px; ++x) {
      const int before = std::to_integer<int>(image.row(y)[x]);
      const int after = std::to_integer<int>(decoded.row(y)[x]);
      int& value = value_of[static_cast<std::size_t>(before)];
      if (value < 0) value = after;
      same &= value == after;
      sum += static_cast<std::uint64_t>((before - after) * (before - after));
    }
  CHECK(same);
  CHECK(static_cast<double>(sum) / static_cast<double>(pixels) == encoded.report.distortion.mse);

  // The last pixels lie after 2^31 samples and after the first strips.
  const vqi::Image corner = vqi::decode_region(encoded.bytes, side_px - 40, side_px - 30, 40, 30, limits, run);
  for (std::uint32_t y = 0; y < 30; ++y)
    CHECK(std::equal(corner.row(y), corner.row(y) + 40, decoded.row(side_px - 30 + y) + side_px - 40));
}

}  // namespace

TEST_CASE("a packed image of 2.5 thousand million samples comes back", "[.large]") {
  vqi::EncodeOptions options;
  options.coding = vqi::Coding::packed;
  expect_large_round_trip(options);
}

TEST_CASE("an image of 2.5 thousand million samples comes back from a model", "[.large]") {
  vqi::EncodeOptions options;
  options.coding = vqi::Coding::entropy;
  options.model = vqi::Model::fast;
  expect_large_round_trip(options);
}
