// FixedPoint: as many fraction bits as the number formats hold, and no more.
#include "fixed_point.hpp"

#include <catch2/catch.hpp>
#include <vector>

using vqi::detail::FixedPoint;

namespace {

FixedPoint format_of(std::uint32_t dimension, std::int32_t bound) {
  return FixedPoint(std::vector<std::int32_t>(dimension, bound));
}

/// 2^2F times four times the sum of the squared bounds: what no score passes.
std::int64_t score_bound(const FixedPoint& format, std::int64_t bound) {
  return (4 * bound * bound * format.dimension()) << (2 * format.fraction_bits());
}

}  // namespace

TEST_CASE("the formats of images are those of the documents") {
  CHECK(format_of(3, 128).fraction_bits() == 6);
  CHECK(format_of(48, 128).fraction_bits() == 4);
  CHECK(format_of(1024, 128).fraction_bits() == 2);
  for (const std::uint32_t dimension : {1U, 3U, 48U, 1024U}) {
    CHECK_FALSE(format_of(dimension, 128).wide());
    CHECK(format_of(dimension, 32768).wide());
    CHECK(format_of(dimension, 32768).fraction_bits() == 4);
  }
  const FixedPoint with_a_wide_one(std::vector<std::int32_t>{128, 128, 128, 128, 511});
  CHECK(with_a_wide_one.dimension() == 5);
  CHECK_FALSE(with_a_wide_one.wide());
  CHECK(with_a_wide_one.fraction_bits() == 5);
}

TEST_CASE("scores fit their numbers, and one more fraction bit would not or is not wanted") {
  for (const std::uint32_t dimension : {1U, 2U, 7U, 100U, 1024U})
    for (const std::int32_t bound :
         {1, 5, 100, 128, 255, 256, 511, 512, 4000, 16000, 16384, 20000, 32768, 65536, 131071}) {
      const FixedPoint format = format_of(dimension, bound);
      const std::uint32_t bits = format.fraction_bits();
      INFO("dimension " << dimension << ", bound " << bound << ", F " << bits);
      if (format.wide()) {
        CHECK(bits <= 4);
        CHECK(score_bound(format, bound) < std::int64_t{1} << 53);
        CHECK((bits == 4 || score_bound(format, bound) << 2 >= std::int64_t{1} << 52));
        // Narrow numbers would not do, even without a fraction.
        CHECK((2 * bound > 32767 || 4 * std::int64_t{bound} * bound * dimension >= std::int64_t{1} << 31));
      } else {
        CHECK(bits <= 6);
        CHECK(std::int64_t{bound} << (bits + 1) <= 32767);
        CHECK(score_bound(format, bound) < std::int64_t{1} << 31);
        CHECK((bits == 6 || std::int64_t{bound} << (bits + 2) > 32767 ||
               score_bound(format, bound) << 2 >= std::int64_t{1} << 31));
      }
    }
}
