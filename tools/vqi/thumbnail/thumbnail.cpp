// A box filter. Both axes are divided into units of which a source pixel and a pixel of the result have whole numbers:
// with w source pixels for n, a source pixel has n units and a pixel of the result w. Sums are whole numbers in
// doubles: exact, as long as they stay below 2^53, which needs an image of over 2^37 pixels at 8 bits to be passed.
#include "thumbnail.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace vqi::tool {
namespace {

constexpr std::size_t most_channels = 4;
using Sums = std::array<double, most_channels>;  // of a pixel's channels: colours times alpha, and alpha

/// Calls `add(pixel, weight)` for each pixel of the result that source pixel `at` reaches into, of `source` pixels for
/// `result`. The weight is the number of units that the two share.
template <typename Add>
void for_each_share(std::uint64_t at, std::uint64_t source, std::uint64_t result, const Add& add) {
  std::uint64_t begin = at * result;
  const std::uint64_t end = begin + result;
  while (begin < end) {
    const std::uint64_t pixel = begin / source;
    const std::uint64_t share_end = std::min(end, (pixel + 1) * source);
    add(static_cast<std::size_t>(pixel), static_cast<double>(share_end - begin));
    begin = share_end;
  }
}

/// The samples of a pixel as they are summed.
template <typename Sample>
Sums weighed(const Sample* samples, const ImageView& image) {
  Sums sums{};
  const std::size_t colours = image.channels - (image.has_alpha() ? 1 : 0);
  const double alpha = image.has_alpha() ? samples[colours] : 1;
  for (std::size_t channel = 0; channel < colours; ++channel) sums[channel] = samples[channel] * alpha;
  if (image.has_alpha()) sums[colours] = alpha;
  return sums;
}

template <typename Sample>
class BoxFilter {
 public:
  BoxFilter(const ImageView& image, const ThumbnailSize& size)
      : image_(image),
        size_(size),
        result_(size.width_px, size.height_px, image.channels, image.bit_depth),
        row_sums_(size.width_px),
        sums_(size.width_px) {}

  Image run() {
    std::size_t row = 0;  // of the result, whose sums are under way
    for (std::uint32_t y = 0; y < image_.height_px; ++y) {
      sum_row(reinterpret_cast<const Sample*>(image_.row(y)));
      for_each_share(y, image_.height_px, size_.height_px, [&](std::size_t each, double weight) {
        if (each != row) write_row(row);
        row = each;
        for (std::size_t x = 0; x < sums_.size(); ++x)
          for (std::size_t channel = 0; channel < image_.channels; ++channel)
            sums_[x][channel] += weight * row_sums_[x][channel];
      });
    }
    write_row(row);
    return std::move(result_);
  }

 private:
  void sum_row(const Sample* samples) {
    std::fill(row_sums_.begin(), row_sums_.end(), Sums{});
    for (std::uint32_t x = 0; x < image_.width_px; ++x, samples += image_.channels) {
      const Sums pixel = weighed(samples, image_);
      for_each_share(x, image_.width_px, size_.width_px, [&](std::size_t each, double weight) {
        for (std::size_t channel = 0; channel < image_.channels; ++channel)
          row_sums_[each][channel] += weight * pixel[channel];
      });
    }
  }

  /// Writes the means of a row of the result, and begins the sums anew.
  void write_row(std::size_t row) {
    const double area = static_cast<double>(image_.width_px) * image_.height_px;
    const std::size_t colours = image_.channels - (image_.has_alpha() ? 1 : 0);
    auto* samples = reinterpret_cast<Sample*>(result_.row(static_cast<std::uint32_t>(row)));
    for (Sums& sums : sums_) {
      const double weight = image_.has_alpha() ? sums[colours] : area;
      for (std::size_t channel = 0; channel < image_.channels; ++channel) {
        const double whole = channel < colours ? weight : area;
        *samples++ = whole > 0 ? static_cast<Sample>(std::floor(sums[channel] / whole + 0.5)) : Sample{0};
      }
      sums = Sums{};
    }
  }

  ImageView image_;
  ThumbnailSize size_;
  Image result_;
  std::vector<Sums> row_sums_;  // of the source row under way
  std::vector<Sums> sums_;      // of the row of the result under way
};

/// A length in the scale in which `from_px` becomes `to_px`.
std::uint32_t scaled(std::uint32_t px, std::uint32_t from_px, std::uint32_t to_px) {
  const std::uint64_t rounded = (std::uint64_t{px} * to_px + from_px / 2) / from_px;
  return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(rounded));
}

}  // namespace

ThumbnailSize thumbnail_size(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t longest_side_px) {
  const std::uint32_t longest_px = std::max(width_px, height_px);
  if (longest_px <= longest_side_px) return {width_px, height_px};
  return {scaled(width_px, longest_px, longest_side_px), scaled(height_px, longest_px, longest_side_px)};
}

Image thumbnail(const ImageView& image, const ThumbnailSize& size) {
  Image result =
      image.bit_depth == 16 ? BoxFilter<std::uint16_t>(image, size).run() : BoxFilter<std::uint8_t>(image, size).run();
  if (image.metadata != nullptr) result.metadata() = *image.metadata;
  result.metadata().density.reset();
  return result;
}

}  // namespace vqi::tool
