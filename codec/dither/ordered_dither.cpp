// Pattern dithering, on any palette: T. Knoll's way (US patent 6,606,166, expired 2019).
//
// For a colour, some codewords are chosen one after another, each the nearest to the colour and the error of those
// before: their mean comes near to the colour. Sorted by brightness, the pixel's threshold picks one of them.
#include "ordered_dither.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "work_pulse.hpp"

namespace vqi::detail {
namespace {

/// Codewords of a mixture. 16 mix in steps of a sixteenth of what lies between codewords.
constexpr std::uint32_t mixture_size = 16;
/// Mixtures that a thread keeps; neighbours have colours in common.
constexpr std::uint32_t kept_log2 = 14;
/// Rows of a task; few tasks, as each fills cubes of its own.
constexpr std::uint32_t task_rows = 128;
/// Steps of WorkPulse that a pixel takes.
constexpr std::uint64_t pixel_steps = 300;

using Mixture = std::array<std::uint16_t, mixture_size>;

/// The mixtures of one thread.
class Mixtures {
 public:
  Mixtures(const DitherPalette& palette, std::int32_t strength)
      : palette_(palette), strength_(strength), search_(palette), kept_(std::size_t{1} << kept_log2) {}

  [[nodiscard]] const Mixture& of(const DitherPoint& colour) {
    Kept& kept = kept_[slot_of(colour)];
    if (kept.colour != colour) {
      kept.colour = colour;
      mix(colour, kept.mixture);
    }
    return kept.mixture;
  }

 private:
  struct Kept {
    DitherPoint colour{-1, 0, 0, 0};
    Mixture mixture{};
  };

  static std::size_t slot_of(const DitherPoint& colour) noexcept {
    std::uint32_t hash = 0;
    for (const std::int32_t coordinate : colour) hash = (hash ^ static_cast<std::uint32_t>(coordinate)) * 0x9E3779B1U;
    return hash >> (32 - kept_log2);
  }

  void mix(const DitherPoint& colour, Mixture& mixture) {
    const bool opaque = palette_.is_opaque(colour);
    DitherPoint error{};
    for (std::uint16_t& chosen : mixture) {
      DitherPoint wanted;
      for (std::size_t c = 0; c < wanted.size(); ++c)
        wanted[c] = colour[c] + static_cast<std::int32_t>(std::int64_t{error[c]} * strength_ / full_strength);
      chosen = search_.nearest(wanted, opaque);
      const DitherPoint& codeword = palette_.points()[chosen];
      for (std::size_t c = 0; c < error.size(); ++c) error[c] += colour[c] - codeword[c];
      if (opaque) error[palette_.channels() - 1] = 0;
      error = palette_.limited(error, chosen, 1);
    }
    std::sort(mixture.begin(), mixture.end(), [&](std::uint16_t a, std::uint16_t b) {
      const std::int64_t first = palette_.brightness(a);
      const std::int64_t second = palette_.brightness(b);
      return first != second ? first < second : a < b;
    });
  }

  const DitherPalette& palette_;
  std::int32_t strength_;
  DitherSearch search_;
  std::vector<Kept> kept_;
};

}  // namespace

void order_dither(const ImageView& image, const DitherPalette& palette, std::int32_t strength,
                  const ThresholdTile& tile, std::span<std::uint16_t> indices, const Work& work) {
  const std::size_t width = image.width_px;
  const std::uint32_t tasks = (image.height_px + task_rows - 1) / task_rows;
  work.pool.for_each(tasks, [&](std::size_t task) {
    Mixtures mixtures(palette, strength);
    std::vector<DitherPoint> points(width);
    WorkPulse pulse(work.pool);
    const auto first = static_cast<std::uint32_t>(task * task_rows);
    for (std::uint32_t y = first; y < std::min(first + task_rows, image.height_px); ++y) {
      pulse.add(width * pixel_steps);
      read_points(image, y, points);
      for (std::uint32_t x = 0; x < width; ++x) {
        std::uint16_t& index = indices[y * width + x];
        const DitherPoint& colour = points[x];
        if (palette.is_transparent(colour) || colour == palette.points()[index]) continue;
        index = mixtures.of(colour)[tile.at(x, y) * mixture_size / tile.count()];
      }
    }
  });
}

}  // namespace vqi::detail
