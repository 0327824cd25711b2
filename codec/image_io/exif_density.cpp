// XResolution, YResolution and ResolutionUnit of the first directory: TIFF 6.0, section 8.
#include "exif_density.hpp"

#include <cmath>
#include <cstdint>

#include "byte_window.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint16_t x_resolution_tag = 282;
constexpr std::uint16_t y_resolution_tag = 283;
constexpr std::uint16_t resolution_unit_tag = 296;
constexpr std::uint16_t rational_type = 5;
constexpr std::uint16_t short_type = 3;
constexpr std::uint32_t inch = 2;
constexpr std::uint32_t centimetre = 3;
constexpr double max_per_metre = 0x7FFFFFFF;  // PNG's largest integer

std::uint32_t per_metre(double value) noexcept {
  return value >= 0.5 && value <= max_per_metre ? static_cast<std::uint32_t>(std::lround(value)) : 0;
}

/// Integers of a block in its own byte order.
class ExifBlock {
 public:
  explicit ExifBlock(std::span<const std::byte> bytes) : window_(bytes, "EXIF"), is_big_endian_(window_.has(0, "MM")) {}

  [[nodiscard]] std::uint32_t u16(std::uint64_t offset) const {
    return is_big_endian_ ? window_.be16(offset) : window_.le16(offset);
  }
  [[nodiscard]] std::uint32_t u32(std::uint64_t offset) const {
    return is_big_endian_ ? window_.be32(offset) : window_.le32(offset);
  }

 private:
  ByteWindow window_;
  bool is_big_endian_;
};

std::optional<PixelDensity> read_density(const ExifBlock& block) {
  double x = 0;
  double y = 0;
  std::uint32_t unit = inch;
  const std::uint64_t directory = block.u32(4);
  const std::uint32_t entries = block.u16(directory);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const std::uint64_t entry = directory + 2 + std::uint64_t{12} * i;
    const std::uint32_t tag = block.u16(entry);
    const std::uint32_t type = block.u16(entry + 2);
    if (tag == resolution_unit_tag && type == short_type) unit = block.u16(entry + 8);
    if ((tag != x_resolution_tag && tag != y_resolution_tag) || type != rational_type) continue;
    const std::uint64_t rational = block.u32(entry + 8);
    const double value = double{static_cast<double>(block.u32(rational))} / block.u32(rational + 4);
    (tag == x_resolution_tag ? x : y) = value;  // not finite where the divisor is 0
  }
  if (unit != inch && unit != centimetre) return std::nullopt;
  const auto convert = [&](double value) { return unit == inch ? per_metre_from_inch(value) : per_metre(value * 100); };
  const PixelDensity density{convert(x), convert(y), 1};
  if (density.x == 0 || density.y == 0) return std::nullopt;
  return density;
}

}  // namespace

std::uint32_t per_metre_from_inch(double per_inch) noexcept { return per_metre(per_inch / 0.0254); }

std::optional<PixelDensity> read_exif_density(std::span<const std::byte> exif) noexcept {
  try {
    return read_density(ExifBlock(exif));
  } catch (const Error&) {
    return std::nullopt;  // a damaged block has no density to be relied on
  }
}

}  // namespace vqi::detail
