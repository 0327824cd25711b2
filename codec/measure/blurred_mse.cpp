// The blur is linear, so the difference of both images is blurred, in place of both. Sums of squares are added up row
// by row in a fixed order.
#include "blurred_mse.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "gaussian_window.hpp"
#include "pixel_pairs.hpp"
#include "row_bands.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t band_height = 64;
constexpr std::uint32_t radius = window_radius_px;
constexpr std::uint32_t window = 2 * radius + 1;
/// Partial sums of a row, so that their order does not depend on the vector width.
constexpr std::size_t lane_count = 8;

/// The differences of the rows under the window, with the first and last pixel repeated `radius` times; row y lies in
/// slot y % window.
class DifferenceRows {
 public:
  explicit DifferenceRows(const ComparedRows& rows)
      : rows_(rows),
        pairs_(rows, rows.width_px),
        row_samples_((rows.width_px + 2 * radius) * std::size_t{rows.channels}) {
    for (std::vector<float>& row : ring_) row.resize(row_samples_);
  }

  [[nodiscard]] std::size_t row_samples() const noexcept { return row_samples_; }

  void read(std::uint32_t y) noexcept {
    pairs_.read(y, 0, rows_.width_px);
    pairs_.premultiply();
    std::vector<float>& row = ring_[y % window];
    if (rows_.bit_depth == 16)
      subtract(pairs_.reference<std::uint16_t>(), pairs_.other<std::uint16_t>(), row);
    else
      subtract(pairs_.reference<std::uint8_t>(), pairs_.other<std::uint8_t>(), row);
  }

  /// The row `distance` below (or above) row `y`, or the outermost one. It was read, as one of the last 11.
  [[nodiscard]] const float* row(std::uint32_t y, std::int64_t distance) const noexcept {
    const auto wanted = std::clamp<std::int64_t>(y + distance, 0, rows_.height_px - std::int64_t{1});
    return ring_[static_cast<std::size_t>(wanted) % window].data();
  }

 private:
  template <typename Sample>
  void subtract(const Sample* x, const Sample* z, std::vector<float>& row) const noexcept {
    const std::size_t channels = rows_.channels;
    const std::size_t samples = rows_.width_px * channels;
    float* const inner = row.data() + radius * channels;
    for (std::size_t i = 0; i < samples; ++i) inner[i] = static_cast<float>(int{x[i]} - int{z[i]});
    for (std::size_t i = 0; i < radius * channels; ++i) {
      row[i] = inner[i % channels];
      inner[samples + i] = inner[samples - channels + i % channels];
    }
  }

  const ComparedRows& rows_;
  PixelPairs pairs_;
  std::size_t row_samples_;
  std::array<std::vector<float>, window> ring_;
};

void blur_column(const DifferenceRows& rows, std::uint32_t y, const WindowWeights& w, std::vector<float>& blurred) {
  const float* const centre = rows.row(y, 0);
  for (std::size_t i = 0; i < blurred.size(); ++i) blurred[i] = w[0] * centre[i];
  for (std::int64_t distance = 1; distance <= radius; ++distance) {
    const float* const above = rows.row(y, -distance);
    const float* const below = rows.row(y, distance);
    const float weight = w[static_cast<std::size_t>(distance)];
    for (std::size_t i = 0; i < blurred.size(); ++i) blurred[i] += weight * (above[i] + below[i]);
  }
}

/// The sum of squares of a row that was blurred vertically, after it is blurred horizontally.
double row_sum(const std::vector<float>& row, std::size_t channels, const WindowWeights& w) noexcept {
  const std::size_t samples = row.size() - 2 * radius * channels;
  std::array<double, lane_count> lanes{};
  for (std::size_t i = 0; i < samples; ++i) {
    const float* const centre = row.data() + i + radius * channels;
    float value = w[0] * *centre;
    for (std::size_t distance = 1; distance <= radius; ++distance)
      value += w[distance] * (*(centre - distance * channels) + *(centre + distance * channels));
    lanes[i % lane_count] += static_cast<double>(value) * static_cast<double>(value);
  }
  double sum = 0;
  for (const double lane : lanes) sum += lane;
  return sum;
}

double band_sum(const ComparedRows& rows, RowBands::Band band, const WindowWeights& weights, const Work& work) {
  DifferenceRows differences(rows);
  std::vector<float> blurred(differences.row_samples());
  std::uint32_t next = band.first < radius ? 0 : band.first - radius;  // the first row that was not read
  double sum = 0;
  for (std::uint32_t y = band.first; y < band.last; ++y) {
    for (; next < rows.height_px && next <= y + radius; ++next) differences.read(next);
    blur_column(differences, y, weights, blurred);
    sum += row_sum(blurred, rows.channels, weights);
    work.progress.poll();
  }
  return sum;
}

}  // namespace

double blurred_mse(const ComparedRows& rows, const Work& work) {
  const WindowWeights weights = gaussian_window();
  const RowBands bands(rows.height_px, band_height);
  std::vector<double> sums(bands.count());
  work.pool.for_each(bands.count(), [&](std::size_t i) { sums[i] = band_sum(rows, bands[i], weights, work); });
  double total = 0;
  for (const double sum : sums) total += sum;
  return total / (double{1} * rows.width_px * rows.height_px * rows.channels);
}

}  // namespace vqi::detail
