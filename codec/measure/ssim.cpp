// mean_ssim: separable Gaussian moments, streamed over rows in tiles that stay in the cache.
//
// The filters work on the centred sum of both images, s = x + y - max_value, and on their difference d = x - y. With
// the variances of s and d, Wang's formula (TIP 2004, eq. 13) reads
//
//   ssim = (ms^2 - md^2 + 2 C1) (Vs - Vd + 2 C2) / ((ms^2 + md^2 + 2 C1) (Vs + Vd + 2 C2))
//
// where ms, md are the window's means of x + y and x - y. This needs four filtered planes instead of five, and makes
// single precision sufficient, at 16 bits as well: 1 - ssim depends mainly on md and Vd, which are small and keep their
// relative precision. The rounding of Vs = E[s^2] - E[s]^2 is at most 2^-24 (max_value)^2 times a small number, under
// 1e-4 of the C2 that it is added to, and changes 1 - ssim only by that factor. The usual E[x^2] - E[x]^2 and
// E[xy] - E[x]E[y] would lose this precision.
//
// Highway compiles this file once per SIMD target, for the compiler to vectorise its loops. Each sample has the same
// operations in the same order on all of them.
#include "ssim.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ssim.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "gaussian_window.hpp"
#include "pixel_pairs.hpp"
#include "row_bands.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

constexpr std::uint32_t radius = window_radius_px;
constexpr std::uint32_t window = 2 * radius + 1;
constexpr double k1 = 0.01;
constexpr double k2 = 0.03;

// Samples per tile: its ring and moments take 110 KB and stay in a second-level cache.
constexpr std::size_t tile_samples = 1024;
constexpr std::size_t tile_input_samples = tile_samples + std::size_t{4} * 2 * radius;
constexpr std::size_t lane_count = 8;

/// The inputs of every tile of a comparison.
struct Setup {
  const ComparedRows& rows;
  const Work& work;
  WindowWeights weights;
  float max_value;
  float twice_c1;
  float twice_c2;
};

/// Filtered planes of one row of a tile.
struct Moments {
  std::array<float, tile_input_samples> sum;
  std::array<float, tile_input_samples> diff;
  std::array<float, tile_input_samples> sum_sq;
  std::array<float, tile_input_samples> diff_sq;
};

/// The rows under the window, as sums and differences; row y lies in slot y % window.
struct Workspace {
  explicit Workspace(const ComparedRows& rows)
      // Samples of a tile may begin and end within a pixel.
      : pairs(rows, static_cast<std::uint32_t>(tile_input_samples / rows.channels + 2)) {}

  PixelPairs pairs;
  std::array<std::array<float, tile_input_samples>, window> sum_ring;
  std::array<std::array<float, tile_input_samples>, window> diff_ring;
  Moments vertical;
  std::array<float, tile_samples> similarity;
};

template <typename Sample>
void convert_row(const Setup& setup, std::uint32_t y, std::size_t first_sample, std::size_t count,
                 Workspace& work) noexcept {
  const std::size_t channels = setup.rows.channels;
  const std::size_t first_px = first_sample / channels;
  const std::size_t end_px = (first_sample + count + channels - 1) / channels;
  work.pairs.read(y, static_cast<std::uint32_t>(first_px), static_cast<std::uint32_t>(end_px - first_px));
  work.pairs.premultiply();
  const Sample* const x = work.pairs.reference<Sample>() + first_sample % channels;
  const Sample* const z = work.pairs.other<Sample>() + first_sample % channels;
  float* const sum = work.sum_ring[y % window].data();
  float* const diff = work.diff_ring[y % window].data();
  const auto centre = static_cast<int>(setup.rows.max_value());
  for (std::size_t i = 0; i < count; ++i) {
    const int a = x[i];
    const int b = z[i];
    sum[i] = static_cast<float>(a + b - centre);
    diff[i] = static_cast<float>(a - b);
  }
}

/// One plane and its square through the vertical window. The columns are the vector lanes.
void filter_column(const std::array<const float*, window>& rows, const WindowWeights& w, std::size_t count,
                   float* __restrict mean, float* __restrict mean_sq) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    const float centre = rows[radius][i];
    float m = w[0] * centre;
    float q = w[0] * (centre * centre);
    for (std::size_t distance = 1; distance <= radius; ++distance) {
      const float above = rows[radius - distance][i];
      const float below = rows[radius + distance][i];
      m += w[distance] * (above + below);
      q += w[distance] * (above * above + below * below);
    }
    mean[i] = m;
    mean_sq[i] = q;
  }
}

/// Filters the window whose first row is `y` vertically into `work.vertical`.
void filter_vertically(const Setup& setup, std::uint32_t y, std::size_t count, Workspace& work) noexcept {
  std::array<const float*, window> sums{};
  std::array<const float*, window> diffs{};
  for (std::uint32_t i = 0; i < window; ++i) {
    sums[i] = work.sum_ring[(y + i) % window].data();
    diffs[i] = work.diff_ring[(y + i) % window].data();
  }
  Moments& out = work.vertical;
  filter_column(sums, setup.weights, count, out.sum.data(), out.sum_sq.data());
  filter_column(diffs, setup.weights, count, out.diff.data(), out.diff_sq.data());
}

