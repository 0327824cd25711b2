// R. Floyd and L. Steinberg, "An adaptive algorithm for spatial greyscale", Proc. SID 17(2), 1976: of a pixel's error
// 7/16 go to the next pixel of the row, 3, 5 and 1 sixteenths to those below. Rows run right and left in turn, so that
// errors do not all drift one way.
#include "error_diffusion.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include "work_pulse.hpp"

namespace vqi::detail {
namespace {

/// Errors are in 1/64 of a code value.
constexpr std::int32_t error_scale_log2 = 6;
constexpr std::int32_t error_scale = 1 << error_scale_log2;
/// Steps of WorkPulse that a pixel takes.
constexpr std::uint64_t pixel_steps = 40;

/// The error that comes to the pixels of a row, with a pixel beyond either end.
using ErrorRow = std::vector<DitherPoint>;

void add(DitherPoint& sum, const DitherPoint& error) noexcept {
  for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += error[c];
}

/// Gives the parts of `error` to the neighbours of the pixel at `place` of a row that runs by `step`. The parts add up
/// to the error.
void spread(const DitherPoint& error, std::size_t place, std::ptrdiff_t step, ErrorRow& current, ErrorRow& below) {
  DitherPoint next;
  DitherPoint behind;
  DitherPoint under;
  DitherPoint ahead;
  for (std::size_t c = 0; c < error.size(); ++c) {
    next[c] = error[c] * 7 / 16;
    behind[c] = error[c] * 3 / 16;
    under[c] = error[c] * 5 / 16;
    ahead[c] = error[c] - next[c] - behind[c] - under[c];
  }
  const auto at = static_cast<std::ptrdiff_t>(place);
  add(current[static_cast<std::size_t>(at + step)], next);
  add(below[static_cast<std::size_t>(at - step)], behind);
  add(below[place], under);
  add(below[static_cast<std::size_t>(at + step)], ahead);
}

}  // namespace

void diffuse_errors(const ImageView& image, const DitherPalette& palette, std::int32_t strength,
                    std::span<const std::uint8_t> mask, std::span<std::uint16_t> indices, const Work& work) {
  const std::size_t width = image.width_px;
  std::vector<DitherPoint> points(width);
  ErrorRow current(width + 2);
  ErrorRow below(width + 2);
  DitherSearch search(palette);
  WorkPulse pulse(work.pool);
  for (std::uint32_t y = 0; y < image.height_px; ++y) {
    pulse.add(width * pixel_steps);
    read_points(image, y, points);
    const std::ptrdiff_t step = y % 2 == 0 ? 1 : -1;
    for (std::size_t turn = 0; turn < width; ++turn) {
      const std::size_t x = step > 0 ? turn : width - 1 - turn;
      const std::size_t n = y * width + x;
      const DitherPoint& own = points[x];
      if (!mask.empty() && mask[n] == 0) continue;
      if (palette.is_transparent(own) || own == palette.points()[indices[n]]) continue;
      const bool opaque = palette.is_opaque(own);
      DitherPoint wanted;
      DitherPoint rounded;
      for (std::size_t c = 0; c < wanted.size(); ++c) {
        wanted[c] = own[c] * error_scale + current[x + 1][c];
        rounded[c] = (wanted[c] + error_scale / 2) >> error_scale_log2;
      }
      const std::uint16_t chosen = search.nearest(rounded, opaque);
      indices[n] = chosen;
      DitherPoint error;
      for (std::size_t c = 0; c < error.size(); ++c) error[c] = wanted[c] - palette.points()[chosen][c] * error_scale;
      if (opaque) error[palette.channels() - 1] = 0;
      error = palette.limited(error, chosen, error_scale);
      for (std::int32_t& part : error) part = static_cast<std::int32_t>(std::int64_t{part} * strength / full_strength);
      spread(error, x + 1, step, current, below);
    }
    std::swap(current, below);
    below.assign(width + 2, DitherPoint{});
  }
}

}  // namespace vqi::detail
