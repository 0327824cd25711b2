// Searches in a codebook's geometry: the codeword nearest to a cube of colours, and places in rows of near codewords.
//
// For sources that Highway compiles once per SIMD target.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_NEAR_CODEWORDS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_NEAR_CODEWORDS_INL_HPP
#undef VQI_NEAR_CODEWORDS_INL_HPP
#else
#define VQI_NEAR_CODEWORDS_INL_HPP
#endif

#include <hwy/highway.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "codeword_geometry.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The codeword nearest to the centre of a cube, the lowest index if several are equally near. Costs K distances.
inline std::uint32_t nearest_to_cube(const CodewordGeometry& geometry, std::uint32_t cube) {
  const ColourPoint centre = geometry.cube_centre(cube);
  const hn::CappedTag<std::int32_t, CodewordGeometry::point_padding> d;
  using Vector = hn::Vec<decltype(d)>;
  const auto add_square = [&](Vector sum, std::size_t coordinate, std::size_t at, std::int32_t centre_value,
                              std::int32_t weight) {
    const Vector value = hn::LoadU(d, geometry.small_points(coordinate).data() + at);
    const Vector difference = hn::Sub(value, hn::Set(d, centre_value));
    return hn::Add(sum, hn::Mul(hn::Mul(difference, difference), hn::Set(d, weight)));
  };
  const std::size_t step = hn::Lanes(d);
  Vector least = hn::Set(d, std::numeric_limits<std::int32_t>::max());
  Vector nearest = hn::Zero(d);
  Vector numbers = hn::Iota(d, 0);
  const std::size_t count = geometry.small_points(0).size();
  for (std::size_t at = 0; at < count; at += step) {
    Vector sum = add_square(hn::Zero(d), 0, at, centre.luma, DistanceWeights::luma);
    sum = add_square(sum, 1, at, centre.orange, DistanceWeights::orange);
    sum = add_square(sum, 2, at, centre.green, DistanceWeights::green);
    sum = add_square(sum, 3, at, centre.alpha, DistanceWeights::alpha);
    const auto nearer = hn::Lt(sum, least);
    least = hn::IfThenElse(nearer, sum, least);
    nearest = hn::IfThenElse(nearer, numbers, nearest);
    numbers = hn::Add(numbers, hn::Set(d, static_cast<std::int32_t>(step)));
  }
  const Vector overall = hn::MinOfLanes(d, least);
  const Vector candidates =
      hn::IfThenElse(hn::Eq(least, overall), nearest, hn::Set(d, std::numeric_limits<std::int32_t>::max()));
  return static_cast<std::uint32_t>(hn::GetLane(hn::MinOfLanes(d, candidates)));
}

/// One codeword in each 16 bits of a number.
HWY_INLINE std::uint64_t four_times(std::uint32_t codeword) { return codeword * std::uint64_t{0x0001000100010001}; }

/// The place of the first of four codewords, from the lowest 16 bits on, that equals `codeword`; 4 if none does.
HWY_INLINE std::uint32_t first_equal(std::uint64_t four, std::uint32_t codeword) {
  constexpr std::uint64_t low_bits = 0x7FFF7FFF7FFF7FFF;
  const std::uint64_t difference = four ^ four_times(codeword);
  const std::uint64_t equal = ~(((difference & low_bits) + low_bits) | difference | low_bits);
  return static_cast<std::uint32_t>(std::countr_zero(equal)) / 16;
}

/// Which of sixteen codewords are among the codewords of `four`; a bit for each.
HWY_INLINE std::uint32_t places_of_four(const std::uint16_t* codewords, std::uint64_t four) {
  const auto one = [&](unsigned i) { return static_cast<std::uint16_t>(four >> (16 * i)); };
  std::uint32_t places = 0;
#if HWY_TARGET == HWY_SCALAR
  for (std::uint32_t i = 0; i < 16; ++i)
    if (codewords[i] == one(0) || codewords[i] == one(1) || codewords[i] == one(2) || codewords[i] == one(3))
      places |= 1U << i;
#else
  const hn::CappedTag<std::uint16_t, 16> d;
  const std::size_t step = hn::Lanes(d);
  for (std::size_t at = 0; at < 16; at += step) {
    const auto some = hn::LoadU(d, codewords + at);
    const auto equal = hn::Or(hn::Or(hn::Eq(some, hn::Set(d, one(0))), hn::Eq(some, hn::Set(d, one(1)))),
                              hn::Or(hn::Eq(some, hn::Set(d, one(2))), hn::Eq(some, hn::Set(d, one(3)))));
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(d, equal, bits);
    places |= (bits[0] | static_cast<std::uint32_t>(bits[1]) << 8) << at;
  }
#endif
  return places;
}

/// The place of number `rank`, counted from 0 and at most 15 + 11, among the places that are not in `used`. At most
/// four places, a bit for each, are used.
HWY_INLINE std::uint32_t place_of_rank(std::uint64_t used, std::uint32_t rank) {
  // Skip used places: the i-th of them, counted from 0, precedes the answer if and only if it is at most rank + i.
  std::uint32_t place = rank;
  for (std::uint32_t i = 0; i < 4; ++i) {
    const auto next = static_cast<std::uint32_t>(std::countr_zero(used | std::uint64_t{1} << 63));
    place += next <= rank + i ? 1 : 0;
    used &= used - 1;
  }
  return place;
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
