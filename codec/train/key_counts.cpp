// Counting in leaves of bytes.
#include "key_counts.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "integer.hpp"

namespace vqi {
namespace {

/// Keys that are looked at together.
constexpr std::size_t word_keys = 8;
constexpr std::uint32_t entry_max = 255;
/// Entries that are counted in a byte.
constexpr std::size_t part_keys = 128;
/// Leaves of one task: enough for a task to be worth starting.
constexpr std::size_t task_tops = 512;

/// Calls use(position in the leaf, count) for the entries that are not 0.
template <typename Use>
void for_each_count(std::span<const std::uint8_t> leaf, const Use& use) {
  for (std::size_t begin = 0; begin < leaf.size(); begin += word_keys) {
    std::uint64_t word = 0;
    std::memcpy(&word, leaf.data() + begin, sizeof word);
    // The order of keys is that of bytes in memory, so a big-endian word is turned round.
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    while (word != 0) {
      const auto shift = static_cast<std::uint32_t>(std::countr_zero(word)) / 8 * 8;
      use(static_cast<std::uint32_t>(begin + shift / 8), static_cast<std::uint32_t>(word >> shift & 0xFFU));
      word &= ~(std::uint64_t{0xFF} << shift);
    }
  }
}

}  // namespace

KeyCounts::KeyCounts(std::size_t key_count) : leaf_of_(divide_up(key_count, leaf_keys)) {
  // Address space for all leaves; memory is taken only for those that are used.
  const std::size_t bytes = (leaf_of_.size() + 1) * leaf_keys;
  entries_ = std::make_unique_for_overwrite<std::uint8_t[]>(bytes);
  prefer_huge_pages(std::as_writable_bytes(std::span(entries_.get(), bytes)));
}

void KeyCounts::make_leaf(std::size_t top) {
  leaf_of_[top] = static_cast<std::uint16_t>(leaf_count_);
  std::memset(entries_.get() + leaf_count_ * leaf_keys, 0, leaf_keys);
  ++leaf_count_;
}

void KeyCounts::add(std::span<const std::uint32_t> keys) {
  for (const std::uint32_t key : keys) {
    if (leaf_of_[key >> leaf_bits] == 0) [[unlikely]]
      make_leaf(key >> leaf_bits);
    std::uint8_t& entry = entries_[entry_of(key)];
    if (++entry == 0) [[unlikely]] {
      entry = 1;
      overflow_.push_back(key);
    }
  }
}

void KeyCounts::add(const KeyCounts& other) {
  overflow_.insert(overflow_.end(), other.overflow_.begin(), other.overflow_.end());
  for (std::size_t top = 0; top < leaf_of_.size(); ++top) {
    if (other.leaf_of_[top] == 0) continue;
    if (leaf_of_[top] == 0) make_leaf(top);
    std::uint8_t* const entries = entries_.get() + leaf_of_[top] * leaf_keys;
    for_each_count({other.entries_.get() + other.leaf_of_[top] * leaf_keys, leaf_keys},
                   [&](std::uint32_t position, std::uint32_t count) {
                     std::uint32_t sum = entries[position] + count;
                     if (sum > entry_max) {
                       sum -= entry_max;
                       overflow_.push_back(static_cast<std::uint32_t>(top << leaf_bits) | position);
                     }
                     entries[position] = static_cast<std::uint8_t>(sum);
                   });
  }
}

void KeyCounts::list(LargeVector<std::uint32_t>& keys, LargeVector<std::uint32_t>& counts,
                     const ThreadPool& pool) const {
  const std::size_t tasks = divide_up(leaf_of_.size(), task_tops);
  const auto for_each_leaf = [&](std::size_t task, const auto& use) {
    for (std::size_t top = task * task_tops; top < std::min(leaf_of_.size(), (task + 1) * task_tops); ++top)
      if (leaf_of_[top] != 0)
        use(top, std::span<const std::uint8_t>(entries_.get() + leaf_of_[top] * leaf_keys, leaf_keys));
  };
  std::vector<std::size_t> begin(tasks + 1);
  pool.for_each(tasks, [&](std::size_t t) {
    for_each_leaf(t, [&](std::size_t, std::span<const std::uint8_t> leaf) {
      // In bytes, which vectorises best, so no more than 255 at a time.
      for (std::size_t part = 0; part < leaf.size(); part += part_keys) {
        std::uint8_t occurring = 0;
        for (std::size_t i = part; i < part + part_keys; ++i)
          occurring = static_cast<std::uint8_t>(occurring + (leaf[i] != 0 ? 1 : 0));
        begin[t + 1] += occurring;
      }
    });
  });
  for (std::size_t t = 0; t < tasks; ++t) begin[t + 1] += begin[t];
  keys.resize(begin[tasks]);
  counts.resize(begin[tasks]);
  pool.for_each(tasks, [&](std::size_t t) {
    std::size_t at = begin[t];
    for_each_leaf(t, [&](std::size_t top, std::span<const std::uint8_t> leaf) {
      // No branches on single entries: which of them occur cannot be predicted.
      std::array<std::uint32_t, leaf_keys> leaf_list;
      std::array<std::uint32_t, leaf_keys> leaf_counts;
      std::size_t occurring = 0;
      for (std::size_t i = 0; i < leaf_keys; ++i) {
        leaf_list[occurring] = static_cast<std::uint32_t>(top << leaf_bits | i);
        leaf_counts[occurring] = leaf[i];
        occurring += leaf[i] != 0 ? 1U : 0U;
      }
      std::copy_n(leaf_list.begin(), occurring, keys.begin() + static_cast<std::ptrdiff_t>(at));
      std::copy_n(leaf_counts.begin(), occurring, counts.begin() + static_cast<std::ptrdiff_t>(at));
      at += occurring;
    });
  });
  std::vector<std::uint32_t> overflow = overflow_;
  std::sort(overflow.begin(), overflow.end());
  auto at = keys.begin();
  for (const std::uint32_t key : overflow) {
    if (*at != key) at = std::lower_bound(at, keys.end(), key);
    counts[static_cast<std::size_t>(at - keys.begin())] += entry_max;
  }
}

KeyIndices::KeyIndices(const KeyCounts& table, std::span<const std::uint32_t> keys,
                       std::span<const std::uint16_t> indices)
    : table_(table) {
  const auto fill = [&]<typename Entry>(LargeVector<Entry>& entries) {
    entries.resize(table.leaf_count_ * KeyCounts::leaf_keys);
    for (std::size_t i = 0; i < keys.size(); ++i) entries[table.entry_of(keys[i])] = static_cast<Entry>(indices[i]);
  };
  if (std::all_of(indices.begin(), indices.end(), [](std::uint16_t index) { return index <= entry_max; }))
    fill(narrow_);
  else
    fill(wide_);
}

void KeyIndices::look_up(std::span<const std::uint32_t> keys, std::uint16_t* indices) const noexcept {
  const auto look_up_in = [&](const auto& entries) {
    for (std::size_t i = 0; i < keys.size(); ++i) indices[i] = entries[table_.entry_of(keys[i])];
  };
  if (wide_.empty())
    look_up_in(narrow_);
  else
    look_up_in(wide_);
}

}  // namespace vqi
