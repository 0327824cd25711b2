// Vectors as little-endian numbers or in Morton order, and back by tables.
#include "key_format.hpp"

#include "key_interleaving.hpp"

namespace vqi {
namespace {

/// Half a key, 12 bits, is four bits of each byte.
constexpr std::uint32_t half_bits = 12;
constexpr std::uint32_t half_mask = (1U << half_bits) - 1U;

/// parted[h] holds the four bits of the first, second and third byte at bits 0, 8 and 16.
constexpr auto make_parted() {
  std::array<std::uint32_t, half_mask + 1> parted{};
  for (std::uint32_t half = 0; half <= half_mask; ++half)
    for (std::uint32_t bit = 0; bit < half_bits; ++bit)
      parted[half] |= (half >> bit & 1U) << (8 * (2 - bit % 3) + bit / 3);
  return parted;
}

constexpr auto parted = make_parted();

}  // namespace

void KeyFormat::read_keys(const std::byte* vectors, std::span<std::uint32_t> keys) const noexcept {
  const auto value = [&](std::size_t i) { return static_cast<std::uint32_t>(vectors[i]); };
  const std::size_t count = keys.size();
  if (vector_bytes_ == 1) {
    for (std::size_t n = 0; n < count; ++n) keys[n] = value(n);
  } else if (vector_bytes_ == 2) {
    for (std::size_t n = 0; n < count; ++n) keys[n] = value(2 * n) | value(2 * n + 1) << 8;
  } else {
    interleave_bytes(vectors, keys);
  }
}

void KeyFormat::write_vectors(std::span<const std::uint32_t> keys, std::byte* vectors) const noexcept {
  for (const std::uint32_t key : keys) {
    std::uint32_t bytes = key;
    if (vector_bytes_ == 3) bytes = parted[key >> half_bits] << 4 | parted[key & half_mask];
    for (std::size_t i = 0; i < vector_bytes_; ++i) *vectors++ = static_cast<std::byte>(bytes >> (8 * i) & 0xFFU);
  }
}

}  // namespace vqi
