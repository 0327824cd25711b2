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

template <typename Sample>
ErrorSums measure_band(const ComparedRows& rows, RowBands::Band band, const Work& work) {
  PixelPairs pairs(rows, std::min(run_pixels, rows.width_px));
  ErrorSums error;
  for (std::uint32_t y = band.first; y < band.last; ++y) {
    for (std::uint32_t x = 0, count = 0; x < rows.width_px; x += count) {
      count = std::min(run_pixels, rows.width_px - x);
      const std::size_t samples = std::size_t{count} * rows.channels;
      pairs.read(y, x, count);
      const SquaredError straight = measure_run(pairs.reference<Sample>(), pairs.other<Sample>(), samples);
      error.straight_squares += straight.sum;
      error.max_error = std::max(error.max_error, straight.max_error);
      if (!rows.has_alpha() || straight.sum == 0) continue;
      pairs.premultiply();
      error.squares += measure_run(pairs.reference<Sample>(), pairs.other<Sample>(), samples).sum;
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

void detail::ErrorSums::add(const ErrorSums& other) noexcept {
  squares += other.squares;
  straight_squares += other.straight_squares;
  max_error = std::max(max_error, other.max_error);
}

ErrorSums detail::sum_errors(const ComparedRows& rows, const Work& work) {
  const RowBands bands(rows.height_px, band_height);
  std::vector<ErrorSums> errors(bands.count());
  work.pool.for_each(bands.count(), [&](std::size_t i) {
    errors[i] = rows.bit_depth == 16 ? measure_band<std::uint16_t>(rows, bands[i], work)
                                     : measure_band<std::uint8_t>(rows, bands[i], work);
  });
  ErrorSums total;
  for (const ErrorSums& error : errors) total.add(error);
  return total;
}

Distortion detail::distortion_of(const ErrorSums& sums, std::uint32_t width_px, std::uint32_t height_px,
                                 std::uint32_t channels, std::uint32_t bit_depth) noexcept {
  const double sample_count = double{1} * width_px * height_px * channels;
  const auto mean = [&](uint128 sum) { return static_cast<double>(sum) / sample_count; };
  const bool has_alpha = channels % 2 == 0;
  Distortion result;
  result.mse = mean(has_alpha ? sums.squares : sums.straight_squares);
  if (has_alpha) result.mse_straight = mean(sums.straight_squares);
  result.psnr_db = psnr_db(result.mse, bit_depth == 16 ? 65535U : 255U);
  result.max_error = sums.max_error;
  return result;
}

Distortion detail::measure_errors(const ComparedRows& rows, const Work& work) {
  return distortion_of(sum_errors(rows, work), rows.width_px, rows.height_px, rows.channels, rows.bit_depth);
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
