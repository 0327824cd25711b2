// KeyFormat: vectors of one to three bytes as numbers, those of three in Morton order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::detail {

/// Half a Morton key of three bytes is four bits of each.
inline constexpr std::uint32_t half_key_bits = 12;

/// For a half key, four bits of the first, second and third byte at bits 0, 8 and 16.
extern const std::array<std::uint32_t, std::size_t{1} << half_key_bits> parted_half_keys;

/// The vector of three bytes with this Morton key.
[[nodiscard]] inline std::array<std::uint8_t, 3> vector_of_key(std::uint32_t key) noexcept {
  const std::uint32_t bytes =
      parted_half_keys[key >> half_key_bits] << 4 | parted_half_keys[key & (parted_half_keys.size() - 1)];
  return {static_cast<std::uint8_t>(bytes), static_cast<std::uint8_t>(bytes >> 8),
          static_cast<std::uint8_t>(bytes >> 16)};
}

/// Vectors of `vector_bytes` bytes and their keys below key_count(). One and two bytes are a little-endian number; the
/// bits of three are interleaved, so that colours near in space have keys near to each other.
class KeyFormat {
 public:
  explicit KeyFormat(std::size_t vector_bytes) noexcept : vector_bytes_(vector_bytes) {}

  [[nodiscard]] std::size_t key_count() const noexcept { return std::size_t{1} << (8 * vector_bytes_); }
  [[nodiscard]] bool in_morton_order() const noexcept { return vector_bytes_ != 2; }

  /// One key for each of the vectors.
  void read_keys(const std::byte* vectors, std::span<std::uint32_t> keys) const noexcept;
  /// The vectors of `keys`, one after the other.
  void write_vectors(std::span<const std::uint32_t> keys, std::byte* vectors) const noexcept;

 private:
  std::size_t vector_bytes_;
};

}  // namespace vqi::detail
