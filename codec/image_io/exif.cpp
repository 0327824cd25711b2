// An EXIF block is a TIFF structure, whose first directory has Orientation, XResolution, YResolution and
// ResolutionUnit: TIFF 6.0, section 8.
#include "exif.hpp"

#include "byte_window.hpp"
#include "pixel_density.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view jpeg_prefix("Exif\0\0", 6);
constexpr std::uint16_t orientation_tag = 274;
constexpr std::uint16_t x_resolution_tag = 282;
constexpr std::uint16_t y_resolution_tag = 283;
constexpr std::uint16_t resolution_unit_tag = 296;
constexpr std::uint16_t byte_type = 1;
constexpr std::uint16_t short_type = 3;
constexpr std::uint16_t long_type = 4;
constexpr std::uint16_t rational_type = 5;
constexpr std::uint32_t inch = 2;
constexpr std::uint32_t centimetre = 3;

/// Walks over the first directory of a block.
class ExifReader {
 public:
  explicit ExifReader(std::span<const std::byte> block)
      : window_(block, "EXIF"), is_big_endian_(window_.has(0, {"MM\0\x2A", 4})) {}

  /// Fills `exif` as far as the block is whole.
  void read(Exif& exif) {
    if (!is_big_endian_ && !window_.has(0, {"II\x2A\0", 4})) return;
    const std::uint64_t directory = get<std::uint32_t>(4);
    const std::uint32_t count = get<std::uint16_t>(directory);
    for (std::uint32_t i = 0; i < count; ++i) read_entry(directory + 2 + std::uint64_t{12} * i, exif);
    exif.density = density();
  }

 private:
  template <typename Integer>
  [[nodiscard]] Integer get(std::uint64_t offset) const {
    return is_big_endian_ ? window_.big<Integer>(offset) : window_.little<Integer>(offset);
  }

  void read_entry(std::uint64_t entry, Exif& exif) {
    const auto tag = get<std::uint16_t>(entry);
    const auto type = get<std::uint16_t>(entry + 2);
    const std::uint64_t value = entry + 8;
    if (tag == orientation_tag && !has_orientation_) {
      has_orientation_ = true;
      const std::uint32_t orientation = unsigned_value(type, value);
      if (orientation >= 1 && orientation <= 8) exif.orientation = orientation;
    }
    if (tag == resolution_unit_tag && type == short_type) unit_ = get<std::uint16_t>(value);
    if (tag == x_resolution_tag && type == rational_type) x_offset_ = get<std::uint32_t>(value);
    if (tag == y_resolution_tag && type == rational_type) y_offset_ = get<std::uint32_t>(value);
  }

  /// A value of any of the unsigned types that TIFF 6.0 asks readers to accept; 0 of others.
  [[nodiscard]] std::uint32_t unsigned_value(std::uint16_t type, std::uint64_t offset) const {
    if (type == byte_type) return get<std::uint8_t>(offset);
    if (type == short_type) return get<std::uint16_t>(offset);
    return type == long_type ? get<std::uint32_t>(offset) : 0;
  }

  [[nodiscard]] std::uint32_t per_metre_at(std::uint64_t rational) const {
    const double dividend = get<std::uint32_t>(rational);
    const double value = dividend / get<std::uint32_t>(rational + 4);  // not finite where the divisor is 0
    return unit_ == inch ? per_metre_from_inch(value) : per_metre(value * 100);
  }

  [[nodiscard]] std::optional<PixelDensity> density() const {
    if (!x_offset_ || !y_offset_ || (unit_ != inch && unit_ != centimetre)) return std::nullopt;
    const PixelDensity density{per_metre_at(*x_offset_), per_metre_at(*y_offset_), 1};
    return density.x == 0 || density.y == 0 ? std::nullopt : std::optional(density);
  }

  ByteWindow window_;
  bool is_big_endian_;
  bool has_orientation_ = false;
  std::uint32_t unit_ = inch;
  std::optional<std::uint32_t> x_offset_;
  std::optional<std::uint32_t> y_offset_;
};

}  // namespace

Exif read_exif(std::span<const std::byte> block) noexcept {
  Exif exif;
  try {
    const bool has_prefix = ByteWindow(block, "EXIF").has(0, jpeg_prefix);
    ExifReader(has_prefix ? block.subspan(jpeg_prefix.size()) : block).read(exif);
  } catch (const Error&) {
    // What was read in front of the damage stays.
  }
  return exif;
}

}  // namespace vqi::detail
