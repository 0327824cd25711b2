// Searches among near codewords: equal to plain loops on every SIMD target.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/entropy/fast/near_codewords_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "near_codewords-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

std::uint32_t nearest_of_target(const CodewordGeometry& geometry, std::uint32_t cell) {
  return nearest_to_cell(geometry, cell);
}
std::uint32_t first_equal_of_target(std::uint64_t four, std::uint32_t codeword) { return first_equal(four, codeword); }
std::uint32_t places_of_target(const std::uint16_t* codewords, std::uint64_t four) {
  return places_of_four(codewords, four);
}
std::uint32_t rank_of_target(std::uint64_t used, std::uint32_t rank) { return place_of_rank(used, rank); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <array>
#include <catch2/catch.hpp>

#include "index_maps.hpp"
#include "simd_targets.hpp"

namespace vqi::detail {
HWY_EXPORT(nearest_of_target);
HWY_EXPORT(first_equal_of_target);
HWY_EXPORT(places_of_target);
HWY_EXPORT(rank_of_target);

TEST_CASE("the codeword nearest to a cell is the one that a loop finds, the lowest of equals") {
  test::on_every_target([] {
    for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
      for (const std::uint32_t k : {2U, 16U, 17U, 100U}) {
        const test::MadeCodebook codebook = test::make_codebook(k, 1, 1, channels, 8);
        const CodewordGeometry geometry(codebook.view());
        Random random(k);
        for (int i = 0; i < 50; ++i) {
          const auto cell = static_cast<std::uint32_t>(random.below(geometry.cell_count()));
          const ColourPoint centre = geometry.cell_centre(cell);
          std::uint32_t nearest = 0;
          std::int64_t least = -1;
          for (std::uint32_t index = 0; index < k; ++index) {
            const std::int64_t luma = geometry.small_points(0)[index] - centre.luma;
            const std::int64_t orange = geometry.small_points(1)[index] - centre.orange;
            const std::int64_t green = geometry.small_points(2)[index] - centre.green;
            const std::int64_t alpha = geometry.small_points(3)[index] - centre.alpha;
            const std::int64_t sum = luma * luma + 12 * orange * orange + 4 * green * green + 16 * alpha * alpha;
            if (least >= 0 && sum >= least) continue;
            least = sum;
            nearest = index;
          }
          REQUIRE(HWY_DYNAMIC_DISPATCH(nearest_of_target)(geometry, cell) == nearest);
        }
      }
  });
}

TEST_CASE("the first of four codewords equal to one is found, at the ends of their range too") {
  test::on_every_target([] {
    constexpr std::array<std::uint16_t, 5> values{0, 1, 0x7FFF, 0x8000, 0xFFFF};
    std::size_t wrong = 0;
    for (std::uint32_t number = 0; number < 625; ++number)
      for (const std::uint16_t wanted : values) {
        std::uint64_t four = 0;
        std::uint32_t expected = 4;
        for (std::uint32_t i = 4, digits = number; i-- > 0; digits /= 5) {
          four = four << 16 | values[digits % 5];
          if (values[digits % 5] == wanted) expected = i;
        }
        if (HWY_DYNAMIC_DISPATCH(first_equal_of_target)(four, wanted) != expected) ++wrong;
      }
    REQUIRE(wrong == 0);
  });
}

TEST_CASE("of sixteen codewords those among four are marked") {
  test::on_every_target([] {
    Random random(5);
    for (int round = 0; round < 300; ++round) {
      std::array<std::uint16_t, 16> codewords{};
      for (std::uint16_t& codeword : codewords) codeword = static_cast<std::uint16_t>(random.below(12) * 5461);
      std::uint64_t four = 0;
      for (int i = 0; i < 4; ++i) four = four << 16 | random.below(12) * 5461;
      std::uint32_t expected = 0;
      for (std::uint32_t i = 0; i < 16; ++i)
        for (std::uint32_t j = 0; j < 4; ++j)
          if (codewords[i] == (four >> (16 * j) & 0xFFFFU)) expected |= 1U << i;
      REQUIRE(HWY_DYNAMIC_DISPATCH(places_of_target)(codewords.data(), four) == expected);
    }
  });
}

TEST_CASE("the place of a rank skips the used places, of which there are four at most") {
  test::on_every_target([] {
    Random random(6);
    for (int round = 0; round < 500; ++round) {
      std::uint64_t used = 0;
      for (std::uint64_t i = random.below(5); i > 0; --i) used |= std::uint64_t{1} << random.below(32);
      std::uint32_t rank = 0;
      for (std::uint32_t place = 0; rank <= 26; ++place) {
        if ((used >> place & 1U) != 0) continue;
        REQUIRE(HWY_DYNAMIC_DISPATCH(rank_of_target)(used, rank++) == place);
      }
    }
  });
}
}  // namespace vqi::detail
#endif  // HWY_ONCE