/// The horizontal window over interleaved samples: neighbours of a channel lie `step` apart.
inline float filter_row(const float* first, std::size_t step, const WindowWeights& w) noexcept {
  const float* const centre = first + radius * step;
  float m = w[0] * *centre;
  for (std::size_t distance = 1; distance <= radius; ++distance)
    m += w[distance] * (*(centre - distance * step) + *(centre + distance * step));
  return m;
}

template <std::size_t channels>
void combine_row(const Setup& setup, std::size_t count, Workspace& work) noexcept {
  const Moments& in = work.vertical;
  const WindowWeights w = setup.weights;
  float* __restrict const similarity = work.similarity.data();
  for (std::size_t i = 0; i < count; ++i) {
    const float s = filter_row(in.sum.data() + i, channels, w);
    const float d = filter_row(in.diff.data() + i, channels, w);
    const float sum_variance = filter_row(in.sum_sq.data() + i, channels, w) - s * s;
    const float diff_variance = filter_row(in.diff_sq.data() + i, channels, w) - d * d;
    const float s_true = s + setup.max_value;
    const float mean_sq = s_true * s_true + setup.twice_c1;
    const float variance = sum_variance + setup.twice_c2;
    similarity[i] = ((mean_sq - d * d) * (variance - diff_variance)) / ((mean_sq + d * d) * (variance + diff_variance));
  }
}

void combine_row(const Setup& setup, std::size_t count, Workspace& work) noexcept {
  switch (setup.rows.channels) {
    case 1:
      return combine_row<1>(setup, count, work);
    case 2:
      return combine_row<2>(setup, count, work);
    case 3:
      return combine_row<3>(setup, count, work);
    default:
      return combine_row<4>(setup, count, work);
  }
}

/// Adds up in a fixed number of lanes, so that the order of the sums does not depend on the vector width.
double add_up(const float* values, std::size_t count) noexcept {
  std::array<double, lane_count> lanes{};
  std::size_t i = 0;
  for (; i + lane_count <= count; i += lane_count)
    for (std::size_t lane = 0; lane < lane_count; ++lane) lanes[lane] += static_cast<double>(values[i + lane]);
  for (; i < count; ++i) lanes[i % lane_count] += static_cast<double>(values[i]);
  double sum = 0;
  for (const double lane : lanes) sum += lane;
  return sum;
}

/// The sum of SSIM over the windows whose first row is in `band` and whose first sample is in
/// [first_sample, first_sample + count).
template <typename Sample>
double sum_tile(const Setup& setup, RowBands::Band band, std::size_t first_sample, std::size_t count,
                Workspace& work) noexcept {
  const std::size_t input_count = count + std::size_t{2} * radius * setup.rows.channels;
  for (std::uint32_t y = band.first; y < band.first + window - 1; ++y)
    convert_row<Sample>(setup, y, first_sample, input_count, work);
  double sum = 0;
  for (std::uint32_t y = band.first; y < band.last; ++y) {
    convert_row<Sample>(setup, y + window - 1, first_sample, input_count, work);
    filter_vertically(setup, y, input_count, work);
    combine_row(setup, count, work);
    sum += add_up(work.similarity.data(), count);
  }
  return sum;
}

Setup make_setup(const ComparedRows& rows, const Work& work) {
  const double max_value = rows.max_value();
  return {rows,
          work,
          gaussian_window(),
          static_cast<float>(max_value),
          static_cast<float>(2 * k1 * k1 * max_value * max_value),
          static_cast<float>(2 * k2 * k2 * max_value * max_value)};
}

/// The sum of SSIM over the windows whose first row is in `band`.
double sum_band(const ComparedRows& rows, const Work& parent, RowBands::Band band) {
  const Setup setup = make_setup(rows, parent);
  const auto work = std::make_unique<Workspace>(setup.rows);
  const std::size_t samples = std::size_t{setup.rows.width_px - window + 1} * setup.rows.channels;
  double sum = 0;
  for (std::size_t first = 0; first < samples; first += tile_samples) {
    const std::size_t count = std::min(tile_samples, samples - first);
    sum += setup.rows.bit_depth == 16 ? sum_tile<std::uint16_t>(setup, band, first, count, *work)
                                      : sum_tile<std::uint8_t>(setup, band, first, count, *work);
    setup.work.progress.poll();
  }
  return sum;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {

HWY_EXPORT(sum_band);

namespace {
// Rows of results per task. Neighbouring bands both convert 10 rows, which costs 16 % of the conversion, itself a small
// part of the time.
constexpr std::uint32_t ssim_band_height = 64;
}  // namespace

std::optional<double> mean_ssim(const ComparedRows& rows, const Work& work) {
  constexpr std::uint32_t window = 2 * window_radius_px + 1;
  if (rows.width_px < window || rows.height_px < window) return std::nullopt;
  const std::uint32_t window_rows = rows.height_px - window + 1;
  const RowBands bands(window_rows, ssim_band_height);
  std::vector<double> sums(bands.count());
  work.pool.for_each(bands.count(), work.progress,
                     [&](std::size_t i) { sums[i] = HWY_DYNAMIC_DISPATCH(sum_band)(rows, work, bands[i]); });
  double total = 0;
  for (const double sum : sums) total += sum;
  const double window_columns = rows.width_px - window + 1;
  return total / (window_columns * window_rows * rows.channels);
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
