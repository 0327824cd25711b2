// vqi_icon_set: draws 64 icons, learns one codebook for all of them, and compares the bytes with a codebook each.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <memory>
#include <vector>

#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"

namespace {

constexpr std::uint32_t side_px = 32;
constexpr std::uint32_t icon_count = 64;
constexpr int samples_per_side = 4;
constexpr std::uint32_t codewords_each = 24;
constexpr std::uint32_t codewords_together = 256;

struct Tint {
  double r = 0;
  double g = 0;
  double b = 0;
};

/// The colours of the eight families of icons.
constexpr std::array tints{Tint{0.86, 0.24, 0.22}, Tint{0.93, 0.55, 0.16}, Tint{0.90, 0.78, 0.20},
                           Tint{0.30, 0.66, 0.32}, Tint{0.16, 0.62, 0.64}, Tint{0.20, 0.45, 0.80},
                           Tint{0.45, 0.34, 0.74}, Tint{0.42, 0.45, 0.50}};

/// Whether a point, -1..1 from the middle, lies on the symbol of icon `number`.
bool on_symbol(std::uint32_t number, double x, double y) {
  const double radius = std::hypot(x, y);
  switch (number / tints.size()) {
    case 0:
      return radius < 0.5;
    case 1:
      return radius < 0.55 && radius > 0.32;
    case 2:
      return std::abs(x) < 0.5 && std::abs(y) < 0.16;
    case 3:
      return y < 0.45 && y > 2 * std::abs(x) - 0.55;
    case 4:
      return std::abs(x) + std::abs(y) < 0.58;
    case 5:
      return (std::abs(x) < 0.15 && std::abs(y) < 0.5) || (std::abs(y) < 0.15 && std::abs(x) < 0.5);
    case 6:
      return std::abs(x) < 0.45 && std::abs(std::remainder(y, 0.36)) < 0.08 && std::abs(y) < 0.5;
    default:
      return radius < 0.52 && std::hypot(x - 0.25, y - 0.1) > 0.42;
  }
}

/// A tile with round corners, lit from above, with a white symbol, on a transparent ground.
vqi::Image draw_icon(std::uint32_t number) {
  vqi::Image icon(side_px, side_px, 4, 8);
  const Tint& tint = tints[number % tints.size()];
  for (std::uint32_t py = 0; py < side_px; ++py)
    for (std::uint32_t px = 0; px < side_px; ++px) {
      int tile = 0;
      int symbol = 0;
      for (int sample = 0; sample < samples_per_side * samples_per_side; ++sample) {
        const double x = (px + (sample % samples_per_side + 0.5) / samples_per_side) / (side_px / 2.0) - 1;
        const double y = (py + (sample / samples_per_side + 0.5) / samples_per_side) / (side_px / 2.0) - 1;
        const double beyond_x = std::max(std::abs(x) - 0.6, 0.0);
        const double beyond_y = std::max(std::abs(y) - 0.6, 0.0);
        tile += std::hypot(beyond_x, beyond_y) < 0.32 ? 1 : 0;
        symbol += on_symbol(number, x, y) ? 1 : 0;
      }
      const double light = 1.15 - 0.4 * py / side_px;
      const double white = symbol / 16.0;
      const auto code = [&](double value) {
        return static_cast<std::byte>(std::lround(255 * std::clamp(value, 0.0, 1.0)));
      };
      std::byte* const pixel = icon.row(py) + std::size_t{4} * px;
      pixel[0] = code(tint.r * light * (1 - white) + white);
      pixel[1] = code(tint.g * light * (1 - white) + white);
      pixel[2] = code(tint.b * light * (1 - white) + white);
      pixel[3] = code(tile / 16.0);
    }
  return icon;
}

/// Bytes and mean squared error of all icons.
struct Total {
  std::size_t bytes = 0;
  double mse = 0;

  void add(const vqi::Encoded& encoded) {
    bytes += encoded.bytes.size();
    mse += encoded.report.distortion.mse / icon_count;
  }
};

void compare_codebooks() {
  vqi::EncodeOptions options;
  options.k = codewords_each;
  vqi::Statistics statistics;
  Total each;
  std::vector<vqi::Image> icons;
  for (std::uint32_t number = 0; number < icon_count; ++number) icons.push_back(draw_icon(number));
  for (const vqi::Image& icon : icons) {
    statistics.add(icon);
    each.add(vqi::encode(icon, options));
  }
  options.k = codewords_together;
  const vqi::Codebook codebook = vqi::train_codebook(statistics, options).codebook;
  Total together;
  together.bytes = vqi::write_codebook(codebook).size();
  vqi::EncodeOptions given;
  given.codebook = std::make_shared<const vqi::Codebook>(codebook);
  given.detach = true;
  for (const vqi::Image& icon : icons) together.add(vqi::encode(icon, given));
  std::printf("%u codebooks of %u colours: %zu bytes, MSE %.2f\n", icon_count, codewords_each, each.bytes, each.mse);
  std::printf("one codebook of %u colours: %zu bytes, MSE %.2f\n", codewords_together, together.bytes, together.mse);
}

}  // namespace

int main() {
  try {
    compare_codebooks();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "vqi_icon_set: %s\n", error.what());
    return 1;
  }
  return 0;
}
