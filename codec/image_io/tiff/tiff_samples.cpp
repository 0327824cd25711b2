// 8 and 16 bits are read as they lie, other depths bit by bit, high bits first.
#include "tiff_samples.hpp"

#include <cstring>

namespace vqi::detail {
namespace {

/// Samples of a row of one plane: the sample `i` counts all samples of the row.
class RowSamples {
 public:
  RowSamples(const std::byte* row, std::uint32_t bits) : row_(row), bits_(bits) {}

  [[nodiscard]] std::uint16_t operator[](std::uint64_t i) const noexcept {
    if (bits_ == 8) return std::to_integer<std::uint16_t>(row_[i]);
    if (bits_ == 16) {
      std::uint16_t value = 0;
      std::memcpy(&value, row_ + 2 * i, sizeof value);
      return value;
    }
    // A sample of up to 15 bits lies in up to three bytes.
    const std::uint64_t begin = i * bits_;
    const std::uint64_t last = begin + bits_ - 1;
    std::uint32_t value = 0;
    for (std::uint64_t byte = begin / 8; byte <= last / 8; ++byte)
      value = (value << 8) | std::to_integer<std::uint32_t>(row_[byte]);
    value >>= 7 - last % 8;
    return static_cast<std::uint16_t>(value & ((1U << bits_) - 1));
  }

 private:
  const std::byte* row_;
  std::uint32_t bits_;
};

/// TIFF 6.0, section 21: a unit holds the luma of its pixels, row by row, and then Cb and Cr for all of them.
void read_subsampled(const TiffLayout& layout, const std::vector<std::byte>& plane, std::uint32_t row,
                     std::uint32_t count, std::span<std::uint16_t> samples) {
  const std::uint32_t size_x = layout.subsampling_x;
  const std::uint32_t luma_count = size_x * layout.subsampling_y;
  const std::uint64_t unit_bytes = luma_count + 2;
  const std::uint64_t units_x = (layout.segment_width_px - 1) / size_x + 1;
  const std::byte* units = plane.data() + row / layout.subsampling_y * units_x * unit_bytes;
  const std::uint32_t luma_row = row % layout.subsampling_y * size_x;
  for (std::uint32_t x = 0; x < count; ++x) {
    const std::byte* unit = units + x / size_x * unit_bytes;
    std::uint16_t* const sample = &samples[std::size_t{3} * x];
    sample[0] = std::to_integer<std::uint16_t>(unit[luma_row + x % size_x]);
    sample[1] = std::to_integer<std::uint16_t>(unit[luma_count]);
    sample[2] = std::to_integer<std::uint16_t>(unit[luma_count + 1]);
  }
}

}  // namespace

void read_tiff_samples(const TiffLayout& layout, const TiffSegment& segment, std::uint32_t row, std::uint32_t count,
                       std::span<std::uint16_t> samples) {
  if (layout.is_subsampled()) return read_subsampled(layout, segment[0], row, count, samples);
  const std::uint32_t kept = layout.colour_samples + (layout.alpha_sample ? 1 : 0);
  for (std::uint32_t k = 0; k < kept; ++k) {
    const std::uint32_t sample = k < layout.colour_samples ? k : *layout.alpha_sample;
    const std::vector<std::byte>& plane = segment[layout.has_planes ? k : 0];
    const RowSamples row_samples(plane.data() + row * layout.row_bytes(), layout.bits);
    const std::uint64_t step = layout.has_planes ? 1 : layout.samples;
    std::uint64_t i = layout.has_planes ? 0 : sample;
    std::size_t target = k;
    for (std::uint32_t x = 0; x < count; ++x, i += step, target += kept) samples[target] = row_samples[i];
  }
}

}  // namespace vqi::detail
