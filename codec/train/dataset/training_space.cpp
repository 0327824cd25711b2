// Centring and premultiplying samples, and the way back with rounding.
#include "training_space.hpp"

#include <algorithm>
#include <vector>

#include "integer.hpp"
#include "premultiply.hpp"
#include "sample_array.hpp"

namespace vqi::detail {
TrainingSpace::TrainingSpace(const BlockGrid& grid)
    : channels_(grid.channels),
      bit_depth_(grid.bit_depth),
      dimension_(grid.dimension()),
      premultiplied_(grid.has_alpha()),
      max_value_(grid.bit_depth == 16 ? 65535 : 255),
      centre_((max_value_ + 1) / 2) {}

FixedPoint TrainingSpace::fixed_point() const { return FixedPoint(std::vector<std::int32_t>(dimension(), centre_)); }

void TrainingSpace::to_coordinates(const std::byte* samples, std::span<std::int32_t> coordinates) const noexcept {
  const auto max_value = static_cast<std::uint32_t>(max_value_);
  for (std::uint32_t begin = 0; begin < dimension_; begin += channels_) {
    const std::uint32_t alpha = load_sample(samples, begin + channels_ - 1, bit_depth_);
    for (std::uint32_t c = 0; c < channels_; ++c) {
      std::uint32_t sample = load_sample(samples, begin + c, bit_depth_);
      if (premultiplied_ && c + 1 < channels_) sample = premultiply(sample, alpha, max_value);
      coordinates[begin + c] = static_cast<std::int32_t>(sample) - centre_;
    }
  }
}

Opacity TrainingSpace::opacity_of(const std::int32_t* scaled, std::uint32_t fraction_bits) const noexcept {
  if (!premultiplied_) return Opacity::mixed;
  const std::int32_t unit = std::int32_t{1} << fraction_bits;
  const std::int32_t first = scaled[channels_ - 1];
  for (std::uint32_t i = 2 * channels_ - 1; i < dimension_; i += channels_)
    if (scaled[i] != first) return Opacity::mixed;
  if (first == (max_value_ - centre_) * unit) return Opacity::opaque;
  return first == -centre_ * unit ? Opacity::transparent : Opacity::mixed;
}

void TrainingSpace::pin(Opacity kind, std::span<std::int32_t> scaled, std::uint32_t fraction_bits) const noexcept {
  if (kind == Opacity::mixed) return;
  const std::int32_t unit = std::int32_t{1} << fraction_bits;
  const bool opaque = kind == Opacity::opaque;
  for (std::uint32_t i = 0; i < dimension_; ++i)
    if (i % channels_ == channels_ - 1)
      scaled[i] = (opaque ? max_value_ - centre_ : -centre_) * unit;
    else if (!opaque)
      scaled[i] = -centre_ * unit;
}

void TrainingSpace::to_samples(std::span<const std::int32_t> scaled, std::uint32_t fraction_bits,
                               std::byte* samples) const noexcept {
  const std::int64_t unit = std::int64_t{1} << fraction_bits;
  const auto value_of = [&](std::size_t i) { return std::max<std::int64_t>(scaled[i] + centre_ * unit, 0); };
  const auto rounded = [&](std::int64_t value) {
    return std::min<std::int64_t>(divide_round(value, unit), max_value_);
  };
  for (std::uint32_t begin = 0; begin < dimension_; begin += channels_) {
    const std::uint32_t colours = premultiplied_ ? channels_ - 1 : channels_;
    std::int64_t alpha = max_value_;
    if (premultiplied_) {
      alpha = rounded(value_of(begin + colours));
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
