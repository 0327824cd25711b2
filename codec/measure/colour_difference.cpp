// measure_ciede2000: mean and 95th percentile over an image, in memory that does not grow with it.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <mutex>
#include <vector>

#include "lab.hpp"
#include "row_bands.hpp"
#include "same_type.hpp"
#include "vqi/metrics.hpp"
#include "work.hpp"

namespace vqi {
using namespace detail;
namespace {

constexpr std::uint32_t band_height = 64;

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

template <typename Sample>
double measure_band(const ImageView& reference, const ImageView& other, const LabConverter& lab_of, RowBands::Band band,
                    DifferenceHistogram& histogram) noexcept {
  const std::size_t channels = reference.channels;
  double sum = 0;
  for (std::uint32_t y = band.first; y < band.last; ++y) {
    const auto* p = reinterpret_cast<const Sample*>(reference.row(y));
    const auto* q = reinterpret_cast<const Sample*>(other.row(y));
    for (std::uint32_t x = 0; x < reference.width_px; ++x, p += channels, q += channels) {
      const bool equal = p[0] == q[0] && p[1] == q[1] && p[2] == q[2];
      const double difference = equal ? 0 : ciede2000(lab_of(p[0], p[1], p[2]), lab_of(q[0], q[1], q[2]));
      sum += difference;
      histogram.add(difference);
    }
  }
  return sum;
}

}  // namespace

std::optional<ColourDifference> measure_ciede2000(ImageView reference, ImageView other, const RunOptions& run) {
  require_same_type(reference, other);
  const CallWork work(run);
  work.progress.begin(Stage::measure);
  if (reference.channels < 3) return std::nullopt;
  const LabConverter lab_of(reference.max_value());
  const RowBands bands(reference.height_px, band_height);
  std::vector<double> sums(bands.count());
  // Counts are integers, so bands may be added in any order; sums are kept in theirs.
  DifferenceHistogram histogram;
  std::mutex mutex;
  work.pool.for_each(bands.count(), work.progress, [&](std::size_t i) {
    DifferenceHistogram band_histogram;
    sums[i] = reference.bit_depth == 16
                  ? measure_band<std::uint16_t>(reference, other, lab_of, bands[i], band_histogram)
                  : measure_band<std::uint8_t>(reference, other, lab_of, bands[i], band_histogram);
    const std::lock_guard lock(mutex);
    histogram.add(band_histogram);
  });
  double sum = 0;
  for (const double band_sum : sums) sum += band_sum;
  const std::uint64_t pixels = std::uint64_t{reference.width_px} * reference.height_px;
  const std::uint64_t rank = pixels - pixels / 20;  // ceil(0.95 pixels)
  return ColourDifference{sum / static_cast<double>(pixels), histogram.value_of_rank(rank)};
}

}  // namespace vqi
