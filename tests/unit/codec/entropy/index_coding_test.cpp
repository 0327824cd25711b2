// Both packed codings: sizes, round trips, and refusal of what no encoder writes.
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "bit_packing.hpp"
#include "integer.hpp"
#include "random.hpp"
#include "uniform_range.hpp"

namespace {

enum class Kind { random, greatest, zero };

std::vector<std::uint16_t> make_indices(std::size_t count, std::uint32_t k, Kind kind) {
  vqi::detail::Random random(count + k);
  std::vector<std::uint16_t> indices(count);
  for (std::uint16_t& index : indices)
    index = static_cast<std::uint16_t>(kind == Kind::random ? random.below(k) : kind == Kind::greatest ? k - 1 : 0);
  return indices;
}

/// Bytes of a known value stand around what is coded.
constexpr std::size_t guard = 16;

}  // namespace

TEST_CASE("packed indices round-trip at every width and length without touching their neighbours") {
  for (std::uint32_t bits = 0; bits <= 16; ++bits)
    for (const std::size_t count : {1U, 7U, 8U, 9U, 64U, 1001U}) {
      const std::uint32_t k = 1U << bits;
      const std::vector<std::uint16_t> indices = make_indices(count, k, Kind::random);
      const auto size = static_cast<std::size_t>(vqi::detail::packed_size_bytes(count, bits));
      CHECK(size == (count * bits + 7) / 8);
      std::vector<std::byte> buffer(size + 2 * guard, std::byte{0xA5});
      const std::span<std::byte> packed = std::span(buffer).subspan(guard, size);
      vqi::detail::pack_indices(indices, bits, packed);
      for (std::size_t i = 0; i < guard; ++i) {
        REQUIRE(buffer[i] == std::byte{0xA5});
        REQUIRE(buffer[guard + size + i] == std::byte{0xA5});
      }
      std::vector<std::uint16_t> back(count);
      CHECK(vqi::detail::unpack_indices(packed, bits, k, back));
      CHECK(back == indices);
    }
}

TEST_CASE("an index that is not below K is refused") {
  const std::vector<std::uint16_t> indices{0, 4, 2};
  std::vector<std::byte> packed(2);
  vqi::detail::pack_indices(indices, 3, packed);
  std::vector<std::uint16_t> back(3);
  CHECK(vqi::detail::unpack_indices(packed, 3, 5, back));
  CHECK_FALSE(vqi::detail::unpack_indices(packed, 3, 4 + 0U, back));
}

TEST_CASE("an unused bit that is set is refused") {
  const std::vector<std::uint16_t> indices{1, 2, 3};
  std::vector<std::byte> packed(2);
  vqi::detail::pack_indices(indices, 3, packed);
  std::vector<std::uint16_t> back(3);
  for (int bit = 9; bit < 16; ++bit) {
    std::vector<std::byte> damaged = packed;
    damaged[1] |= static_cast<std::byte>(1 << (bit - 8));
    CHECK_FALSE(vqi::detail::unpack_indices(damaged, 3, 8, back));
  }
}

TEST_CASE("uniform range indices round-trip for K and lengths of all kinds") {
  for (const std::uint32_t k : {2U, 3U, 5U, 7U, 10U, 100U, 129U, 255U, 257U, 1000U, 5000U, 32769U, 65535U, 65536U})
    for (const std::size_t count : {0U, 1U, 3U, 4U, 5U, 1000U})
      for (const Kind kind : {Kind::random, Kind::greatest, Kind::zero}) {
        INFO("k " << k << " count " << count);
        const std::vector<std::uint16_t> indices = make_indices(count, k, kind);
        const std::vector<std::byte> coded = vqi::detail::encode_uniform(indices, k);
        CHECK(coded.size() <= vqi::detail::uniform_size_max_bytes(count));
        std::vector<std::uint16_t> back(count);
        REQUIRE(vqi::detail::decode_uniform(coded, k, back));
        REQUIRE(back == indices);
      }
}

TEST_CASE("uniform range costs at most 0.5 % over log2(K) on 65536 indices, for every K") {
  constexpr std::size_t count = 65536;
  double worst = 0;
  for (std::uint32_t k = 3; k <= 65535; k = k < 300 ? k + 1 : k + k / 7) {
    if ((k & (k - 1)) == 0) continue;
    const double ideal_bytes = count * std::log2(double{1} * k) / 8;
    for (const Kind kind : {Kind::random, Kind::greatest})
      worst = std::max(worst, static_cast<double>(vqi::detail::encode_uniform(make_indices(count, k, kind), k).size()) /
                                  ideal_bytes);
  }
  CHECK(worst <= 1.005);
}

TEST_CASE("uniform range bytes that are cut, longer or changed are refused or give other indices") {
  constexpr std::uint32_t k = 100;
  const std::vector<std::uint16_t> indices = make_indices(200, k, Kind::random);
  const std::vector<std::byte> coded = vqi::detail::encode_uniform(indices, k);
  std::vector<std::uint16_t> back(indices.size());
  for (std::size_t size = 0; size < coded.size(); ++size)
    CHECK_FALSE(vqi::detail::decode_uniform(std::span(coded).first(size), k, back));
  std::vector<std::byte> longer = coded;
  longer.insert(longer.end(), 4, std::byte{0});
  CHECK_FALSE(vqi::detail::decode_uniform(longer, k, back));
  for (std::size_t bit = 0; bit < coded.size() * 8; ++bit) {
    std::vector<std::byte> damaged = coded;
    damaged[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    if (vqi::detail::decode_uniform(damaged, k, back)) {
      CHECK(back != indices);
      CHECK(std::all_of(back.begin(), back.end(), [](std::uint16_t index) { return index < k; }));
    }
  }
}
