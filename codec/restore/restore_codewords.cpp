// The nearest others are searched outwards along the sums of the three planes.
#include "restore_codewords.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "integer.hpp"
#include "outward_search.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t planes = 3;
constexpr std::size_t neighbours = 4;
/// Colours are in 1/64 of the deviation, of which this is the least that fits: 65535 * 64 / 129 is below 2^15.
constexpr std::uint32_t input_unit = 64;
constexpr std::uint32_t deviation_min = 129;
constexpr std::uint32_t widen = 257;

using WideColour = std::array<std::uint32_t, planes>;

/// The colour in 16-bit code values; grey three times.
WideColour wide_colour(const SampleArray& codebook, std::size_t k, std::uint32_t channels) {
  WideColour colour{};
  for (std::size_t plane = 0; plane < planes; ++plane)
    colour[plane] = codebook.at(k, channels >= planes ? plane : 0) * (codebook.bit_depth() == 8 ? widen : 1);
  return colour;
}

std::uint64_t distance_sq(const WideColour& a, const WideColour& b) noexcept {
  std::uint64_t sum = 0;
  for (std::size_t plane = 0; plane < planes; ++plane) {
    const std::int64_t difference = std::int64_t{a[plane]} - b[plane];
    sum += static_cast<std::uint64_t>(difference * difference);
  }
  return sum;
}

/// Colours in the order of their sums, as search_outwards reads it.
class ColourLine {
 public:
  explicit ColourLine(std::vector<WideColour> colours) : colours_(std::move(colours)) {
    std::sort(colours_.begin(), colours_.end(),
              [](const WideColour& a, const WideColour& b) { return sum_of(a) < sum_of(b); });
  }

  [[nodiscard]] static std::int64_t sum_of(const WideColour& colour) noexcept {
    return std::int64_t{colour[0]} + colour[1] + colour[2];
  }
  [[nodiscard]] const WideColour& colour(std::int64_t place) const noexcept {
    return colours_[static_cast<std::size_t>(place)];
  }
  /// The first place whose sum is not below that of `colour`.
  [[nodiscard]] std::int64_t place_of(const WideColour& colour) const noexcept {
    const auto at = std::lower_bound(colours_.begin(), colours_.end(), colour,
                                     [](const WideColour& a, const WideColour& b) { return sum_of(a) < sum_of(b); });
    return at - colours_.begin();
  }

  [[nodiscard]] bool contains(std::int64_t place) const noexcept {
    return place >= 0 && place < static_cast<std::int64_t>(colours_.size());
  }
  [[nodiscard]] std::int64_t sum(std::int64_t place) const noexcept { return sum_of(colour(place)); }
  [[nodiscard]] static std::int64_t below(std::int64_t place) noexcept { return place - 1; }
  [[nodiscard]] static std::int64_t above(std::int64_t place) noexcept { return place + 1; }

 private:
  std::vector<WideColour> colours_;
};

/// Squared distances to the nearest colours of the line, the colour itself among them, in rising order.
std::array<std::uint64_t, neighbours + 1> nearest_of(const ColourLine& line, const WideColour& colour) {
  std::array<std::uint64_t, neighbours + 1> nearest{};
  nearest.fill(std::numeric_limits<std::uint64_t>::max());
  const std::int64_t place = line.place_of(colour);
  search_outwards(line, place - 1, place, ColourLine::sum_of(colour), [&](std::int64_t at, std::uint64_t difference) {
    if (nearest.back() != std::numeric_limits<std::uint64_t>::max() && is_beyond(difference, nearest.back(), planes))
      return false;
    const std::uint64_t distance = distance_sq(line.colour(at), colour);
    if (distance >= nearest.back()) return true;
    const auto before = std::upper_bound(nearest.begin(), nearest.end(), distance);
    std::move_backward(before, nearest.end() - 1, nearest.end());
    *before = distance;
    return true;
  });
  return nearest;
}

/// Two signed 16-bit numbers in one word.
std::int32_t pair_of(std::int64_t low, std::int64_t high) noexcept {
  return static_cast<std::int32_t>((static_cast<std::uint32_t>(high) << 16) |
                                   (static_cast<std::uint32_t>(low) & 0xFFFFU));
}

}  // namespace

std::vector<std::uint32_t> codeword_spreads(const SampleArray& codebook, std::uint32_t channels) {
  const std::size_t k_count = codebook.rows();
  std::vector<WideColour> colours(k_count);
  for (std::size_t k = 0; k < k_count; ++k) colours[k] = wide_colour(codebook, k, channels);
  const ColourLine line(colours);
  const std::size_t count = std::min(neighbours, k_count - 1);
  std::vector<std::uint32_t> spreads(k_count);
  for (std::size_t k = 0; k < k_count; ++k) {
    const auto nearest = nearest_of(line, colours[k]);
    std::uint64_t sum = 0;
    for (std::size_t i = 1; i <= count; ++i) sum += integer_sqrt(nearest[i]);  // 0 is the colour itself, or its equal
    const std::uint64_t distance = neighbours * sum / count;
    spreads[k] = static_cast<std::uint32_t>(integer_sqrt(integer_sqrt(distance * distance * distance)));
  }
  return spreads;
}

std::vector<RestoreCodeword> restore_codewords(const SampleArray& codebook, std::uint32_t channels,
                                               const RestoreSettings& settings) {
  const std::vector<std::uint32_t> spreads = codeword_spreads(codebook, channels);
  const std::uint32_t unit = std::max(settings.deviation, deviation_min);
  std::vector<RestoreCodeword> words(codebook.rows());
  for (std::size_t k = 0; k < words.size(); ++k) {
    const WideColour colour = wide_colour(codebook, k, channels);
    std::array<std::int64_t, planes> scaled{};
    for (std::size_t plane = 0; plane < planes; ++plane)
      scaled[plane] = (std::int64_t{colour[plane]} * input_unit + unit / 2) / unit;
    const std::int64_t radius =
        std::clamp<std::int64_t>(std::int64_t{spreads[k]} * settings.radius_scale >> 8, 1, 65535);
    const std::int64_t deviation = settings.deviation;
    const std::int64_t relative = input_unit * (radius - deviation) / (radius + deviation);
    words[k] = {pair_of(scaled[0], scaled[1]), pair_of(scaled[2], relative),
                static_cast<std::int32_t>(radius * settings.strength)};
  }
  return words;
}

}  // namespace vqi::detail
