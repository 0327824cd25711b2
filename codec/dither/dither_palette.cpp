// Errors are limited by what the palette reaches.
//
// Where a colour lies outside the convex hull of the codewords, no mixture of them has it for a mean, and errors that
// are carried on would grow without end, to break out far away, where the colour changes. An error e behind a codeword
// c is made good by codewords that lie beyond c in its direction: the farthest of them reaches max (c_j - c) . e / |e|.
// Inside the hull no more than this is ever wanted. Errors no longer than half the way to codewords around c are left
// alone, as they arise inside the hull near its border too.
#include "dither_palette.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace vqi::detail {
namespace {

/// Directions have coordinates -1, 0 and 1.
constexpr std::int32_t direction_reach = 1;

/// The points that lie farthest in one of many directions, without repetition.
std::vector<DitherPoint> extremes_of(const std::vector<DitherPoint>& points, std::uint32_t channels) {
  std::vector<bool> extreme(points.size(), false);
  DitherPoint direction{};
  for (std::uint32_t c = 0; c < channels; ++c) direction[c] = -direction_reach;
  for (bool more = true; more;) {
    std::size_t farthest = 0;
    std::int64_t reach = std::numeric_limits<std::int64_t>::min();
    for (std::size_t k = 0; k < points.size(); ++k) {
      const std::int64_t own = dot_product(points[k], direction);
      if (own <= reach) continue;
      reach = own;
      farthest = k;
    }
    extreme[farthest] = true;
    more = false;
    for (std::uint32_t c = 0; c < channels && !more; ++c) {
      more = direction[c] < direction_reach;
      direction[c] = more ? direction[c] + 1 : -direction_reach;
    }
  }
  std::vector<DitherPoint> extremes;
  for (std::size_t k = 0; k < points.size(); ++k)
    if (extreme[k]) extremes.push_back(points[k]);
  return extremes;
}

/// max p . e over the points p, whose coordinates are in arrays of their own; `Sum` holds the products.
template <typename Sum>
Sum farthest_of(const std::array<std::vector<std::int32_t>, 4>& points, const DitherPoint& error) noexcept {
  Sum farthest = std::numeric_limits<Sum>::min();
  for (std::size_t i = 0; i < points[0].size(); ++i) {
    Sum sum = 0;
    for (std::size_t c = 0; c < error.size(); ++c) sum += Sum{points[c][i]} * error[c];
    farthest = std::max(farthest, sum);
  }
  return farthest;
}

/// The codewords that each one is compared with for the distances around it: all, or as many as keep this quick.
std::vector<std::size_t> compared_codewords(std::size_t count) {
  constexpr std::size_t compared_max = 1024;
  std::vector<std::size_t> compared(std::min(count, compared_max));
  for (std::size_t i = 0; i < compared.size(); ++i) compared[i] = i * count / compared.size();
  return compared;
}

/// Luma by the weights of BT.709 in 1/1024, and as much for cover: thin white and thick black both are less than thick
/// white.
std::int64_t brightness_of(const DitherPoint& point, std::uint32_t channels) noexcept {
  const std::int64_t luma =
      channels < 3 ? std::int64_t{point[0]} * 1024 : 218 * point[0] + 732 * point[1] + std::int64_t{74} * point[2];
  return channels % 2 == 0 ? luma + std::int64_t{1024} * point[channels - 1] : luma;
}

/// All codewords, or the opaque ones.
std::vector<std::uint16_t> numbers_of(const DitherPalette& palette, bool opaque) {
  std::vector<std::uint16_t> numbers;
  for (std::size_t k = 0; k < palette.points().size(); ++k)
    if (!opaque || palette.is_opaque(palette.points()[k])) numbers.push_back(static_cast<std::uint16_t>(k));
  return numbers;
}

}  // namespace

DitherPalette::DitherPalette(const SampleArray& codewords, std::uint32_t channels)
    : points_(codewords.rows()),
      channels_(channels),
      max_value_(codewords.bit_depth() == 16 ? 65535 : 255),
      radius_sq_(codewords.rows()),
      brightness_(codewords.rows()) {
  for (std::size_t k = 0; k < points_.size(); ++k)
    points_[k] = dither_point(codewords.row(k), channels, codewords.bit_depth());
  for (const DitherPoint& extreme : extremes_of(points_, channels))
    for (std::size_t c = 0; c < extreme.size(); ++c) extremes_[c].push_back(extreme[c]);
  const std::vector<std::size_t> compared = compared_codewords(points_.size());
  std::vector<std::int64_t> distances;
  for (std::size_t k = 0; k < points_.size(); ++k) {
    distances.clear();
    for (const std::size_t other : compared)
      if (other != k) distances.push_back(distance_sq(points_[k], points_[other]));
    brightness_[k] = brightness_of(points_[k], channels);
    if (distances.empty()) continue;
    const auto wanted =
        distances.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(2 * channels, distances.size()) - 1);
    std::nth_element(distances.begin(), wanted, distances.end());
    radius_sq_[k] = *wanted / 4;
  }
}

DitherPoint DitherPalette::limited(DitherPoint error, std::uint16_t number, std::int32_t scale) const noexcept {
  const std::int64_t length_sq = dot_product(error, error);
  const std::int64_t unit_sq = std::int64_t{scale} * scale;
  if (length_sq <= radius_sq_[number] * unit_sq) return error;
  // Of 8 bits, errors in 1/64 are below 2^18, and sums of four products below 2^28.
  const std::int64_t farthest =
      max_value_ == 255 ? farthest_of<std::int32_t>(extremes_, error) : farthest_of<std::int64_t>(extremes_, error);
  const std::int64_t beyond = std::max<std::int64_t>(farthest - dot_product(points_[number], error), 0);
  const std::int64_t reach = beyond * scale;  // times |e|
  if (reach >= length_sq) return error;
  // The larger of both limits, as a part of the length in 1/1024.
  const double radius = std::sqrt(static_cast<double>(radius_sq_[number]) * static_cast<double>(unit_sq) /
                                  static_cast<double>(length_sq));
  const double part = std::max(radius, static_cast<double>(reach) / static_cast<double>(length_sq));
  const auto part_1024 = static_cast<std::int64_t>(part * 1024);
  for (std::int32_t& coordinate : error) coordinate = static_cast<std::int32_t>(coordinate * part_1024 / 1024);
  return error;
}

DitherSearch::DitherSearch(const DitherPalette& palette)
    : max_value_(palette.max_value()),
      all_(palette.points(), numbers_of(palette, false), palette.channels(), palette.max_value()),
      opaque_(palette.points(), numbers_of(palette, true), palette.channels() - 1, palette.max_value()) {}

std::uint16_t DitherSearch::nearest(const DitherPoint& wanted, bool opaque) {
  DitherPoint query;
  for (std::size_t c = 0; c < query.size(); ++c) query[c] = std::clamp(wanted[c], -max_value_, 2 * max_value_);
  return opaque && !opaque_.empty() ? opaque_.nearest(query) : all_.nearest(query);
}

}  // namespace vqi::detail
