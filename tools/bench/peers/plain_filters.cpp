// Gaussian kernels by rows and columns; total variation by steps on the dual field, projected to length 1.
#include "plain_filters.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace vqi::bench {
namespace {

using Plane = std::vector<float>;

/// The samples of an image, channel by channel as they lie, and its shape.
struct Samples {
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t channels = 0;
  Plane values;
};

Samples samples_of(const Image& image) {
  Samples result{image.width_px(), image.height_px(), image.channels(), Plane(image.size_bytes())};
  std::transform(image.samples().begin(), image.samples().end(), result.values.begin(),
                 [](std::byte sample) { return static_cast<float>(std::to_integer<int>(sample)); });
  return result;
}

Image image_of(const Samples& samples) {
  Image image(static_cast<std::uint32_t>(samples.width), static_cast<std::uint32_t>(samples.height),
              static_cast<std::uint32_t>(samples.channels), 8);
  std::transform(samples.values.begin(), samples.values.end(), image.samples().begin(), [](float value) {
    return static_cast<std::byte>(static_cast<int>(std::lround(std::clamp(value, 0.0F, 255.0F))));
  });
  return image;
}

double squared_error(const Plane& original, const Plane& other) {
  double sum = 0;
  for (std::size_t i = 0; i < original.size(); ++i) {
    const double difference = std::round(std::clamp(other[i], 0.0F, 255.0F)) - original[i];
    sum += difference * difference;
  }
  return sum;
}

/// Blurred with a kernel of 2 * radius + 1 pixels a side; the outermost pixels are repeated.
Plane blurred(const Samples& image, double sigma, std::ptrdiff_t radius) {
  std::vector<float> kernel;
  float total = 0;
  for (std::ptrdiff_t i = -radius; i <= radius; ++i) {
    kernel.push_back(static_cast<float>(std::exp(-static_cast<double>(i * i) / (2 * sigma * sigma))));
    total += kernel.back();
  }
  const auto along = [&](const Plane& from, std::size_t lines, std::size_t line_step, std::size_t count,
                         std::size_t step) {
    Plane to(from.size());
    for (std::size_t line = 0; line < lines; ++line)
      for (std::size_t at = 0; at < count; ++at)
        for (std::size_t c = 0; c < image.channels; ++c) {
          float sum = 0;
          for (std::ptrdiff_t i = -radius; i <= radius; ++i) {
            const auto place = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(at) + i, 0,
                                                          static_cast<std::ptrdiff_t>(count) - 1);
            sum += kernel[static_cast<std::size_t>(i + radius)] *
                   from[line * line_step + static_cast<std::size_t>(place) * step + c];
          }
          to[line * line_step + at * step + c] = sum / total;
        }
    return to;
  };
  const std::size_t row = image.width * image.channels;
  return along(along(image.values, image.height, row, image.width, image.channels), image.width, image.channels,
               image.height, row);
}

/// Chambolle's dual field: two slopes for each sample.
struct DualField {
  Plane across;
  Plane down;
};

/// `image` + weight * div of `field`.
Plane primal(const Samples& image, const DualField& field, float weight) {
  const std::size_t row = image.width * image.channels;
  Plane result(image.values.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    const bool has_left = i % row >= image.channels;
    const bool has_above = i >= row;
    const float divergence = field.across[i] - (has_left ? field.across[i - image.channels] : 0) + field.down[i] -
                             (has_above ? field.down[i - row] : 0);
    result[i] = image.values[i] + weight * divergence;
  }
  return result;
}

Plane least_total_variation(const Samples& image, float weight) {
  constexpr int steps = 40;
  constexpr float step_length = 0.248F;  // below 1/4 the steps converge
  const std::size_t row = image.width * image.channels;
  DualField field{Plane(image.values.size()), Plane(image.values.size())};
  for (int step = 0; step < steps; ++step) {
    const Plane now = primal(image, field, weight);
    for (std::size_t pixel = 0; pixel < now.size(); pixel += image.channels) {
      const bool has_right = pixel % row + image.channels < row;
      const bool has_below = pixel + row < now.size();
      std::array<float, 4> across{};
      std::array<float, 4> down{};
      float length_sq = 0;
      for (std::size_t c = 0; c < image.channels; ++c) {
        across[c] = has_right ? now[pixel + image.channels + c] - now[pixel + c] : 0;
        down[c] = has_below ? now[pixel + row + c] - now[pixel + c] : 0;
        length_sq += across[c] * across[c] + down[c] * down[c];
      }
      const float scale = step_length / weight;
      const float divisor = 1 + scale * std::sqrt(length_sq);
      for (std::size_t c = 0; c < image.channels; ++c) {
        field.across[pixel + c] = (field.across[pixel + c] + scale * across[c]) / divisor;
        field.down[pixel + c] = (field.down[pixel + c] + scale * down[c]) / divisor;
      }
    }
  }
  return primal(image, field, weight);
}

/// Keeps the plane with the least error.
class Nearest {
 public:
  Nearest(const Plane& original, const Plane& decoded)
      : original_(original), best_(decoded), least_(squared_error(original, decoded)) {}

  void offer(Plane tried) {
    const double error = squared_error(original_, tried);
    if (error >= least_) return;
    least_ = error;
    best_ = std::move(tried);
  }
  [[nodiscard]] const Plane& best() const noexcept { return best_; }

 private:
  const Plane& original_;
  Plane best_;
  double least_;
};

}  // namespace

Image convolved(const Image& original, const Image& decoded) {
  const Samples reference = samples_of(original);
  Samples image = samples_of(decoded);
  Nearest nearest(reference.values, image.values);
  for (const auto& [sigma, radius] : {std::pair{0.5, 1}, {0.8, 1}, {1.2, 2}}) {
    const Plane smooth = blurred(image, sigma, radius);
    for (int strength = 1; strength <= 8; ++strength) {
      Plane mixed(smooth.size());
      for (std::size_t i = 0; i < mixed.size(); ++i)
        mixed[i] = image.values[i] + static_cast<float>(strength) / 8 * (smooth[i] - image.values[i]);
      nearest.offer(std::move(mixed));
    }
  }
  image.values = nearest.best();
  return image_of(image);
}

Image smoothed_by_total_variation(const Image& original, const Image& decoded) {
  const Samples reference = samples_of(original);
  Samples image = samples_of(decoded);
  Nearest nearest(reference.values, image.values);
  const double error =
      std::sqrt(squared_error(reference.values, image.values) / static_cast<double>(image.values.size()));
  for (const double part : {0.05, 0.1, 0.2, 0.35, 0.6, 1.0})
    if (error > 0) nearest.offer(least_total_variation(image, static_cast<float>(part * error)));
  image.values = nearest.best();
  return image_of(image);
}

}  // namespace vqi::bench
