// write_deflate_blocks: zlib inflates what was written, and blocks of unlike statistics are kept apart.
#include "deflate_blocks.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>

using namespace vqi::detail;

namespace {

std::vector<std::uint8_t> inflate_all(const std::vector<std::byte>& stream, std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  uLongf length = static_cast<uLongf>(size);
  REQUIRE(uncompress(bytes.data(), &length, reinterpret_cast<const Bytef*>(stream.data()),
                     static_cast<uLong>(stream.size())) == Z_OK);
  REQUIRE(length == size);
  return bytes;
}

}  // namespace

TEST_CASE("literals and matches of all lengths and distances inflate to the bytes") {
  std::vector<DeflateStep> steps;
  std::vector<std::uint8_t> bytes;
  std::uint32_t state = 1;
  const auto random = [&](std::uint32_t bound) {
    state = state * 1664525 + 1013904223;
    return (state >> 8) % bound;
  };
  while (bytes.size() < 400'000) {
    if (bytes.empty() || random(3) > 0) {
      steps.push_back({0, static_cast<std::uint16_t>(random(bytes.size() < 100'000 ? 4 : 256))});
      bytes.push_back(static_cast<std::uint8_t>(steps.back().value));
      continue;
    }
    const std::uint32_t bound = static_cast<std::uint32_t>(std::min<std::size_t>(farthest_match, bytes.size()));
    const std::uint32_t distance = 1 + random(1 + random(bound));
    const std::uint32_t length = 3 + random(256);
    steps.push_back({static_cast<std::uint16_t>(length), static_cast<std::uint16_t>(distance - 1)});
    for (std::uint32_t i = 0; i < length; ++i) bytes.push_back(bytes[bytes.size() - distance]);
  }
  CHECK((inflate_all(write_deflate_blocks(steps, bytes, [] {}), bytes.size()) == bytes));
}

TEST_CASE("a single literal is a whole stream") {
  const std::vector<std::uint8_t> bytes{42};
  CHECK(inflate_all(write_deflate_blocks(std::vector<DeflateStep>{{0, 42}}, bytes, [] {}), 1) == bytes);
}

TEST_CASE("halves of unlike bytes get codes of their own") {
  std::vector<DeflateStep> steps;
  std::vector<std::uint8_t> bytes;
  for (std::uint32_t i = 0; i < 80'000; ++i) {
    bytes.push_back(static_cast<std::uint8_t>((i * 2654435761U >> 30) + (i < 40'000 ? 0 : 100)));
    steps.push_back({0, bytes.back()});
  }
  CHECK(write_deflate_blocks(steps, bytes, [] {}).size() <
        80'000 * 9 / 4 / 8 + 100);  // with the end of block 2.25 bits each, 3.1 in one block
}
