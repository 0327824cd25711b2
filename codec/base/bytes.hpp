// Little-endian integers in byte buffers: unchecked loads, and a writer that appends.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace vqi::detail {

/// The `count` <= 8 bytes at `at` as a little-endian integer. The caller has checked the bounds.
[[nodiscard]] inline std::uint64_t load_le(const std::byte* at, std::size_t count) noexcept {
  std::uint64_t value = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&value, at, count);
  } else {
    for (std::size_t i = 0; i < count; ++i) value |= static_cast<std::uint64_t>(at[i]) << (8 * i);
  }
  return value;
}

inline void store_le(std::byte* at, std::uint64_t value, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) at[i] = static_cast<std::byte>(value >> (8 * i) & 0xFFU);
}

/// Appends to a byte vector.
class ByteWriter {
 public:
  explicit ByteWriter(std::vector<std::byte>& bytes) : bytes_(bytes) {}

  void integer(std::uint64_t value, std::size_t count) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + count);
    store_le(bytes_.data() + at, value, count);
  }
  void append(std::span<const std::byte> more) { bytes_.insert(bytes_.end(), more.begin(), more.end()); }
  void text(std::string_view characters) { append(std::as_bytes(std::span(characters.data(), characters.size()))); }
  [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

 private:
  std::vector<std::byte>& bytes_;
};

}  // namespace vqi::detail
