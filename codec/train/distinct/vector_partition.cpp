// Open addressing with tables that are at most half full.
#include "vector_partition.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "integer.hpp"

namespace vqi::detail {
namespace {

/// Constants of the hash with well mixed bits. The order of the distinct vectors, and with it the bytes of files,
/// depends on them.
struct HashConstants {
  std::uint64_t start = 0x9E3779B97F4A7C15U;
  std::uint64_t factor = 0xD6E8FEB86659FD93U;
  std::uint64_t end = 0x2545F4914F6CDD1DU;
};
constexpr HashConstants hash_constants;

/// Up to 8 bytes of samples as a number that has the first sample in its lowest bits.
std::uint64_t word_of(const std::byte* bytes, std::size_t size, std::uint32_t bit_depth) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, size);
  if constexpr (std::endian::native == std::endian::big) {
    word = __builtin_bswap64(word);
    constexpr std::uint64_t low_bytes = 0x00FF'00FF'00FF'00FF;
    if (bit_depth == 16) word = (word & low_bytes) << 8 | (word >> 8 & low_bytes);
  }
  return word;
}

}  // namespace

std::uint64_t hash_samples(const std::byte* bytes, std::size_t size, std::uint32_t bit_depth) noexcept {
  std::uint64_t hash = hash_constants.start * (size + 1);
  const auto mix = [&](std::uint64_t word) {
    const uint128 product = uint128{hash ^ word} * hash_constants.factor;
    hash = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  for (; size >= 8; size -= 8, bytes += 8) mix(word_of(bytes, 8, bit_depth));
  mix(word_of(bytes, size, bit_depth));
  mix(hash_constants.end);
  return hash;
}

void VectorPartition::grow() {
  slots.assign(std::max<std::size_t>(64, slots.size() * 2), none);
  for (std::uint32_t i = 0; i < hashes.size(); ++i) {
    std::size_t slot = hashes[i] & (slots.size() - 1);
    while (slots[slot] != none) slot = (slot + 1) & (slots.size() - 1);
    slots[slot] = i;
  }
}

std::size_t VectorPartition::slot_of(std::uint64_t hash, std::span<const std::byte> vector) const noexcept {
  std::size_t slot = hash & (slots.size() - 1);
  for (; slots[slot] != none; slot = (slot + 1) & (slots.size() - 1)) {
    const std::uint32_t i = slots[slot];
    if (hashes[i] == hash && std::memcmp(samples.data() + i * vector.size(), vector.data(), vector.size()) == 0) break;
  }
  return slot;
}

std::uint32_t VectorPartition::find_or_add(std::uint64_t hash, std::span<const std::byte> vector) {
  if (2 * (counts.size() + 1) > slots.size()) grow();
  const std::size_t slot = slot_of(hash, vector);
  if (slots[slot] != none) {
    ++counts[slots[slot]];
    return slots[slot];
  }
  const auto i = static_cast<std::uint32_t>(counts.size());
  slots[slot] = i;
  samples.insert(samples.end(), vector.begin(), vector.end());
  counts.push_back(1);
  hashes.push_back(hash);
  return i;
}

std::uint32_t VectorPartition::find(std::uint64_t hash, std::span<const std::byte> vector) const noexcept {
  return slots.empty() ? none : slots[slot_of(hash, vector)];
}

std::uint64_t VectorPartition::size_bytes() const noexcept {
  return samples.capacity() + counts.capacity() * sizeof(std::uint32_t) + hashes.capacity() * sizeof(std::uint64_t) +
         slots.capacity() * sizeof(std::uint32_t);
}

}  // namespace vqi::detail
