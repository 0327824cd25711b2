// An EXIF block is a TIFF structure, whose first directory may have tag 274.
#include "exif_orientation.hpp"

#include "byte_window.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint16_t orientation_tag = 274;
constexpr std::uint64_t entry_bytes = 12;

/// Integers of a TIFF structure in the byte order that its first bytes name.
class TiffIntegers {
 public:
  explicit TiffIntegers(const ByteWindow& window) : window_(window), is_big_endian_(window.u8(0) == 'M') {}

  template <typename Integer>
  [[nodiscard]] Integer get(std::uint64_t offset) const {
    return is_big_endian_ ? window_.big<Integer>(offset) : window_.little<Integer>(offset);
  }

 private:
  const ByteWindow& window_;
  bool is_big_endian_;
};

/// The value of the entry at `offset`, of any of the unsigned types that TIFF 6.0 asks readers to accept.
std::uint32_t entry_value(const TiffIntegers& integers, std::uint64_t offset) {
  switch (integers.get<std::uint16_t>(offset + 2)) {
    case 1:  // BYTE
      return integers.get<std::uint8_t>(offset + 8);
    case 3:  // SHORT
      return integers.get<std::uint16_t>(offset + 8);
    case 4:  // LONG
      return integers.get<std::uint32_t>(offset + 8);
    default:
      return 1;
  }
}

std::uint32_t find_orientation(const ByteWindow& window) {
  if (!window.has(0, {"II\x2A\0", 4}) && !window.has(0, {"MM\0\x2A", 4})) return 1;
  const TiffIntegers integers(window);
  const std::uint64_t directory = integers.get<std::uint32_t>(4);
  const std::uint64_t count = integers.get<std::uint16_t>(directory);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t entry = directory + 2 + i * entry_bytes;
    if (integers.get<std::uint16_t>(entry) != orientation_tag) continue;
    const std::uint32_t value = entry_value(integers, entry);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

}  // namespace

std::uint32_t read_exif_orientation(std::span<const std::byte> exif) noexcept {
  try {
    return find_orientation(ByteWindow(exif, "EXIF"));
  } catch (const Error&) {
    return 1;  // a damaged EXIF block says nothing of the pixels
  }
}

}  // namespace vqi::detail
