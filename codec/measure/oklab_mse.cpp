// Straight samples become Oklab, which is then multiplied by alpha, as in training; sums have a fixed order.
#include "oklab_mse.hpp"

#include <algorithm>
#include <vector>

#include "pixel_pairs.hpp"
#include "row_bands.hpp"
#include "sample_array.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t band_height = 64;
constexpr std::uint32_t run_pixels = 1U << 12;  // pixels that are read at once

double band_sum(const ComparedRows& rows, const OklabDistance& distance_sq, RowBands::Band band, const Work& work) {
  PixelPairs pairs(rows, std::min(run_pixels, rows.width_px));
  const std::size_t pixel_bytes = rows.pixel_bytes();
  double sum = 0;
  for (std::uint32_t y = band.first; y < band.last; ++y) {
    for (std::uint32_t x = 0, count = 0; x < rows.width_px; x += count) {
      count = std::min(run_pixels, rows.width_px - x);
      pairs.read(y, x, count);
      const auto* p = pairs.reference<std::byte>();
      const auto* q = pairs.other<std::byte>();
      for (std::uint32_t i = 0; i < count; ++i, p += pixel_bytes, q += pixel_bytes)
        if (!std::equal(p, p + pixel_bytes, q)) sum += distance_sq(p, q);
    }
    work.progress.poll();
  }
  return sum;
}

}  // namespace

OklabDistance::OklabDistance(std::uint32_t channels, std::uint32_t bit_depth)
    : channels_(channels), bit_depth_(bit_depth), max_value_(bit_depth == 16 ? 65535 : 255), oklab_(max_value_) {}

OklabDistance::CoveredColour OklabDistance::covered(const std::byte* pixel) const noexcept {
  const auto sample = [&](std::uint32_t c) { return load_sample(pixel, c, bit_depth_); };
  CoveredColour found;
  if (channels_ % 2 == 0) found.alpha = double{1} * sample(channels_ - 1) / max_value_;
  if (found.alpha == 0) return found;
  if (channels_ < 3)
    found.colour.l = oklab_.of_grey(sample(0));
  else
    found.colour = oklab_.of_rgb(sample(0), sample(1), sample(2));
  for (double* const part : {&found.colour.l, &found.colour.a, &found.colour.b}) *part *= found.alpha;
  return found;
}

double OklabDistance::operator()(const std::byte* p, const std::byte* q) const noexcept {
  const CoveredColour first = covered(p);
  const CoveredColour second = covered(q);
  const double l = first.colour.l - second.colour.l;
  const double a = first.colour.a - second.colour.a;
  const double b = first.colour.b - second.colour.b;
  const double alpha = first.alpha - second.alpha;
  return l * l + a * a + b * b + alpha * alpha;
}

double oklab_mse(const ComparedRows& rows, const Work& work) {
  const OklabDistance distance_sq(rows.channels, rows.bit_depth);
  const RowBands bands(rows.height_px, band_height);
  std::vector<double> sums(bands.count());
  work.pool.for_each(bands.count(), [&](std::size_t i) { sums[i] = band_sum(rows, distance_sq, bands[i], work); });
  double total = 0;
  for (const double sum : sums) total += sum;
  return total / (double{1} * rows.width_px * rows.height_px);
}

}  // namespace vqi::detail
