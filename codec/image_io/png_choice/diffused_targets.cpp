// Errors are integers of 1/16 code value, rounded as they are shared out.
#include "diffused_targets.hpp"

#include <algorithm>

#include "sample_array.hpp"

namespace vqi::detail {
namespace {

/// Parts of an error, in sixteenths.
struct Weights {
  std::int32_t right = 7;
  std::int32_t below_left = 3;
  std::int32_t below = 5;
  std::int32_t below_right = 1;
};
constexpr Weights weights;

/// A weight times a strength is in 1 / 2^weight_bits.
constexpr std::int32_t weight_bits = 14;
static_assert(16 * full_strength == 1 << weight_bits);

DitherPoint part_of(const DitherPoint& error, std::int32_t weight) noexcept {
  DitherPoint part;
  for (std::size_t c = 0; c < part.size(); ++c) part[c] = (error[c] * weight + (1 << (weight_bits - 1))) >> weight_bits;
  return part;
}

void add(DitherPoint& sum, const DitherPoint& part) noexcept {
  for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += part[c];
}

SampleArray samples_of(std::span<const ColourSet::Colour> colours) {
  SampleArray samples(colours.size(), 4, 8);
  for (std::size_t k = 0; k < colours.size(); ++k)
    for (std::uint32_t c = 0; c < 4; ++c) store_sample(samples.row(k), c, 8, colours[k] >> (8 * c) & 255);
  return samples;
}

}  // namespace

Diffusion::Diffusion(std::span<const ColourSet::Colour> colours, std::int32_t part,
                     std::span<const std::uint8_t> pixels)
    : palette(samples_of(colours), 4), strength(part), mask(pixels) {}

DiffusedTargets::DiffusedTargets(const Diffusion& diffusion, const IndexColours& colours, std::uint32_t width_px)
    : diffusion_(diffusion),
      colours_(colours),
      width_(width_px),
      scaled_colours_(diffusion.palette.points()),
      wanted_(width_px),
      takes_part_(width_px),
      below_(std::size_t{width_px} + 2) {
  for (DitherPoint& colour : scaled_colours_)
    for (std::int32_t& sample : colour) sample *= scale;
}

void DiffusedTargets::begin_row(std::size_t first, const PremultipliedColour* pixels, const std::uint8_t* nearest) {
  pixels_ = pixels;
  nearest_ = nearest;
  for (std::uint32_t x = 0; x < width_; ++x) {
    const PremultipliedColour& pixel = pixels[x];
    wanted_[x] = {pixel.red * scale, pixel.green * scale, pixel.blue * scale, pixel.alpha * scale};
    const bool is_chosen = diffusion_.mask.empty() || diffusion_.mask[first + x] != 0;
    takes_part_[x] = is_chosen && pixel.alpha != 0 && colours_.distance(pixel, nearest[x]) != 0 ? 1 : 0;
    if (takes_part_[x] != 0) add(wanted_[x], below_[x + 1]);
  }
  below_.assign(below_.size(), {});
}

std::int32_t DiffusedTargets::distance(std::uint32_t x, std::uint8_t index,
                                       const CarriedError& carried) const noexcept {
  const DitherPoint& wanted = wanted_[x];
  const DitherPoint& colour = scaled_colours_[index];
  const std::int32_t taken = takes_part_[x];
  std::int32_t sum = 0;
  for (std::size_t c = 0; c < wanted.size(); ++c) {
    const std::int32_t delta = wanted[c] + taken * carried.parts[c] - colour[c];
    sum += delta * delta;
  }
  static_assert(scale * scale % cost_unit == 0);
  return sum / (scale * scale / cost_unit) +
         (colours_.is_forbidden(pixels_[x], index) ? forbidden_distance * cost_unit : 0);
}

DitherPoint DiffusedTargets::error_of(std::uint32_t x, std::uint8_t index, const CarriedError& before) const noexcept {
  DitherPoint error = difference(wanted_[x], scaled_colours_[index]);
  for (std::size_t c = 0; c < error.size(); ++c) error[c] += before.parts[c];
  if (pixels_[x].alpha == 255) error[3] = 0;
  return diffusion_.palette.limited(error, index, scale);
}

CarriedError DiffusedTargets::carried(std::uint32_t x, std::uint8_t index, const CarriedError& before) const noexcept {
  if (takes_part_[x] == 0) return {};
  const DitherPoint part = part_of(error_of(x, index, before), weights.right * diffusion_.strength);
  CarriedError carried;
  for (std::size_t c = 0; c < part.size(); ++c) carried.parts[c] = static_cast<std::int16_t>(part[c]);
  return carried;
}

std::uint8_t DiffusedTargets::nearest(std::uint32_t x, const CarriedError& carried) const noexcept {
  std::uint8_t best = nearest_[x];
  if (takes_part_[x] == 0) return best;
  std::int32_t least = distance(x, best, carried);
  for (std::uint8_t start = best;; start = best) {
    for (const std::uint8_t k : colours_.near(start)) {
      const std::int32_t found = distance(x, k, carried);
      if (found >= least) continue;
      least = found;
      best = k;
    }
    if (best == start) return best;
  }
}

PremultipliedColour DiffusedTargets::wanted_colour(std::uint32_t x, const CarriedError& before) const noexcept {
  if (takes_part_[x] == 0 || pixels_[x].alpha != 255) return pixels_[x];
  const auto sample = [&](std::size_t c) {
    return static_cast<std::int16_t>(std::clamp((wanted_[x][c] + before.parts[c] + scale / 2) / scale, 0, 255));
  };
  return {sample(0), sample(1), sample(2), 255};
}

std::int64_t DiffusedTargets::end_row(const std::uint8_t* chosen, PremultipliedColour* wanted) {
  std::int64_t sum = 0;
  CarriedError before;
  for (std::uint32_t x = 0; x < width_; ++x) {
    sum += distance(x, chosen[x], before);
    if (wanted != nullptr) wanted[x] = wanted_colour(x, before);
    if (takes_part_[x] != 0) {
      const DitherPoint error = error_of(x, chosen[x], before);
      add(below_[x], part_of(error, weights.below_left * diffusion_.strength));
      add(below_[x + 1], part_of(error, weights.below * diffusion_.strength));
      add(below_[x + 2], part_of(error, weights.below_right * diffusion_.strength));
    }
    before = carried(x, chosen[x], before);
  }
  return sum;
}

}  // namespace vqi::detail
