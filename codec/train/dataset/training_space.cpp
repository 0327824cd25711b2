// Centring and premultiplying samples, and the way back with rounding.
#include "training_space.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "integer.hpp"
#include "premultiply.hpp"
#include "sample_array.hpp"

namespace vqi::detail {
namespace {

/// The lightness that becomes 0.
constexpr double middle_lightness = 0.5;

}  // namespace

TrainingSpace::TrainingSpace(const BlockGrid& grid, Space space)
    : channels_(grid.channels),
      bit_depth_(grid.bit_depth),
      dimension_(grid.dimension()),
      premultiplied_(grid.has_alpha()),
      max_value_(grid.bit_depth == 16 ? 65535 : 255),
      centre_((max_value_ + 1) / 2) {
  if (space != Space::oklab) return;
  oklab_ = std::make_shared<const Oklab>(static_cast<std::uint32_t>(max_value_));
  lab_unit_ = static_cast<double>(max_value_) * static_cast<double>(1U << fixed_point().fraction_bits());
}

FixedPoint TrainingSpace::fixed_point() const { return FixedPoint(std::vector<std::int32_t>(dimension(), centre_)); }

void TrainingSpace::to_lab(const std::byte* samples, std::int32_t* coordinates) const noexcept {
  const std::uint32_t colours = premultiplied_ ? channels_ - 1 : channels_;
  const auto sample = [&](std::uint32_t c) { return load_sample(samples, c, bit_depth_); };
  const double alpha = premultiplied_ ? static_cast<double>(sample(colours)) / max_value_ : 1;
  const auto put = [&](std::uint32_t c, double value) {
    coordinates[c] = static_cast<std::int32_t>(std::llround(value * lab_unit_));
  };
  if (colours == 1) {
    put(0, oklab_->of_grey(sample(0)) * alpha - middle_lightness);
  } else {
    const OklabColour lab = oklab_->of_rgb(sample(0), sample(1), sample(2));
    put(0, lab.l * alpha - middle_lightness);
    put(1, lab.a * alpha);
    put(2, lab.b * alpha);
  }
  if (premultiplied_) put(colours, alpha - middle_lightness);
}

void TrainingSpace::from_lab(const std::int32_t* scaled, double unit, std::byte* samples) const noexcept {
  const std::uint32_t colours = premultiplied_ ? channels_ - 1 : channels_;
  std::uint32_t alpha = static_cast<std::uint32_t>(max_value_);
  double share = 1;
  if (premultiplied_) {
    const double value = std::clamp(scaled[colours] / unit + middle_lightness, 0.0, 1.0);
    alpha = static_cast<std::uint32_t>(std::llround(value * max_value_));
    share = alpha == 0 ? 0 : 1 / value;
    store_sample(samples, colours, bit_depth_, alpha);
  }
  std::array<std::uint32_t, 3> rgb{};
  if (alpha != 0) {
    const double lightness = (scaled[0] / unit + middle_lightness) * share;
    if (colours == 1)
      rgb[0] = oklab_->to_grey(lightness);
    else
      oklab_->to_rgb({lightness, scaled[1] / unit * share, scaled[2] / unit * share}, rgb.data());
  }
  for (std::uint32_t c = 0; c < colours; ++c) store_sample(samples, c, bit_depth_, rgb[c]);
}

void TrainingSpace::to_coordinates(const std::byte* samples, std::span<std::int32_t> coordinates) const noexcept {
  if (is_oklab()) {
    for (std::uint32_t begin = 0; begin < dimension_; begin += channels_)
      to_lab(samples + std::size_t{begin} * (bit_depth_ / 8), &coordinates[begin]);
    return;
  }
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
  const std::int32_t most = alpha_bound(true, fraction_bits);
  const std::int32_t least = alpha_bound(false, fraction_bits);
  const std::int32_t first = scaled[channels_ - 1];
  for (std::uint32_t i = 2 * channels_ - 1; i < dimension_; i += channels_)
    if (scaled[i] != first) return Opacity::mixed;
  if (first == most) return Opacity::opaque;
  return first == least ? Opacity::transparent : Opacity::mixed;
}

std::int32_t TrainingSpace::alpha_bound(bool opaque, std::uint32_t fraction_bits) const noexcept {
  const std::int32_t unit = std::int32_t{1} << fraction_bits;
  if (is_oklab()) {
    const auto half = static_cast<std::int32_t>(std::llround(middle_lightness * max_value_ * unit));
    return opaque ? half : -half;
  }
  return (opaque ? max_value_ - centre_ : -centre_) * unit;
}

void TrainingSpace::pin(Opacity opacity, std::span<std::int32_t> scaled, std::uint32_t fraction_bits) const noexcept {
  if (opacity == Opacity::mixed) return;
  const bool opaque = opacity == Opacity::opaque;
  for (std::uint32_t i = 0; i < dimension_; ++i)
    if (i % channels_ == channels_ - 1)
      scaled[i] = alpha_bound(opaque, fraction_bits);
    else if (!opaque)  // black, as everything that is multiplied by 0
      scaled[i] = is_oklab() && i % channels_ != 0 ? 0 : alpha_bound(false, fraction_bits);
}

void TrainingSpace::to_samples(std::span<const std::int32_t> scaled, std::uint32_t fraction_bits,
                               std::byte* samples) const noexcept {
  if (is_oklab()) {
    const double lab_unit = static_cast<double>(max_value_) * static_cast<double>(1U << fraction_bits);
    for (std::uint32_t begin = 0; begin < dimension_; begin += channels_)
      from_lab(&scaled[begin], lab_unit, samples + std::size_t{begin} * (bit_depth_ / 8));
    return;
  }
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
