// measure_ciede2000: mean and 95th percentile over an image, in memory that does not grow with it.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <mutex>
#include <vector>

#include "common_form.hpp"
#include "lab.hpp"
#include "pixel_pairs.hpp"
#include "row_bands.hpp"
#include "vqi/metrics.hpp"
#include "work.hpp"

namespace vqi {
using namespace detail;
namespace {

constexpr std::uint32_t band_height = 64;
constexpr std::uint32_t run_pixels = 1U << 12;  // pixels that are read at once

/// Counts of differences in bins whose width is 2^-14 of their value: the percentile is exact to one part in 2^15, and
/// the values need not be kept. Bin 0 holds everything below 2^-10.
///
/// A bin is a float's exponent and the first bits of its mantissa; these bits have the order of the values.
class DifferenceHistogram {
 public:
  DifferenceHistogram() : counts_(bin_count) {}

  void add(double difference) noexcept { ++counts_[bin_of(difference)]; }

  void add(const DifferenceHistogram& other) noexcept {
    for (std::size_t bin = 0; bin < bin_count; ++bin) counts_[bin] += other.counts_[bin];
  }

  /// The middle of the bin that holds the `rank`-th smallest difference, rank counted from 1.
  [[nodiscard]] double value_of_rank(std::uint64_t rank) const noexcept {
    std::uint64_t seen = 0;
    std::size_t bin = 0;
    while (bin + 1 < bin_count && (seen += counts_[bin]) < rank) ++bin;
    if (bin == 0) return 0;
    return double{std::bit_cast<float>(bits_of_bin(bin) + (std::uint32_t{1} << (dropped_bits - 1)))};
  }

 private:
  static constexpr int dropped_bits = 23 - 14;
  static constexpr float smallest = 1.0F / 1024;
  static constexpr float largest = 256;  // CIEDE2000 within sRGB stays below 120
  static constexpr std::uint32_t first_key = std::bit_cast<std::uint32_t>(smallest) >> dropped_bits;
  static constexpr std::size_t bin_count = (std::bit_cast<std::uint32_t>(largest) >> dropped_bits) - first_key + 1;

  static std::size_t bin_of(double difference) noexcept {
    const auto value = static_cast<float>(difference);
    if (value < smallest) return 0;
    const std::size_t bin = (std::bit_cast<std::uint32_t>(value) >> dropped_bits) - first_key + 1;
    return std::min(bin, bin_count - 1);
  }
  static std::uint32_t bits_of_bin(std::size_t bin) noexcept {
    return (static_cast<std::uint32_t>(bin - 1) + first_key) << dropped_bits;
  }

  std::vector<std::uint64_t> counts_;
};

/// The difference of two pixels; with alpha the larger of those on black and on white. Colours are premultiplied, so
/// that they are what black shows, and what white shows less max_value - alpha.
template <typename Sample>
double pixel_difference(const Sample* p, const Sample* q, std::uint32_t channels, std::uint32_t max_value,
                        const LabConverter& lab_of) noexcept {
  if (std::equal(p, p + channels, q)) return 0;
  const double on_black = ciede2000(lab_of(p[0], p[1], p[2]), lab_of(q[0], q[1], q[2]));
  if (channels == 3) return on_black;
  const std::uint32_t p_white = max_value - p[3];
  const std::uint32_t q_white = max_value - q[3];
  if (p_white == 0 && q_white == 0) return on_black;
  const double on_white = ciede2000(lab_of(p[0] + p_white, p[1] + p_white, p[2] + p_white),
                                    lab_of(q[0] + q_white, q[1] + q_white, q[2] + q_white));
  return std::max(on_black, on_white);
}

template <typename Sample>
double measure_band(const ComparedRows& rows, const LabConverter& lab_of, RowBands::Band band,
                    DifferenceHistogram& histogram, const Work& work) {
  PixelPairs pairs(rows, std::min(run_pixels, rows.width_px));
  double sum = 0;
  for (std::uint32_t y = band.first; y < band.last; ++y) {
    for (std::uint32_t x = 0, count = 0; x < rows.width_px; x += count) {
      count = std::min(run_pixels, rows.width_px - x);
      pairs.read(y, x, count);
      pairs.premultiply();
      const auto* p = pairs.reference<Sample>();
      const auto* q = pairs.other<Sample>();
      for (std::uint32_t i = 0; i < count; ++i, p += rows.channels, q += rows.channels) {
        const double difference = pixel_difference(p, q, rows.channels, rows.max_value(), lab_of);
        sum += difference;
        histogram.add(difference);
      }
      work.progress.poll();
    }
  }
  return sum;
}

}  // namespace

std::optional<ColourDifference> measure_ciede2000(ImageView reference, ImageView other, const RunOptions& run) {
  const CommonForm form(reference, other);
  const ComparedRows& rows = form.rows();
  const CallWork work(run);
  work.progress.begin(Stage::measure);
  if (rows.channels < 3) return std::nullopt;
  const LabConverter lab_of(rows.max_value());
  const RowBands bands(rows.height_px, band_height);
  std::vector<double> sums(bands.count());
  // Counts are integers, so bands may be added in any order; sums are kept in theirs.
  DifferenceHistogram histogram;
  std::mutex mutex;
  work.pool.for_each(bands.count(), work.progress, [&](std::size_t i) {
    DifferenceHistogram band_histogram;
    sums[i] = rows.bit_depth == 16 ? measure_band<std::uint16_t>(rows, lab_of, bands[i], band_histogram, work)
                                   : measure_band<std::uint8_t>(rows, lab_of, bands[i], band_histogram, work);
    const std::lock_guard lock(mutex);
    histogram.add(band_histogram);
  });
  double sum = 0;
  for (const double band_sum : sums) sum += band_sum;
  const std::uint64_t pixels = std::uint64_t{rows.width_px} * rows.height_px;
  const std::uint64_t rank = pixels - pixels / 20;  // ceil(0.95 pixels)
  return ColourDifference{sum / static_cast<double>(pixels), histogram.value_of_rank(rank)};
}

}  // namespace vqi
