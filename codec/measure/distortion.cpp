// measure_distortion and psnr_db: exact integer sums over all samples, with SSIM beside them.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "distortion.hpp"
#include "integer.hpp"
#include "row_bands.hpp"
#include "same_type.hpp"
#include "ssim.hpp"

namespace vqi {
using namespace detail;
namespace {

constexpr std::uint32_t band_height = 64;
// A run of 8-bit samples is summed in 32 bits, which vectorises best; 255^2 * 2^16 fits into them.
constexpr std::size_t run_samples = std::size_t{1} << 16;

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
  std::uint32_t max_error = 0;
};

template <typename Sample>
BandError measure_band(const ImageView& reference, const ImageView& other, RowBands::Band band) noexcept {
  const std::size_t samples = std::size_t{reference.width_px} * reference.channels;
  BandError error;
  for (std::uint32_t y = band.first; y < band.last; ++y) {
    const auto* const x = reinterpret_cast<const Sample*>(reference.row(y));
    const auto* const z = reinterpret_cast<const Sample*>(other.row(y));
    for (std::size_t first = 0; first < samples; first += run_samples) {
      const SquaredError run = measure_run(x + first, z + first, std::min(run_samples, samples - first));
      error.sum += run.sum;
      error.max_error = std::max(error.max_error, run.max_error);
    }
  }
  return error;
}

}  // namespace

std::optional<double> psnr_db(double mse, std::uint32_t max_value) noexcept {
  if (mse <= 0) return std::nullopt;
  return 10.0 * std::log10(double{1} * max_value * max_value / mse);
}

Distortion detail::measure_errors(const ImageView& reference, const ImageView& other, const ThreadPool& pool) {
  require_same_type(reference, other);
  const RowBands bands(reference.height_px, band_height);
  std::vector<BandError> errors(bands.count());
  pool.for_each(bands.count(), [&](std::size_t i) {
    errors[i] = reference.bit_depth == 16 ? measure_band<std::uint16_t>(reference, other, bands[i])
                                          : measure_band<std::uint8_t>(reference, other, bands[i]);
  });
  Distortion result;
  uint128 total = 0;
  for (const BandError& error : errors) {
    total += error.sum;
    result.max_error = std::max(result.max_error, error.max_error);
  }
  const double sample_count = double{1} * reference.width_px * reference.height_px * reference.channels;
  result.mse = static_cast<double>(total) / sample_count;
  result.psnr_db = psnr_db(result.mse, reference.max_value());
  return result;
}

Distortion detail::measure_distortion(const ImageView& reference, const ImageView& other, const Work& work) {
  Distortion result = measure_errors(reference, other, work.pool);
  work.progress.poll();
  result.ssim = mean_ssim(reference, other, work);
  return result;
}

Distortion measure_distortion(ImageView reference, ImageView other, const RunOptions& run) {
  const CallWork work(run);
  work.progress.begin(Stage::measure);
  return detail::measure_distortion(reference, other, static_cast<const Work&>(work));
}

}  // namespace vqi
