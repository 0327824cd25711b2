// KeyCounts: how often each of up to 2^24 keys occurs; KeyIndices: an index for each that does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "large_memory.hpp"
#include "parallel.hpp"

namespace vqi {

/// A table of two levels. Keys whose upper bits are equal share a leaf of 512 entries, for Morton keys of colours a
/// cube of 8 code values a side; leaves that no key falls into take no memory, so that a photograph's table stays in
/// the cache. Entries are bytes: one that would pass 255 puts its key on an overflow list, worth 255.
class KeyCounts {
 public:
  explicit KeyCounts(std::size_t key_count);

  void add(std::span<const std::uint32_t> keys);
  /// Adds what `other` counted.
  void add(const KeyCounts& other);

  /// The keys that occur, ascending, with their counts.
  void list(LargeVector<std::uint32_t>& keys, LargeVector<std::uint32_t>& counts, const ThreadPool& pool) const;

 private:
  friend class KeyIndices;

  void make_leaf(std::size_t top);

  /// Where a key's entry stands; its leaf exists.
  [[nodiscard]] std::size_t entry_of(std::uint32_t key) const noexcept {
    return leaf_of_[key >> leaf_bits] * leaf_keys + (key & (leaf_keys - 1));
  }

  static constexpr std::uint32_t leaf_bits = 9;
  static constexpr std::size_t leaf_keys = std::size_t{1} << leaf_bits;

  std::vector<std::uint16_t> leaf_of_;  // by a key's upper bits; 0: none
  std::unique_ptr<std::uint8_t[]> entries_;
  std::size_t leaf_count_ = 1;  // with the unused leaf 0
  std::vector<std::uint32_t> overflow_;
};

/// An index for each key that a table counted: the way back from the image's vectors to codewords. Borrows the table.
class KeyIndices {
 public:
  /// `keys` are those of table.list(), with an index for each.
  KeyIndices(const KeyCounts& table, std::span<const std::uint32_t> keys, std::span<const std::uint16_t> indices);

  /// The indices of keys that occur.
  void look_up(std::span<const std::uint32_t> keys, std::uint16_t* indices) const noexcept;

 private:
  const KeyCounts& table_;
  LargeVector<std::uint8_t> narrow_;  // entries as in the table, if bytes hold the indices
  LargeVector<std::uint16_t> wide_;   // else
};

}  // namespace vqi
