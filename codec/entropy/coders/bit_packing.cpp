// Packs and unpacks eight indices at a time; the compiler knows their width.
#include "bit_packing.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "assert.hpp"
#include "bytes.hpp"
#include "integer.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace vqi::detail {
namespace {

/// Eight indices of `Bits` bits are `Bits` bytes: a number of 64 or 128 bits.
template <std::uint32_t Bits>
void pack_groups(const std::uint16_t* indices, std::size_t groups, std::byte* packed) noexcept {
  using Group = std::conditional_t<(Bits <= 8), std::uint64_t, uint128>;
  for (std::size_t g = 0; g < groups; ++g) {
    Group group = 0;
    for (std::uint32_t i = 0; i < 8; ++i) group |= static_cast<Group>(indices[8 * g + i]) << (i * Bits);
    store_le(packed, static_cast<std::uint64_t>(group), std::min(Bits, 8U));
    if constexpr (Bits > 8) store_le(packed + 8, static_cast<std::uint64_t>(group >> 64), Bits - 8);
    packed += Bits;
  }
}

template <std::uint32_t Bits>
void unpack_groups(const std::byte* packed, std::size_t groups, std::uint16_t* indices) noexcept {
  using Group = std::conditional_t<(Bits <= 8), std::uint64_t, uint128>;
  constexpr auto mask = static_cast<std::uint16_t>((1U << Bits) - 1U);
  for (std::size_t g = 0; g < groups; ++g) {
    Group group = load_le(packed, std::min(Bits, 8U));
    if constexpr (Bits > 8) group |= static_cast<Group>(load_le(packed + 8, Bits - 8)) << 64;
    for (std::uint32_t i = 0; i < 8; ++i) indices[8 * g + i] = static_cast<std::uint16_t>(group >> (i * Bits)) & mask;
    packed += Bits;
  }
}

using PackGroups = void (*)(const std::uint16_t*, std::size_t, std::byte*) noexcept;
using UnpackGroups = void (*)(const std::byte*, std::size_t, std::uint16_t*) noexcept;

template <std::size_t... Index>
constexpr auto pack_table(std::index_sequence<Index...>) {
  return std::array<PackGroups, sizeof...(Index)>{&pack_groups<Index + 1>...};
}

template <std::size_t... Index>
constexpr auto unpack_table(std::index_sequence<Index...>) {
  return std::array<UnpackGroups, sizeof...(Index)>{&unpack_groups<Index + 1>...};
}

#if defined(__x86_64__)

/// Groups at the end for unpack_groups, because deposit_groups reads whole words.
constexpr std::size_t last_groups = 8;

/// Four indices at a time: PDEP puts their bits into the four quarters of a word.
template <std::uint32_t Bits>
__attribute__((target("bmi2"))) void deposit_groups(const std::byte* packed, std::size_t groups,
                                                    std::uint16_t* indices) noexcept {
  constexpr std::uint64_t places = std::uint64_t{(1U << Bits) - 1U} * 0x0001'0001'0001'0001U;
  for (std::size_t g = 0; g < groups; ++g) {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    std::memcpy(&first, packed, sizeof first);
    std::memcpy(&second, packed + Bits / 2, sizeof second);
    first = _pdep_u64(first, places);
    second = _pdep_u64(second >> (Bits % 2 * 4), places);
    std::memcpy(indices + 8 * g, &first, sizeof first);
    std::memcpy(indices + 8 * g + 4, &second, sizeof second);
    packed += Bits;
  }
}

template <std::size_t... Index>
constexpr auto deposit_table(std::index_sequence<Index...>) {
  return std::array<UnpackGroups, sizeof...(Index)>{&deposit_groups<Index + 1>...};
}

constexpr auto deposit_by_bits = deposit_table(std::make_index_sequence<16>{});

/// In the first two generations of Zen, PDEP is microcode and slower than the code without it.
bool deposits_fast() noexcept {
  static const bool result =
      __builtin_cpu_supports("bmi2") != 0 && __builtin_cpu_is("znver1") == 0 && __builtin_cpu_is("znver2") == 0;
  return result;
}

#endif

constexpr auto pack_by_bits = pack_table(std::make_index_sequence<16>{});
constexpr auto unpack_by_bits = unpack_table(std::make_index_sequence<16>{});

void unpack_whole_groups(const std::byte* packed, std::uint32_t bits, std::size_t groups,
                         std::uint16_t* indices) noexcept {
  std::size_t done = 0;
#if defined(__x86_64__)
  if (groups > last_groups && deposits_fast()) {
    done = groups - last_groups;
    deposit_by_bits[bits - 1](packed, done, indices);
  }
#endif
  unpack_by_bits[bits - 1](packed + done * bits, groups - done, indices + done * 8);
}

}  // namespace

void pack_indices(std::span<const std::uint16_t> indices, std::uint32_t bits, std::span<std::byte> packed) noexcept {
  VQI_ASSERT(packed.size() == packed_size_bytes(indices.size(), bits));
  if (bits == 0) return;
  const std::size_t groups = indices.size() / 8;
  pack_by_bits[bits - 1](indices.data(), groups, packed.data());
  const std::span<const std::uint16_t> rest = indices.subspan(groups * 8);
  if (rest.empty()) return;
  std::array<std::uint16_t, 8> last{};
  std::copy(rest.begin(), rest.end(), last.begin());
  std::array<std::byte, 16> bytes{};
  pack_by_bits[bits - 1](last.data(), 1, bytes.data());
  const std::span<std::byte> tail = packed.subspan(groups * bits);
  std::copy_n(bytes.begin(), tail.size(), tail.begin());
}

bool unpack_indices(std::span<const std::byte> packed, std::uint32_t bits, std::span<std::uint16_t> indices) noexcept {
  VQI_ASSERT(packed.size() == packed_size_bytes(indices.size(), bits));
  if (bits == 0) {
    std::fill(indices.begin(), indices.end(), std::uint16_t{0});
    return true;
  }
  const std::size_t groups = indices.size() / 8;
  unpack_whole_groups(packed.data(), bits, groups, indices.data());
  const std::span<std::uint16_t> rest = indices.subspan(groups * 8);
  if (rest.empty()) return true;
  const std::span<const std::byte> tail = packed.subspan(groups * bits);
  std::array<std::byte, 16> bytes{};
  std::copy(tail.begin(), tail.end(), bytes.begin());
  std::array<std::uint16_t, 8> last{};
  unpack_by_bits[bits - 1](bytes.data(), 1, last.data());
  std::copy_n(last.begin(), rest.size(), rest.begin());
  // The bits after the last index are unused.
  return std::all_of(last.begin() + static_cast<std::ptrdiff_t>(rest.size()), last.end(),
                     [](std::uint16_t unused) { return unused == 0; });
}

bool all_below(std::span<const std::uint16_t> indices, std::uint32_t bits, std::uint32_t k) noexcept {
  if (k == std::uint32_t{1} << bits) return true;
  std::uint16_t greatest = 0;
  for (const std::uint16_t index : indices) greatest = std::max(greatest, index);
  return greatest < k;
}

}  // namespace vqi::detail
