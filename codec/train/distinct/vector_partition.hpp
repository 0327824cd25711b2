// VectorPartition: the distinct vectors whose hashes have the same top bits, found by a hash table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vqi::detail {

inline constexpr std::uint32_t partition_bits = 8;
inline constexpr std::size_t partition_count = std::size_t{1} << partition_bits;

/// The partition of a vector with this hash.
[[nodiscard]] inline std::size_t partition_of(std::uint64_t hash) noexcept { return hash >> (64 - partition_bits); }

/// A hash of the samples of a vector of `size` bytes that mixes 8 bytes at a time, the same on machines of either byte
/// order. It only finds candidates; vectors are compared byte by byte. The order of the distinct vectors, and with it
/// the bytes of files, depends on it.
[[nodiscard]] std::uint64_t hash_samples(const std::byte* bytes, std::size_t size, std::uint32_t bit_depth) noexcept;

/// Each vector is looked up in a hash table with open addressing; they are numbered in the order of their first
/// appearance.
struct VectorPartition {
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  std::vector<std::byte> samples{};
  std::vector<std::uint32_t> counts{};
  std::vector<std::uint64_t> hashes{};
  std::vector<std::uint32_t> slots{};  ///< the hash table: numbers of distinct vectors in this partition

  /// Counts `vector`, adding it if it is new; returns its number in this partition.
  std::uint32_t find_or_add(std::uint64_t hash, std::span<const std::byte> vector);
  /// Its number, or none.
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, std::span<const std::byte> vector) const noexcept;
  /// Bytes that it takes.
  [[nodiscard]] std::uint64_t size_bytes() const noexcept;

 private:
  /// The slot that has the vector or is free for it; there is one.
  [[nodiscard]] std::size_t slot_of(std::uint64_t hash, std::span<const std::byte> vector) const noexcept;
  void grow();
};

}  // namespace vqi::detail
