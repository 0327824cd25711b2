// The worked example of FORMAT.md, byte for byte, in both directions.
#include <array>
#include <catch2/catch.hpp>
#include <string_view>
#include <vector>

#include "vqi/vqi.hpp"

namespace {

constexpr std::string_view example =
    "89565149 0D0A1A0A 0100 0000 03000000 02000000 01080101 03000000 01000000 02000000 00000000"
    "0000000000000000 000000000000000000000000 E3E17899"
    "43424F4B 0000 030000000000 0A141E 642E9B8E"
    "53545250 0000 080000000000 02000000 FDA0C7A1 FE5F1F6B"
    "494E4458 0000 020000000000 4402 56A1B208"
    "454E4420 0000 080000000000 9500000000000000 C48E9D7F";

std::vector<std::byte> bytes_of_hex(std::string_view hex) {
  std::vector<std::byte> bytes;
  int digits = 0;
  unsigned value = 0;
  for (const char c : hex) {
    if (c == ' ') continue;
    value = value * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : c - 'A' + 10);
    if (++digits % 2 == 0) {
      bytes.push_back(static_cast<std::byte>(value));
      value = 0;
    }
  }
  return bytes;
}

constexpr std::array<unsigned char, 6> samples{10, 20, 10, 20, 30, 10};

}  // namespace

TEST_CASE("the example of FORMAT.md is what encode writes") {
  vqi::ImageView view;
  view.samples = reinterpret_cast<const std::byte*>(samples.data());
  view.width_px = 3;
  view.height_px = 2;
  view.channels = 1;
  view.stride_bytes = 3;
  vqi::EncodeOptions options;
  options.k = 3;
  CHECK(vqi::encode(view, options).bytes == bytes_of_hex(example));
}

TEST_CASE("the example of FORMAT.md decodes to its image") {
  const vqi::Image image = vqi::decode(bytes_of_hex(example));
  REQUIRE(image.size_bytes() == samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) CHECK(static_cast<unsigned char>(image.samples()[i]) == samples[i]);
}
