// Neighbours below a node: on every SIMD target as their paths, written as bits, say.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/entropy/balanced/neighbour_leaves_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "neighbour_leaves-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

/// first, like_first, same, far, none.
std::array<std::uint32_t, 5> leaves_below(const std::array<std::uint16_t, 8>& positions, std::uint32_t number,
                                          std::uint32_t bits_left, std::uint32_t expected) {
  const LeavesBelow leaves = NeighbourPositions{positions}.below(number, bits_left, expected);
  return {leaves.first, leaves.like_first, leaves.same, leaves.far, leaves.none};
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <catch2/catch.hpp>
#include <string>

#include "random.hpp"
#include "simd_targets.hpp"

namespace vqi::detail {
HWY_EXPORT(leaves_below);

namespace {

std::string bits_of(std::uint32_t value, std::uint32_t count) {
  std::string bits;
  while (count-- > 0) bits += (value >> count & 1U) != 0 ? '1' : '0';
  return bits;
}

/// The next four bits of a path of `depth` bits that begins with `prefix`, filled up with zeros; empty if another does.
std::string leaf_of(std::uint32_t position, std::uint32_t depth, const std::string& prefix) {
  const std::string path = bits_of(position, depth);
  if (path.compare(0, prefix.size(), prefix) != 0) return {};
  return (path.substr(prefix.size()) + "0000").substr(0, 4);
}

std::uint32_t digit(const std::string& leaf, const std::string& first) {
  if (leaf.empty()) return 0;
  std::uint32_t common = 0;
  while (common < 4 && leaf[common] == first[common]) ++common;
  return common + 1;
}

}  // namespace

TEST_CASE("leaves of neighbours below a node are those that their paths have, on every target") {
  test::on_every_target([] {
    Random random(11);
    for (int round = 0; round < 3000; ++round) {
      const auto depth = static_cast<std::uint32_t>(1 + random.below(16));
      const auto above = static_cast<std::uint32_t>(4 * random.below((depth + 3) / 4));
      const auto number = static_cast<std::uint32_t>(random.below(std::uint64_t{1} << above));
      const auto expected = static_cast<std::uint32_t>(random.below(16));
      const std::string prefix = bits_of(number, above);
      std::array<std::uint16_t, 8> positions{};
      std::array<std::string, 6> leaves;
      for (std::size_t i = 0; i < 6; ++i) {
        std::uint64_t position = random.below(std::uint64_t{1} << depth);
        if (random.below(3) != 0) position = (std::uint64_t{number} << (depth - above)) | position >> above;
        positions[i] = static_cast<std::uint16_t>(position);
        leaves[i] = leaf_of(positions[i], depth, prefix);
      }
      std::string first = bits_of(expected, 4);
      for (const std::size_t i : {2U, 3U, 0U, 1U})
        if (!leaves[i].empty()) first = leaves[i];
      std::uint32_t like = 0;
      std::uint32_t same = 0;
      bool none = true;
      for (std::size_t i = 0; i < 4; ++i) {
        like = 6 * like + digit(leaves[i], first);
        same += leaves[i] == first ? 1U << i : 0U;
        none = none && leaves[i].empty();
      }
      const std::uint32_t far = (leaves[4] == first ? 1U : 0U) + (leaves[5] == first ? 2U : 0U);
      const auto found = HWY_DYNAMIC_DISPATCH(leaves_below)(positions, number, depth - above, expected);
      REQUIRE(bits_of(found[0], 4) == first);
      REQUIRE(found[1] == like);
      REQUIRE(found[2] == same);
      REQUIRE(found[3] == far);
      REQUIRE(found[4] == (none ? 1 : 0));
    }
  });
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
