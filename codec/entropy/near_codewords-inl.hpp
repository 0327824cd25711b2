// Searches in a codebook's geometry, for one SIMD target at a time: the codeword nearest to a cell of colours, and
// places in rows of near codewords. Included once per target by Highway.
#include <hwy/highway.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "codeword_geometry.hpp"

#if defined(VQI_NEAR_CODEWORDS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_NEAR_CODEWORDS_INL_HPP
#undef VQI_NEAR_CODEWORDS_INL_HPP
#else
#define VQI_NEAR_CODEWORDS_INL_HPP
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The codeword nearest to the centre of a cell, the lowest of equals. Costs K distances.
inline std::uint32_t nearest_to_cell(const CodewordGeometry& geometry, std::uint32_t cell) {
  const ColourPoint centre = geometry.cell_centre(cell);
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

/// Four neighbours of an index.
struct FourCodewords {
  std::uint16_t w, n, ne, nw;
};

/// Which of sixteen codewords are among the four, a bit for each.
HWY_INLINE std::uint32_t places_of_four(const std::uint16_t* codewords, const FourCodewords& four) {
  std::uint32_t places = 0;
#if HWY_TARGET == HWY_SCALAR
  for (std::uint32_t i = 0; i < 16; ++i)
    if (codewords[i] == four.w || codewords[i] == four.n || codewords[i] == four.ne || codewords[i] == four.nw)
      places |= 1U << i;
#else
  const hn::CappedTag<std::uint16_t, 16> d;
  const std::size_t step = hn::Lanes(d);
  for (std::size_t at = 0; at < 16; at += step) {
    const auto some = hn::LoadU(d, codewords + at);
    const auto equal = hn::Or(hn::Or(hn::Eq(some, hn::Set(d, four.w)), hn::Eq(some, hn::Set(d, four.n))),
                              hn::Or(hn::Eq(some, hn::Set(d, four.ne)), hn::Eq(some, hn::Set(d, four.nw))));
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(d, equal, bits);
    places |= (bits[0] | static_cast<std::uint32_t>(bits[1]) << 8) << at;
  }
#endif
  return places;
}

/// The place of number `rank`, at most 15 + 11, of those that are not in `used`, of which there are at most four.
HWY_INLINE std::uint32_t place_of_rank(std::uint64_t used, std::uint32_t rank) {
  std::uint32_t place = rank;
  for (int i = 0; i < 4; ++i)
    place = rank + static_cast<std::uint32_t>(std::popcount(used & ((std::uint64_t{2} << place) - 1)));
  return place;
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi
HWY_AFTER_NAMESPACE();
#endif
