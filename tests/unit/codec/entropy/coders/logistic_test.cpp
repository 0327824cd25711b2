// The tables that every index model's probabilities come from.
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "crc32c.hpp"
#include "logistic.hpp"

namespace {

/// CRC-32C of the values as little-endian 16-bit numbers.
template <class Table>
std::uint32_t crc_of(const Table& table) {
  std::vector<std::byte> bytes;
  for (const auto value : table) {
    const auto word = static_cast<std::uint16_t>(value);
    bytes.push_back(static_cast<std::byte>(word & 0xFF));
    bytes.push_back(static_cast<std::byte>(word >> 8));
  }
  return vqi::detail::crc32c(bytes);
}

}  // namespace

TEST_CASE("squash is the logistic function to one part in 65536") {
  for (int x = -vqi::detail::logit_limit; x <= vqi::detail::logit_limit; ++x)
    REQUIRE(std::abs(vqi::detail::squash(x) - 65536 / (1 + std::exp(-x / 256.0))) < 1.01);
  CHECK(vqi::detail::squash(0) == 32768);
  CHECK(vqi::detail::squash(-vqi::detail::logit_limit) == 2);
}

TEST_CASE("stretch gives the least log odds that squash to a probability") {
  for (std::uint32_t i = 1; i < 4095; ++i) {
    const auto probability = static_cast<std::int32_t>(16 * i + 8);
    REQUIRE(vqi::detail::squash(vqi::detail::stretch(i)) >= probability);
    REQUIRE(vqi::detail::squash(vqi::detail::stretch(i) - 1) < probability);
  }
  CHECK(vqi::detail::stretch(0) == vqi::detail::stretch(1));
  CHECK(vqi::detail::stretch(4095) == vqi::detail::stretch(4094));
}

TEST_CASE("the fine log odds are exact near 0 and 1, and of the middle of a step of 16 between") {
  const vqi::detail::LogitTable logits;
  for (std::int32_t p = 2; p < 65535; ++p) {
    const bool fine = p < 1024 || p >= 64512;
    const std::int32_t told_of = fine ? p : p / 16 * 16 + 8;
    REQUIRE(vqi::detail::squash(logits(p)) >= told_of);
    REQUIRE((logits(p) == -vqi::detail::logit_limit || vqi::detail::squash(logits(p) - 1) < told_of));
  }
  CHECK(logits(0) == -vqi::detail::logit_limit);
  CHECK(logits(65535) == vqi::detail::logit_limit);
}

TEST_CASE("the logistic tables are those of the format") {
  CHECK(crc_of(vqi::detail::squash_table) == 0xF1025805);
  CHECK(crc_of(vqi::detail::stretch_table) == 0x8DF85068);
}
