// Counting in leaves of bytes.
#include "colour_histogram.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <type_traits>

#include "integer.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t entry_max = 255;
/// From so many keys on a whole table gains more than it takes to clear and to list.
constexpr std::uint64_t whole_keys_min = std::uint64_t{1} << 22;
/// Parts of a row that are counted side by side: neighbours are often of one colour, and an entry that has just been
/// written takes long to read.
constexpr std::size_t parts = 4;
/// Leaves of one task: enough for a task to be worth starting.
constexpr std::size_t task_tops = 512;
/// The same of keys.
constexpr std::size_t task_keys = std::size_t{1} << 16;

}  // namespace

KeyLayout layout_for(std::uint64_t keys) noexcept {
  return keys < whole_keys_min ? KeyLayout::leaves : KeyLayout::whole;
}

KeyCounts::KeyCounts(std::size_t key_count, KeyLayout layout)
    : layout_(layout), tops_(divide_up(key_count, leaf_keys)), leaf_count_(layout == KeyLayout::whole ? tops_ : 1) {
  if (layout == KeyLayout::leaves) leaf_of_.resize(tops_);
  // Address space for all leaves; memory is taken only for those that are used.
  const std::size_t bytes = (tops_ + 1) * leaf_keys;
  entries_ = std::make_unique_for_overwrite<std::uint8_t[]>(bytes);
  prefer_huge_pages(std::as_writable_bytes(std::span(entries_.get(), bytes)));
  if (layout == KeyLayout::whole) std::memset(entries_.get(), 0, bytes);
}

void KeyCounts::make_leaf(std::size_t top) {
  leaf_of_[top] = static_cast<std::uint16_t>(leaf_count_);
  std::memset(entries_.get() + leaf_count_ * leaf_keys, 0, leaf_keys);
  ++leaf_count_;
}

template <KeyLayout Layout>
void KeyCounts::add_key(std::uint32_t key) {
  if constexpr (Layout == KeyLayout::leaves)
    if (leaf_of_[key >> leaf_bits] == 0) [[unlikely]]
      make_leaf(key >> leaf_bits);
  std::uint8_t& entry = entries_[entry_of<Layout>(key)];
  if (++entry == 0) [[unlikely]] {
    entry = 1;
    overflow_.push_back(key);
  }
}

template <KeyLayout Layout>
void KeyCounts::add_keys(std::span<const std::uint32_t> keys) {
  const std::size_t part = keys.size() / parts;
  for (std::size_t i = 0; i < part; ++i)
    for (std::size_t p = 0; p < parts; ++p) add_key<Layout>(keys[p * part + i]);
  for (const std::uint32_t key : keys.subspan(parts * part)) add_key<Layout>(key);
}

void KeyCounts::add(std::span<const std::uint32_t> keys) {
  if (layout_ == KeyLayout::whole)
    add_keys<KeyLayout::whole>(keys);
  else
    add_keys<KeyLayout::leaves>(keys);
}

void KeyCounts::add_leaf(std::size_t top, const KeyCounts& other, std::vector<std::uint32_t>& overflow) {
  const auto first_key = static_cast<std::uint32_t>(top << leaf_bits);
  std::uint8_t* const entries = entries_.get() + entry_of(first_key);
  for_each_count({other.leaf(top), leaf_keys}, [&](std::uint32_t position, std::uint32_t count) {
    std::uint32_t sum = entries[position] + count;
    if (sum > entry_max) {
      sum -= entry_max;
      overflow.push_back(first_key | position);
    }
    entries[position] = static_cast<std::uint8_t>(sum);
  });
}

void KeyCounts::add(const KeyCounts& other, const ThreadPool& pool) {
  const auto append = [&](const std::vector<std::uint32_t>& more) {
    overflow_.insert(overflow_.end(), more.begin(), more.end());
  };
  append(other.overflow_);
  for (std::size_t top = 0; layout_ == KeyLayout::leaves && top < tops_; ++top)
    if (other.leaf(top) != nullptr && leaf(top) == nullptr) make_leaf(top);
  const std::size_t tasks = divide_up(tops_, task_tops);
  std::vector<std::vector<std::uint32_t>> overflow(tasks);
  pool.for_each(tasks, [&](std::size_t t) {
    for (std::size_t top = t * task_tops; top < std::min(tops_, (t + 1) * task_tops); ++top)
      if (other.leaf(top) != nullptr) add_leaf(top, other, overflow[t]);
  });
  for (const std::vector<std::uint32_t>& keys : overflow) append(keys);
}

