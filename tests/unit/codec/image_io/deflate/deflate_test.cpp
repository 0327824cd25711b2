// deflate: zlib inflates what libdeflate, Zopfli and our own writer made.
#include "deflate.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <stdexcept>

namespace {

std::vector<std::uint8_t> noisy_bytes(std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  std::uint32_t state = 1;
  for (std::uint8_t& byte : bytes) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<std::uint8_t>(state >> 30);
  }
  return bytes;
}

std::vector<std::uint8_t> inflate_all(const std::vector<std::byte>& stream, std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  uLongf length = static_cast<uLongf>(size);
  REQUIRE(uncompress(bytes.data(), &length, reinterpret_cast<const Bytef*>(stream.data()),
                     static_cast<uLong>(stream.size())) == Z_OK);
  REQUIRE(length == size);
  return bytes;
}

}  // namespace

TEST_CASE("streams of runs, of libdeflate, of Zopfli and of matches in several portions inflate to the bytes") {
  for (const std::size_t size : {std::size_t{1}, std::size_t{1000}, std::size_t{700'000}}) {
    const std::vector<std::uint8_t> bytes = noisy_bytes(size);
    CHECK((inflate_all(vqi::detail::deflate(bytes, {0, 6}, [] {}), size) == bytes));
    CHECK((inflate_all(vqi::detail::deflate(bytes, {2, 0}, [] {}), size) == bytes));
    CHECK((inflate_all(vqi::detail::deflate(bytes, {0, 0, {}, 1}, [] {}), size) == bytes));
    CHECK((inflate_all(vqi::detail::deflate(bytes, {0, 0, {1, 1, 8}}, [] {}), size) == bytes));
  }
}

TEST_CASE("parts of a stream on several threads are those on one") {
  const std::vector<std::uint8_t> bytes = noisy_bytes(1'200'000);
  const vqi::detail::ThreadPool pool(3);
  for (const vqi::detail::DeflateEffort& effort :
       {vqi::detail::DeflateEffort{2, 0}, vqi::detail::DeflateEffort{0, 0, {1, 0, 8}}})
    CHECK((vqi::detail::deflate(
               bytes, effort, [] {}, &pool) == vqi::detail::deflate(bytes, effort, [] {})));
}

TEST_CASE("deflate stops between portions where polling throws") {
  int polls = 0;
  const auto poll = [&] {
    if (++polls == 2) throw std::runtime_error("stop");
  };
  CHECK_THROWS_AS(vqi::detail::deflate(noisy_bytes(700'000), {0, 1, {}, 1}, poll), std::runtime_error);
  CHECK(polls == 2);
}
