// Centring, premultiplying and classifying samples, and the way back with rounding.
#include "training_space.hpp"

#include <algorithm>
#include <vector>

#include "integer.hpp"
#include "premultiply.hpp"
#include "sample_array.hpp"

namespace vqi::detail {
namespace {

/// With fewer codewords, each class would take too many of them.
constexpr std::uint32_t classes_k_min = 16;

}  // namespace

bool wants_classes(const BlockGrid& grid, std::uint32_t k) noexcept {
  return grid.has_alpha() && grid.single_pixels() && k >= classes_k_min;
}

TrainingSpace::TrainingSpace(const BlockGrid& grid, bool classes)
    : channels_(grid.channels),
      bit_depth_(grid.bit_depth),
      sample_count_(grid.dimension()),
      premultiplied_(grid.has_alpha()),
      classes_(classes),
      max_value_(grid.bit_depth == 16 ? 65535 : 255),
      centre_((max_value_ + 1) / 2),
      // Two pixels of four samples are at most sqrt(4) * max_value apart.
      class_distance_(2 * max_value_ + 1) {}

FixedPoint TrainingSpace::fixed_point() const {
  std::vector<std::int32_t> bounds(dimension(), centre_);
  if (classes_) bounds.back() = class_distance_;
  return FixedPoint(bounds);
}

std::int32_t TrainingSpace::class_of(std::uint32_t alpha) const noexcept {
  if (alpha == 0) return -class_distance_;
  return alpha == static_cast<std::uint32_t>(max_value_) ? class_distance_ : 0;
}

void TrainingSpace::to_coordinates(const std::byte* samples, std::span<std::int32_t> coordinates) const noexcept {
  const auto max_value = static_cast<std::uint32_t>(max_value_);
  for (std::uint32_t begin = 0; begin < sample_count_; begin += channels_) {
    const std::uint32_t alpha = load_sample(samples, begin + channels_ - 1, bit_depth_);
    for (std::uint32_t c = 0; c < channels_; ++c) {
      std::uint32_t sample = load_sample(samples, begin + c, bit_depth_);
      if (premultiplied_ && c + 1 < channels_) sample = premultiply(sample, alpha, max_value);
      coordinates[begin + c] = static_cast<std::int32_t>(sample) - centre_;
    }
    if (classes_) coordinates[sample_count_] = class_of(alpha);
  }
}

void TrainingSpace::classify(std::span<std::int32_t> scaled, std::uint32_t fraction_bits) const noexcept {
  if (!classes_) return;
  const std::int64_t unit = std::int64_t{1} << fraction_bits;
  const std::int64_t alpha = std::max<std::int64_t>(scaled[sample_count_ - 1] + centre_ * unit, 0);
  const auto rounded = std::min<std::uint64_t>(static_cast<std::uint64_t>(divide_round(alpha, unit)),
                                               static_cast<std::uint64_t>(max_value_));
  scaled[sample_count_] = class_of(static_cast<std::uint32_t>(rounded)) * static_cast<std::int32_t>(unit);
}

void TrainingSpace::to_samples(std::span<const std::int32_t> scaled, std::uint32_t fraction_bits,
                               std::byte* samples) const noexcept {
  const std::int64_t unit = std::int64_t{1} << fraction_bits;
  const auto value_of = [&](std::size_t i) { return std::max<std::int64_t>(scaled[i] + centre_ * unit, 0); };
  const auto rounded = [&](std::int64_t value) {
    return std::min<std::int64_t>(divide_round(value, unit), max_value_);
  };
  for (std::uint32_t begin = 0; begin < sample_count_; begin += channels_) {
    const std::uint32_t colours = premultiplied_ ? channels_ - 1 : channels_;
    std::int64_t alpha = max_value_;
    if (premultiplied_) {
      alpha = rounded(value_of(begin + colours));
      // The mean of a mixed cell may round to 0 or the maximum; its codeword must not change class by that.
      if (classes_ && scaled[sample_count_] == 0) alpha = std::clamp<std::int64_t>(alpha, 1, max_value_ - 1);
      store_sample(samples, begin + colours, bit_depth_, static_cast<std::uint32_t>(alpha));
    }
    for (std::uint32_t c = 0; c < colours; ++c) {
      const std::int64_t value = value_of(begin + c);
      std::int64_t colour = rounded(value);
      if (alpha == 0)
        colour = 0;
      else if (alpha != max_value_)
        colour = std::min<std::int64_t>(divide_round(value * max_value_, alpha * unit), max_value_);
      store_sample(samples, begin + c, bit_depth_, static_cast<std::uint32_t>(colour));
    }
  }
}

}  // namespace vqi::detail
