// Vectors as little-endian numbers or in Morton order, and back by tables.
#include "colour_code.hpp"

#include "morton_interleaving.hpp"

namespace vqi::detail {
namespace {

constexpr auto make_parted() {
  std::array<std::uint32_t, std::size_t{1} << half_key_bits> parted{};
  for (std::uint32_t half = 0; half < parted.size(); ++half)
    for (std::uint32_t bit = 0; bit < half_key_bits; ++bit)
      parted[half] |= (half >> bit & 1U) << (8 * (2 - bit % 3) + bit / 3);
  return parted;
}

}  // namespace

constexpr std::array<std::uint32_t, std::size_t{1} << half_key_bits> parted_half_keys = make_parted();

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
    if (vector_bytes_ == 3) {
      for (const std::uint8_t byte : vector_of_key(key)) *vectors++ = static_cast<std::byte>(byte);
    } else {
      for (std::size_t i = 0; i < vector_bytes_; ++i) *vectors++ = static_cast<std::byte>(key >> (8 * i) & 0xFFU);
    }
  }
}

}  // namespace vqi::detail
