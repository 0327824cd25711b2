// GifLzwDecoder: what an encoder wrote comes back; codes that none can mean are refused.
#include "gif_lzw.hpp"

#include <catch2/catch.hpp>

#include "gif_builder.hpp"
#include "random.hpp"

namespace {

using vqi::detail::ByteWindow;
using vqi::detail::GifLzwDecoder;
using vqi::testing::Bytes;
using vqi::testing::GifIndices;

GifIndices decode(const Bytes& data, std::size_t count) {
  const ByteWindow window(data, "GIF");
  GifLzwDecoder decoder(window, 0);
  GifIndices indices(count);
  REQUIRE(decoder.read(indices));
  return indices;
}

std::string fault_of(const Bytes& data) {
  const ByteWindow window(data, "GIF");
  GifLzwDecoder decoder(window, 0);
  GifIndices indices(100);
  CHECK_FALSE(decoder.read(indices));
  CHECK(decoder.offset() <= data.size());
  return std::string(decoder.fault());
}

/// Data of codes of 3 bits.
Bytes codes_of(const std::vector<std::uint32_t>& codes) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) bits |= std::uint64_t{codes[i]} << (3 * i);
  Bytes data{std::byte{2}, std::byte{8}};
  vqi::testing::append_le(data, bits, 8);
  data.push_back(std::byte{0});
  return data;
}

}  // namespace

TEST_CASE("indices come back for every code size, with and without clear codes") {
  for (std::uint32_t bits = 1; bits <= 8; ++bits)
    for (const bool is_noise : {false, true})
      for (const bool clears : {false, true}) {
        INFO(bits << " bits, noise " << is_noise << ", clears " << clears);
        vqi::detail::Random random(bits);
        GifIndices indices(30000);
        for (std::size_t i = 0; i < indices.size(); ++i)
          indices[i] = static_cast<std::uint8_t>(is_noise ? random.below(1U << bits) : (i / 100) % (1U << bits));
        CHECK((decode(vqi::testing::gif_data(indices, bits, clears), indices.size()) == indices));
      }
}

TEST_CASE("what follows the last pixel is told, but for clear codes and a missing end code") {
  const auto fault_behind = [](const Bytes& data, std::size_t count) {
    const ByteWindow window(data, "GIF");
    GifLzwDecoder decoder(window, 0);
    GifIndices indices(count);
    REQUIRE(decoder.read(indices));
    return std::string(decoder.fault_behind_pixels());
  };
  const Bytes blocks{std::byte{2}, std::byte{2}, std::byte{0x4C}, std::byte{0x01}, std::byte{0}};  // 4, 1, 5
  CHECK(fault_behind(blocks, 1).empty());
  CHECK(fault_behind(vqi::testing::gif_data({1, 2, 3}, 2), 3).empty());
  CHECK(fault_behind({std::byte{2}, std::byte{2}, std::byte{0x0C}, std::byte{0x0B}, std::byte{0}}, 1)
            .empty());                                                                          // 4, 1, 4, 5
  CHECK(fault_behind({std::byte{2}, std::byte{1}, std::byte{0x0C}, std::byte{0}}, 1).empty());  // 4, 1, half a code
  CHECK(fault_behind(vqi::testing::gif_data({1, 2, 3}, 2), 2) == "more pixels follow its last one");
  CHECK(fault_behind(codes_of({4, 1, 6, 5}), 2) == "more pixels follow its last one");  // inside of a string
  CHECK(fault_behind(codes_of({4, 1, 5}), 1).empty());                                  // zeros in the same block
  Bytes same_block = codes_of({4, 1, 5});
  same_block[6] = std::byte{1};
  CHECK(fault_behind(same_block, 1) == "bytes follow the end code of its pixels");
  Bytes more = blocks;
  more.back() = std::byte{1};
  more.push_back(std::byte{7});
  CHECK(fault_behind(more, 1) == "bytes follow the end code of its pixels");
}

TEST_CASE("a code may name the string that it is about to make") {
  CHECK(decode(codes_of({4, 1, 6, 5}), 3) == GifIndices{1, 1, 1});
}

TEST_CASE("codes that name no string, early ends and wrong code sizes are faults") {
  CHECK(fault_of(codes_of({4, 1, 7, 5})) == "an LZW code is not valid");
  CHECK(fault_of(codes_of({4, 6})) == "an LZW code is not valid");
  CHECK(fault_of(codes_of({4, 1, 5})) == "its end code comes before its last pixel");
  CHECK(fault_of({}) == "its pixels end early");
  CHECK(fault_of(Bytes{std::byte{2}, std::byte{9}, std::byte{4}}) == "its pixels end early");
  CHECK(fault_of(Bytes{std::byte{2}, std::byte{0}}) == "its pixels end early");
  CHECK(fault_of(Bytes{std::byte{0}}) == "its code size is not valid");
  CHECK(fault_of(Bytes{std::byte{9}}) == "its code size is not valid");
}
