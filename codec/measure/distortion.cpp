// measure_distortion and psnr_db: exact integer sums over all samples, with SSIM beside them.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "blurred_mse.hpp"
#include "common_form.hpp"
#include "distortion.hpp"
#include "integer.hpp"
#include "oklab_mse.hpp"
#include "pixel_pairs.hpp"
#include "row_bands.hpp"
#include "ssim.hpp"

namespace vqi {
using namespace detail;
namespace {

constexpr std::uint32_t band_height = 64;
// Pixels that are read at once. Their 8-bit samples are summed in 32 bits, which vectorises best; 255^2 * 4 * 2^12 fits
// into them.
constexpr std::uint32_t run_pixels = 1U << 12;

struct SquaredError {
  std::uint64_t sum = 0;
  std::uint32_t max_error = 0;
};

SquaredError measure_run(const std::uint8_t* x, const std::uint8_t* z, std::size_t count) noexcept {
  std::uint32_t sum = 0;
  int largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int difference = std::abs(int{x[i]} - int{z[i]});
    sum += static_cast<std::uint32_t>(difference * difference);
    largest = std::max(largest, difference);
  }
  return {sum, static_cast<std::uint32_t>(largest)};
}

SquaredError measure_run(const std::uint16_t* x, const std::uint16_t* z, std::size_t count) noexcept {
  std::uint64_t sum = 0;
  int largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int difference = std::abs(int{x[i]} - int{z[i]});
    sum += static_cast<std::uint64_t>(difference) * static_cast<std::uint64_t>(difference);
    largest = std::max(largest, difference);
  }
  return {sum, static_cast<std::uint32_t>(largest)};
}

struct BandError {
  uint128 sum = 0;  // 2^32 x 2^32 pixels of 16 bits stay exact
  uint128 straight_sum = 0;
  std::uint32_t max_error = 0;
};

template <typename Sample>
BandError measure_band(const ComparedRows& rows, RowBands::Band band, const Work& work) {
  PixelPairs pairs(rows, std::min(run_pixels, rows.width_px));
  BandError error;
  for (std::uint32_t y = band.first; y < band.last; ++y) {
    for (std::uint32_t x = 0, count = 0; x < rows.width_px; x += count) {
      count = std::min(run_pixels, rows.width_px - x);
      const std::size_t samples = std::size_t{count} * rows.channels;
      pairs.read(y, x, count);
      const SquaredError straight = measure_run(pairs.reference<Sample>(), pairs.other<Sample>(), samples);
      error.straight_sum += straight.sum;
      error.max_error = std::max(error.max_error, straight.max_error);
      if (!rows.has_alpha() || straight.sum == 0) continue;
      pairs.premultiply();
      error.sum += measure_run(pairs.reference<Sample>(), pairs.other<Sample>(), samples).sum;
    }
    work.progress.poll();
  }
  return error;
}

}  // namespace

std::optional<double> psnr_db(double mse, std::uint32_t max_value) noexcept {
  if (mse <= 0) return std::nullopt;
  return 10.0 * std::log10(double{1} * max_value * max_value / mse);
}

Distortion detail::measure_errors(const ComparedRows& rows, const Work& work) {
  const RowBands bands(rows.height_px, band_height);
  std::vector<BandError> errors(bands.count());
  work.pool.for_each(bands.count(), [&](std::size_t i) {
    errors[i] = rows.bit_depth == 16 ? measure_band<std::uint16_t>(rows, bands[i], work)
                                     : measure_band<std::uint8_t>(rows, bands[i], work);
  });
  BandError total;
  for (const BandError& error : errors) {
    total.sum += error.sum;
    total.straight_sum += error.straight_sum;
    total.max_error = std::max(total.max_error, error.max_error);
  }
  const double sample_count = double{1} * rows.width_px * rows.height_px * rows.channels;
  const auto mean = [&](uint128 sum) { return static_cast<double>(sum) / sample_count; };
  Distortion result;
  result.mse = mean(rows.has_alpha() ? total.sum : total.straight_sum);
  if (rows.has_alpha()) result.mse_straight = mean(total.straight_sum);
  result.psnr_db = psnr_db(result.mse, rows.max_value());
  result.max_error = total.max_error;
  return result;
}

Distortion detail::measure_distortion(const ComparedRows& rows, const Work& work) {
  Distortion result = measure_errors(rows, work);
  result.ssim = mean_ssim(rows, work);
  return result;
}

Distortion detail::measure_distortion(const ComparedRows& rows, const MoreFigures& more, const Work& work) {
  Distortion result = measure_distortion(rows, work);
  if (more.blurred) result.mse_blurred = blurred_mse(rows, work);
  if (more.oklab) result.mse_oklab = oklab_mse(rows, work);
  return result;
}

Distortion measure_distortion(ImageView reference, ImageView other, const RunOptions& run) {
  return measure_distortion(reference, other, MoreFigures{}, run);
}

Distortion measure_distortion(ImageView reference, ImageView other, const MoreFigures& more, const RunOptions& run) {
  const CommonForm form(reference, other);
  const CallWork work(run);
  work.progress.begin(Stage::measure);
  return detail::measure_distortion(form.rows(), more, work);
}

}  // namespace vqi
