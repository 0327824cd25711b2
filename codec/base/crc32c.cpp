// CRC-32C by table and by the SSE 4.2 instruction; joining through powers of x modulo the polynomial.
#include "crc32c.hpp"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace vqi::detail {
namespace {

constexpr std::uint32_t polynomial_reflected = 0x82F63B78U;
constexpr std::uint32_t one_reflected = 0x80000000U;  // the polynomial 1, highest power in the lowest bit

/// Eight tables: table[j][b] is the register after byte b and j zero bytes.
constexpr auto make_tables() {
  std::array<std::array<std::uint32_t, 256>, 8> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? polynomial_reflected : 0U);
    tables[0][byte] = crc;
  }
  for (std::size_t j = 1; j < 8; ++j)
    for (std::size_t byte = 0; byte < 256; ++byte)
      tables[j][byte] = (tables[j - 1][byte] >> 8) ^ tables[0][tables[j - 1][byte] & 0xFFU];
  return tables;
}

constexpr auto tables = make_tables();

/// a * b modulo the polynomial, in reflected bit order.
std::uint32_t multiply(std::uint32_t a, std::uint32_t b) noexcept {
  std::uint32_t product = 0;
  for (std::uint32_t bit = one_reflected; bit != 0; bit >>= 1) {
    if ((a & bit) != 0) product ^= b;
    b = (b >> 1) ^ ((b & 1U) != 0 ? polynomial_reflected : 0U);
  }
  return product;
}

/// x^(8 * bytes) modulo the polynomial.
std::uint32_t power_of_bytes(std::uint64_t bytes) noexcept {
  std::uint32_t result = one_reflected;
  std::uint32_t square = one_reflected >> 8;  // x^8
  for (; bytes != 0; bytes >>= 1) {
    if ((bytes & 1U) != 0) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

#if defined(__x86_64__)

/// Bytes of one of the three streams that hide the instruction's latency of three cycles.
constexpr std::size_t stream_bytes = 4096;

/// table[j][b] advances byte j of a register, valued b, over stream_bytes zero bytes.
struct AdvanceTables {
  std::array<std::array<std::uint32_t, 256>, 4> table;

  AdvanceTables() : table{} {
    const std::uint32_t power = power_of_bytes(stream_bytes);
    for (std::uint32_t j = 0; j < 4; ++j)
      for (std::uint32_t byte = 0; byte < 256; ++byte) table[j][byte] = multiply(power, byte << (8 * j));
  }

  [[nodiscard]] std::uint64_t operator()(std::uint64_t crc) const noexcept {
    return table[0][crc & 0xFFU] ^ table[1][(crc >> 8) & 0xFFU] ^ table[2][(crc >> 16) & 0xFFU] ^
           table[3][(crc >> 24) & 0xFFU];
  }
};

std::uint64_t load64(const std::byte* from) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, from, sizeof word);
  return word;
}

__attribute__((target("sse4.2"))) std::uint32_t crc32c_sse42(std::span<const std::byte> bytes,
                                                             std::uint32_t previous) noexcept {
  static const AdvanceTables advance;
  std::uint64_t crc = ~previous;
  const std::byte* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 3 * stream_bytes; left -= 3 * stream_bytes, at += 3 * stream_bytes) {
    std::uint64_t second = 0;
    std::uint64_t third = 0;
    for (std::size_t i = 0; i < stream_bytes; i += 8) {
      crc = _mm_crc32_u64(crc, load64(at + i));
      second = _mm_crc32_u64(second, load64(at + stream_bytes + i));
      third = _mm_crc32_u64(third, load64(at + 2 * stream_bytes + i));
    }
    crc = advance(advance(crc) ^ second) ^ third;
  }
  for (; left >= 8; left -= 8, at += 8) crc = _mm_crc32_u64(crc, load64(at));
  auto narrow = static_cast<std::uint32_t>(crc);
  for (; left > 0; --left, ++at) narrow = _mm_crc32_u8(narrow, static_cast<unsigned char>(*at));
  return ~narrow;
}

#endif

}  // namespace

std::uint32_t crc32c_portable(std::span<const std::byte> bytes, std::uint32_t previous) noexcept {
  std::uint32_t crc = ~previous;
  const std::byte* at = bytes.data();
  std::size_t left = bytes.size();
  const auto value = [](std::byte byte) { return static_cast<std::uint32_t>(byte); };
  for (; left >= 8; left -= 8, at += 8) {
    crc ^= value(at[0]) | value(at[1]) << 8 | value(at[2]) << 16 | value(at[3]) << 24;
    crc = tables[7][crc & 0xFFU] ^ tables[6][(crc >> 8) & 0xFFU] ^ tables[5][(crc >> 16) & 0xFFU] ^
          tables[4][crc >> 24] ^ tables[3][value(at[4])] ^ tables[2][value(at[5])] ^ tables[1][value(at[6])] ^
          tables[0][value(at[7])];
  }
  for (; left > 0; --left, ++at) crc = (crc >> 8) ^ tables[0][(crc ^ value(*at)) & 0xFFU];
  return ~crc;
}

std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t previous) noexcept {
#if defined(__x86_64__)
  static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
  if (has_instruction) return crc32c_sse42(bytes, previous);
#endif
  return crc32c_portable(bytes, previous);
}

std::uint32_t crc32c_joined(std::uint32_t crc_a, std::uint32_t crc_b, std::uint64_t length_b) noexcept {
  return multiply(power_of_bytes(length_b), crc_a) ^ crc_b;
}

}  // namespace vqi::detail
