// Straight samples become Oklab, which is then multiplied by alpha, as in training; sums have a fixed order.
#include "oklab_mse.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "oklab.hpp"
#include "pixel_pairs.hpp"
#include "row_bands.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t band_height = 64;
constexpr std::uint32_t run_pixels = 1U << 12;  // pixels that are read at once

/// A pixel in Oklab, multiplied by its alpha of 0 .. 1.
struct CoveredColour {
  OklabColour colour;
  double alpha = 1;
};

template <typename Sample>
CoveredColour covered(const Sample* pixel, const ComparedRows& rows, const Oklab& oklab) noexcept {
  CoveredColour found;
  if (rows.has_alpha()) found.alpha = double{1} * pixel[rows.channels - 1] / rows.max_value();
  if (found.alpha == 0) return found;
  if (rows.channels < 3)
    found.colour.l = oklab.of_grey(pixel[0]);
  else
    found.colour = oklab.of_rgb(pixel[0], pixel[1], pixel[2]);
  for (double* const part : {&found.colour.l, &found.colour.a, &found.colour.b}) *part *= found.alpha;
  return found;
}

double distance_sq(const CoveredColour& p, const CoveredColour& q) noexcept {
  const double l = p.colour.l - q.colour.l;
  const double a = p.colour.a - q.colour.a;
  const double b = p.colour.b - q.colour.b;
  const double alpha = p.alpha - q.alpha;
  return l * l + a * a + b * b + alpha * alpha;
}

template <typename Sample>
double band_sum(const ComparedRows& rows, const Oklab& oklab, RowBands::Band band, const Work& work) {
  PixelPairs pairs(rows, std::min(run_pixels, rows.width_px));
  double sum = 0;
  for (std::uint32_t y = band.first; y < band.last; ++y) {
    for (std::uint32_t x = 0, count = 0; x < rows.width_px; x += count) {
      count = std::min(run_pixels, rows.width_px - x);
      pairs.read(y, x, count);
      const auto* p = pairs.reference<Sample>();
      const auto* q = pairs.other<Sample>();
      for (std::uint32_t i = 0; i < count; ++i, p += rows.channels, q += rows.channels)
        if (!std::equal(p, p + rows.channels, q))
          sum += distance_sq(covered(p, rows, oklab), covered(q, rows, oklab));
    }
    work.progress.poll();
  }
  return sum;
}

}  // namespace

double oklab_mse(const ComparedRows& rows, const Work& work) {
  const Oklab oklab(rows.max_value());
  const RowBands bands(rows.height_px, band_height);
  std::vector<double> sums(bands.count());
  work.pool.for_each(bands.count(), [&](std::size_t i) {
    sums[i] = rows.bit_depth == 16 ? band_sum<std::uint16_t>(rows, oklab, bands[i], work)
                                   : band_sum<std::uint8_t>(rows, oklab, bands[i], work);
  });
  double total = 0;
  for (const double sum : sums) total += sum;
  return total / (double{1} * rows.width_px * rows.height_px);
}

}  // namespace vqi::detail
