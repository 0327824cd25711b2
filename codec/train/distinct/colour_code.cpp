// Little-endian numbers by shifts, Morton codes by interleaving, and back by a table of half codes.
#include "colour_code.hpp"

#include <array>

#include "morton_interleaving.hpp"

namespace vqi::detail {
namespace {

/// Half a Morton code of three bytes holds four bits of each.
constexpr std::uint32_t half_code_bits = 12;

/// For each half code: its four bits of the first, second and third byte at bits 0, 8 and 16.
constexpr auto make_separated() {
  std::array<std::uint32_t, std::size_t{1} << half_code_bits> separated{};
  for (std::uint32_t half = 0; half < separated.size(); ++half)
    for (std::uint32_t bit = 0; bit < half_code_bits; ++bit)
      separated[half] |= (half >> bit & 1U) << (8 * (2 - bit % 3) + bit / 3);
  return separated;
}

constexpr auto separated_halves = make_separated();

/// The vector of three bytes with this Morton code.
std::array<std::uint8_t, 3> vector_of_code(std::uint32_t code) noexcept {
  const std::uint32_t bytes =
      separated_halves[code >> half_code_bits] << 4 | separated_halves[code & (separated_halves.size() - 1)];
  return {static_cast<std::uint8_t>(bytes), static_cast<std::uint8_t>(bytes >> 8),
          static_cast<std::uint8_t>(bytes >> 16)};
}

}  // namespace

void ColourCode::read_codes(const std::byte* vectors, std::span<std::uint32_t> codes) const noexcept {
  const auto value = [&](std::size_t i) { return static_cast<std::uint32_t>(vectors[i]); };
  const std::size_t count = codes.size();
  if (vector_bytes_ == 1) {
    for (std::size_t n = 0; n < count; ++n) codes[n] = value(n);
  } else if (vector_bytes_ == 2) {
    for (std::size_t n = 0; n < count; ++n) codes[n] = value(2 * n) | value(2 * n + 1) << 8;
  } else {
    interleave_bytes(vectors, codes);
  }
}

void ColourCode::write_vectors(std::span<const std::uint32_t> codes, std::byte* vectors) const noexcept {
  for (const std::uint32_t code : codes) {
    if (vector_bytes_ == 3) {
      for (const std::uint8_t byte : vector_of_code(code)) *vectors++ = static_cast<std::byte>(byte);
    } else {
      for (std::size_t i = 0; i < vector_bytes_; ++i) *vectors++ = static_cast<std::byte>(code >> (8 * i) & 0xFFU);
    }
  }
}

}  // namespace vqi::detail
