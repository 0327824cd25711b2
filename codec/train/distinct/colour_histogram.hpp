// KeyCounts: how often each of up to 2^24 keys occurs; KeyIndices: an index for each that does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "histogram_chunk.hpp"
#include "large_memory.hpp"
#include "parallel.hpp"

namespace vqi::detail {

/// Where the entries of a table stand.
enum class KeyLayout {
  leaves,  ///< in leaves that are made when a key falls into them, for few keys
  whole,   ///< at the key itself, for many
};
/// The faster of the two for so many keys.
[[nodiscard]] KeyLayout layout_for(std::uint64_t keys) noexcept;

/// Keys whose upper bits are equal share a leaf of 512 entries, for Morton keys of colours a cube of 8 code values a
/// side. In leaves, those that no key falls into take no memory, so that a photograph's table stays in the cache; a
/// whole table needs no look at where a leaf is, and is 16 MB to clear and list. Entries are bytes: one that would pass
/// 255 puts its key on an overflow list, worth 255.
class KeyCounts {
 public:
  KeyCounts(std::size_t key_count, KeyLayout layout);

  void add(std::span<const std::uint32_t> keys);
  /// Adds what `other`, of the same layout, counted.
  void add(const KeyCounts& other, const ThreadPool& pool);

  /// The keys that occur, ascending, with their counts.
  void list(LargeVector<std::uint32_t>& keys, LargeVector<std::uint32_t>& counts, const ThreadPool& pool) const;

 private:
  friend class KeyIndices;

  /// The entries of a leaf, which holds the keys from top * leaf_keys on; null if there are none.
  [[nodiscard]] const std::uint8_t* leaf(std::size_t top) const noexcept {
    if (layout_ == KeyLayout::whole) return entries_.get() + top * leaf_keys;
    return leaf_of_[top] == 0 ? nullptr : entries_.get() + leaf_of_[top] * leaf_keys;
  }
  /// Keys whose counts are above what their entries say, by 255 for each time that they are here; ascending.
  [[nodiscard]] std::vector<std::uint32_t> overflow() const;

  template <KeyLayout Layout>
  void add_keys(std::span<const std::uint32_t> keys);
  template <KeyLayout Layout>
  void add_key(std::uint32_t key);
  void make_leaf(std::size_t top);
  /// Adds the other's leaf to its own, both of which there are; keys that overflow go to `overflow`.
  void add_leaf(std::size_t top, const KeyCounts& other, std::vector<std::uint32_t>& overflow);

  /// Where a key's entry stands; its leaf exists.
  template <KeyLayout Layout>
  [[nodiscard]] std::size_t entry_of(std::uint32_t key) const noexcept {
    if constexpr (Layout == KeyLayout::whole) return key;
    return leaf_of_[key >> leaf_bits] * leaf_keys + (key & (leaf_keys - 1));
  }
  [[nodiscard]] std::size_t entry_of(std::uint32_t key) const noexcept {
    return layout_ == KeyLayout::whole ? entry_of<KeyLayout::whole>(key) : entry_of<KeyLayout::leaves>(key);
  }

  static constexpr std::uint32_t leaf_bits = 9;
  static_assert(leaf_keys == std::size_t{1} << leaf_bits);

  KeyLayout layout_;
  std::size_t tops_;                    // leaves that there may be
  std::vector<std::uint16_t> leaf_of_;  // by a key's upper bits; 0: none
  std::unique_ptr<std::uint8_t[]> entries_;
  std::size_t leaf_count_;  // in leaves with the unused leaf 0
  std::vector<std::uint32_t> overflow_;
};

/// An index for each key that a table counted: the way back from the image's vectors to codewords. Borrows the table.
class KeyIndices {
 public:
  /// `keys` are those of table.list(), with an index for each.
  KeyIndices(const KeyCounts& table, std::span<const std::uint32_t> keys, std::span<const std::uint16_t> indices,
             const ThreadPool& pool);

  /// The indices of keys that occur.
  void look_up(std::span<const std::uint32_t> keys, std::uint16_t* indices) const noexcept;

 private:
  template <KeyLayout Layout, typename Entry>
  void look_up_in(const LargeVector<Entry>& entries, std::span<const std::uint32_t> keys,
                  std::uint16_t* indices) const noexcept;

  const KeyCounts* table_;
  LargeVector<std::uint8_t> narrow_;  // entries as in the table, if bytes hold the indices
  LargeVector<std::uint16_t> wide_;   // else
};

}  // namespace vqi::detail