std::vector<std::uint32_t> KeyCounts::overflow() const {
  // By their lower and then by their upper halves, which keeps the order of the lower ones.
  constexpr std::uint32_t half_bits = 12;
  std::vector<std::uint32_t> keys = overflow_;
  std::vector<std::uint32_t> sorted(keys.size());
  for (const std::uint32_t shift : {0U, half_bits}) {
    std::array<std::uint32_t, (1U << half_bits) + 1> begin{};
    const auto half = [&](std::uint32_t key) { return key >> shift & ((1U << half_bits) - 1); };
    for (const std::uint32_t key : keys) ++begin[half(key) + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    for (const std::uint32_t key : keys) sorted[begin[half(key)]++] = key;
    keys.swap(sorted);
  }
  return keys;
}

void KeyCounts::list(LargeVector<std::uint32_t>& keys, LargeVector<std::uint32_t>& counts,
                     const ThreadPool& pool) const {
  const std::size_t tasks = divide_up(tops_, task_tops);
  std::vector<std::uint16_t> occurring(tops_);
  std::vector<std::size_t> begin(tasks + 1);
  pool.for_each(tasks, [&](std::size_t t) {
    for (std::size_t top = t * task_tops; top < std::min(tops_, (t + 1) * task_tops); ++top) {
      if (leaf(top) == nullptr) continue;
      occurring[top] = static_cast<std::uint16_t>(count_leaf(leaf(top)));
      begin[t + 1] += occurring[top];
    }
  });
  for (std::size_t t = 0; t < tasks; ++t) begin[t + 1] += begin[t];
  keys.resize(begin[tasks]);
  counts.resize(begin[tasks]);
  pool.for_each(tasks, [&](std::size_t t) {
    std::size_t at = begin[t];
    LeafList list;
    for (std::size_t top = t * task_tops; top < std::min(tops_, (t + 1) * task_tops); ++top) {
      if (occurring[top] == 0) continue;
      list_leaf(leaf(top), static_cast<std::uint32_t>(top << leaf_bits), list);
      std::copy_n(list.keys.begin(), list.size, keys.begin() + static_cast<std::ptrdiff_t>(at));
      std::copy_n(list.counts.begin(), list.size, counts.begin() + static_cast<std::ptrdiff_t>(at));
      at += list.size;
    }
  });
  auto at = keys.begin();
  for (const std::uint32_t key : overflow()) {
    if (*at != key) at = std::lower_bound(at, keys.end(), key);
    counts[static_cast<std::size_t>(at - keys.begin())] += entry_max;
  }
}

KeyIndices::KeyIndices(const KeyCounts& table, std::span<const std::uint32_t> keys,
                       std::span<const std::uint16_t> indices, const ThreadPool& pool)
    : table_(&table) {
  const bool narrow = indices.empty() || *std::max_element(indices.begin(), indices.end()) <= entry_max;
  const auto fill_in = [&]<KeyLayout Layout>(auto& entries) {
    using Entry = typename std::remove_reference_t<decltype(entries)>::value_type;
    pool.for_each(divide_up(keys.size(), task_keys), [&](std::size_t t) {
      for (std::size_t i = t * task_keys; i < std::min(keys.size(), (t + 1) * task_keys); ++i)
        entries[table.entry_of<Layout>(keys[i])] = static_cast<Entry>(indices[i]);
    });
  };
  const auto fill = [&](auto& entries) {
    if (table.layout_ == KeyLayout::whole)
      fill_in.template operator()<KeyLayout::whole>(entries);
    else
      fill_in.template operator()<KeyLayout::leaves>(entries);
  };
  if (narrow) {
    narrow_.resize(table.leaf_count_ * leaf_keys);
    fill(narrow_);
  } else {
    wide_.resize(table.leaf_count_ * leaf_keys);
    fill(wide_);
  }
}

template <KeyLayout Layout, typename Entry>
void KeyIndices::look_up_in(const LargeVector<Entry>& entries, std::span<const std::uint32_t> keys,
                            std::uint16_t* indices) const noexcept {
  for (std::size_t i = 0; i < keys.size(); ++i) indices[i] = entries[table_->entry_of<Layout>(keys[i])];
}

void KeyIndices::look_up(std::span<const std::uint32_t> keys, std::uint16_t* indices) const noexcept {
  const auto look_up_at = [&]<KeyLayout Layout>() {
    if (wide_.empty())
      look_up_in<Layout>(narrow_, keys, indices);
    else
      look_up_in<Layout>(wide_, keys, indices);
  };
  if (table_->layout_ == KeyLayout::whole)
    look_up_at.template operator()<KeyLayout::whole>();
  else
    look_up_at.template operator()<KeyLayout::leaves>();
}

}  // namespace vqi::detail
