// read_tiff_samples: bits, planes, left-out samples and shared chroma.
#include "tiff_samples.hpp"

#include <catch2/catch.hpp>

namespace {

using vqi::detail::read_tiff_samples;
using vqi::detail::TiffLayout;
using Samples = std::vector<std::uint16_t>;

std::vector<std::byte> bytes_of(const std::vector<int>& values) {
  std::vector<std::byte> bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

TiffLayout layout_of(std::uint32_t width, std::uint32_t bits, std::uint32_t samples) {
  TiffLayout layout;
  layout.segment_width_px = width;
  layout.bits = bits;
  layout.samples = samples;
  layout.colour_samples = samples;
  return layout;
}

}  // namespace

TEST_CASE("samples of fewer than 8 bits come from the high bits first, rows begin with a byte") {
  Samples samples(3);
  read_tiff_samples(layout_of(3, 3, 1), {bytes_of({0b00101011, 0b10000000, 0b11111100, 0b00000000})}, 0, 3, samples);
  CHECK(samples == Samples{1, 2, 7});
  read_tiff_samples(layout_of(3, 3, 1), {bytes_of({0b00101011, 0b10000000, 0b11100100, 0b00000000})}, 1, 3, samples);
  CHECK(samples == Samples{7, 1, 0});
}

TEST_CASE("samples of more than 8 bits may lie across three bytes") {
  Samples samples(3);
  // 0x1234, 0x5678, 0x7FFF, 15 bits each.
  const std::uint64_t bits =
      (std::uint64_t{0x1234} << 33) | (std::uint64_t{0x5678} << 18) | (std::uint64_t{0x7FFF} << 3);
  std::vector<int> bytes;
  for (int shift = 40; shift >= 0; shift -= 8) bytes.push_back(static_cast<int>((bits >> shift) & 0xFF));
  read_tiff_samples(layout_of(3, 15, 1), {bytes_of(bytes)}, 0, 3, samples);
  CHECK(samples == Samples{0x1234, 0x5678, 0x7FFF});
}

TEST_CASE("colour and alpha are taken out of pixels and planes") {
  TiffLayout layout = layout_of(2, 8, 4);
  layout.colour_samples = 1;
  layout.alpha_sample = 3;
  Samples samples(4);
  read_tiff_samples(layout, {bytes_of({1, 2, 3, 4, 5, 6, 7, 8})}, 0, 2, samples);
  CHECK(samples == Samples{1, 4, 5, 8});
  layout.has_planes = true;
  read_tiff_samples(layout, {bytes_of({1, 2}), bytes_of({7, 8})}, 0, 2, samples);
  CHECK(samples == Samples{1, 7, 2, 8});
}

TEST_CASE("pixels of a unit share its chroma") {
  TiffLayout layout = layout_of(3, 8, 3);
  layout.subsampling_x = 2;
  layout.subsampling_y = 2;
  const std::vector<std::byte> units = bytes_of({1, 2, 3, 4, 91, 92, 5, 6, 7, 8, 93, 94});
  Samples samples(9);
  read_tiff_samples(layout, {units}, 0, 3, samples);
  CHECK(samples == Samples{1, 91, 92, 2, 91, 92, 5, 93, 94});
  read_tiff_samples(layout, {units}, 1, 3, samples);
  CHECK(samples == Samples{3, 91, 92, 4, 91, 92, 7, 93, 94});
}
