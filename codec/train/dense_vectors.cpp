// Distinct vectors by a table of counts with one entry for every possible vector of up to 24 bits.
//
// Entries are bytes: a byte that wraps puts its key on an overflow list, worth 256. The table of
// 16 MB stays in the cache far better than one of 64, and bytes are enough for nearly all colours.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <new>

#include "distinct_vectors.hpp"
#include "integer.hpp"

namespace vqi {
namespace {

constexpr std::uint32_t dense_bits_max = 24;
constexpr std::size_t scan_chunks = 64;  // of the table, as parallel tasks
constexpr std::size_t tables_max = 4;    // more threads would spend more on merging than they win

/// spread[v] has bit i of v at bit 3 i, for Morton keys of three bytes.
constexpr auto make_spread() {
  std::array<std::uint32_t, 256> spread{};
  for (std::uint32_t value = 0; value < 256; ++value)
    for (std::uint32_t bit = 0; bit < 8; ++bit) spread[value] |= (value >> bit & 1U) << (3 * bit);
  return spread;
}

constexpr auto spread = make_spread();

std::uint32_t morton_key(std::byte red, std::byte green, std::byte blue) noexcept {
  return spread[static_cast<std::size_t>(red)] << 2 | spread[static_cast<std::size_t>(green)] << 1 |
         spread[static_cast<std::size_t>(blue)];
}

std::uint32_t every_third_bit(std::uint32_t key) noexcept {
  std::uint32_t value = 0;
  for (std::uint32_t bit = 0; bit < 8; ++bit) value |= (key >> (3 * bit) & 1U) << bit;
  return value;
}

/// Vectors of one to three bytes as table keys.
struct KeyFormat {
  std::size_t vector_bytes;

  [[nodiscard]] std::size_t key_count() const noexcept { return std::size_t{1} << (8 * vector_bytes); }

  /// Calls use(key) for each vector in a row of the map.
  template <typename Use>
  void for_each_key(std::span<const std::byte> vectors, const Use& use) const {
    const std::byte* at = vectors.data();
    const std::byte* const end = at + vectors.size();
    if (vector_bytes == 1) {
      for (; at != end; ++at) use(static_cast<std::uint32_t>(*at));
    } else if (vector_bytes == 2) {
      for (; at != end; at += 2) use(static_cast<std::uint32_t>(at[0]) | static_cast<std::uint32_t>(at[1]) << 8);
    } else {
      for (; at != end; at += 3) use(morton_key(at[0], at[1], at[2]));
    }
  }

  void vector_of(std::uint32_t key, std::byte* vector) const noexcept {
    if (vector_bytes < 3) {
      for (std::size_t i = 0; i < vector_bytes; ++i) vector[i] = static_cast<std::byte>(key >> (8 * i) & 0xFFU);
      return;
    }
    for (std::uint32_t i = 0; i < 3; ++i) vector[i] = static_cast<std::byte>(every_third_bit(key >> (2 - i)));
  }
};

/// The vectors of one row of the map: the image's own bytes where a vector is a pixel.
class RowOfVectors {
 public:
  RowOfVectors(const ImageView& image, const BlockGrid& grid) : image_(image), grid_(grid) {
    if (!grid.single_pixels()) buffer_.resize(grid.map_width() * grid.vector_bytes());
  }
  [[nodiscard]] std::span<const std::byte> read(std::uint32_t map_y) {
    if (grid_.single_pixels()) return {image_.row(map_y), image_.row_bytes()};
    gather_vectors(image_, grid_, map_y, buffer_.data());
    return buffer_;
  }

 private:
  const ImageView& image_;
  const BlockGrid& grid_;
  std::vector<std::byte> buffer_;
};

/// Keys in a leaf: 512 neighbours in Morton order, a cube of 8 colours a side.
constexpr std::size_t leaf_keys = 512;

/// Zeroed memory that the system need not touch before we do: most colours never occur.
class ZeroedBytes {
 public:
  explicit ZeroedBytes(std::size_t count) : bytes_(static_cast<std::uint8_t*>(std::calloc(count, 1)), &std::free) {
    if (bytes_ == nullptr) throw std::bad_alloc();
  }
  [[nodiscard]] std::uint8_t* data() const noexcept { return bytes_.get(); }

 private:
  std::unique_ptr<std::uint8_t, decltype(&std::free)> bytes_;
};

/// Keys that are looked at together.
constexpr std::size_t word_keys = 8;

std::uint64_t load_word(const std::uint8_t* at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

struct CountTable {
  ZeroedBytes count;
  ZeroedBytes touched;                  // leaves that hold a key
  std::vector<std::uint32_t> overflow;  // keys, each worth 256

  explicit CountTable(std::size_t keys) : count(keys), touched(divide_up(keys, leaf_keys)) {}
};

class DenseVectors final : public DistinctVectors {
 public:
  DenseVectors(const ImageView& image, const BlockGrid& grid, const ThreadPool& pool, ProgressReporter& progress)
      : image_(image), grid_(grid), format_{grid.vector_bytes()} {
    const std::size_t table_count =
        std::clamp<std::size_t>(pool.threads(), 1, std::min<std::size_t>(tables_max, grid.map_height()));
    std::vector<CountTable> tables;
    for (std::size_t t = 0; t < table_count; ++t) tables.emplace_back(format_.key_count());
    pool.for_each(tables.size(), progress, [&](std::size_t t) {
      const std::uint64_t rows = grid_.map_height();
      count(tables[t], static_cast<std::uint32_t>(rows * t / tables.size()),
            static_cast<std::uint32_t>(rows * (t + 1) / tables.size()), progress);
    });
    collect(tables, pool);
    // The first table serves again for mapping, whose indices replace the counts.
    index_table_ = std::make_unique<ZeroedBytes>(std::move(tables.front().count));
  }

  [[nodiscard]] bool in_morton_order() const noexcept override { return format_.vector_bytes != 2; }

  void map(std::span<const std::uint16_t> index_of, std::span<std::uint16_t> indices, const ThreadPool& pool,
           ProgressReporter& progress) const override {
    const bool narrow = std::all_of(index_of.begin(), index_of.end(), [](std::uint16_t index) { return index < 256; });
    if (narrow) return map_by_table(index_of, indices, pool, progress, index_table_->data());
    const auto table = std::make_unique_for_overwrite<std::uint16_t[]>(format_.key_count());
    map_by_table(index_of, indices, pool, progress, table.get());
  }

 private:
  void count(CountTable& table, std::uint32_t begin_row, std::uint32_t end_row, ProgressReporter& progress) const {
    RowOfVectors row(image_, grid_);
    std::uint8_t* const count = table.count.data();
    std::uint8_t* const touched = table.touched.data();
    for (std::uint32_t y = begin_row; y < end_row && progress.keep_going(); ++y)
      format_.for_each_key(row.read(y), [&](std::uint32_t key) {
        touched[key / leaf_keys] = 1;
        if (++count[key] == 0) table.overflow.push_back(key);
      });
  }

  void collect(const std::vector<CountTable>& tables, const ThreadPool& pool) {
    std::vector<std::uint32_t> overflow;
    for (const CountTable& table : tables)
      overflow.insert(overflow.end(), table.overflow.begin(), table.overflow.end());
    std::sort(overflow.begin(), overflow.end());
    struct Chunk {
      std::vector<std::uint32_t> keys;
      std::vector<std::uint32_t> counts;
    };
    const std::size_t chunk_count = std::min(scan_chunks, divide_up(format_.key_count(), leaf_keys));
    std::vector<Chunk> chunks(chunk_count);
    const std::size_t keys_per_chunk = format_.key_count() / chunk_count;
    pool.for_each(chunk_count, [&](std::size_t c) {
      auto extra = std::lower_bound(overflow.begin(), overflow.end(), c * keys_per_chunk);
      for (std::size_t leaf = c * keys_per_chunk; leaf < (c + 1) * keys_per_chunk; leaf += leaf_keys) {
        if (!is_touched(tables, leaf)) continue;
        for (std::size_t key = leaf; key < std::min(leaf + leaf_keys, (c + 1) * keys_per_chunk); ++key) {
          // A key may have overflowed to a count of 0 again; then it is next in the list.
          const bool overflowed = extra != overflow.end() && *extra < key + word_keys;
          if (key % word_keys == 0 && !overflowed && all_zero(tables, key)) {
            key += word_keys - 1;
            continue;
          }
          std::uint32_t total = 0;
          for (const CountTable& table : tables) total += table.count.data()[key];
          for (; extra != overflow.end() && *extra == key; ++extra) total += 256;
          if (total == 0) continue;
          chunks[c].keys.push_back(static_cast<std::uint32_t>(key));
          chunks[c].counts.push_back(total);
        }
      }
    });
    for (const Chunk& chunk : chunks) {
      keys_.insert(keys_.end(), chunk.keys.begin(), chunk.keys.end());
      counts_.insert(counts_.end(), chunk.counts.begin(), chunk.counts.end());
    }
    samples_ = SampleArray(keys_.size(), grid_.dimension(), grid_.bit_depth);
    for (std::size_t i = 0; i < keys_.size(); ++i) format_.vector_of(keys_[i], samples_.row(i));
  }

  static bool is_touched(const std::vector<CountTable>& tables, std::size_t key) noexcept {
    return std::any_of(tables.begin(), tables.end(),
                       [&](const CountTable& table) { return table.touched.data()[key / leaf_keys] != 0; });
  }

  static bool all_zero(const std::vector<CountTable>& tables, std::size_t key) noexcept {
    std::uint64_t any = 0;
    for (const CountTable& table : tables) any |= load_word(table.count.data() + key);
    return any == 0;
  }

  template <typename Index>
  void map_by_table(std::span<const std::uint16_t> index_of, std::span<std::uint16_t> indices, const ThreadPool& pool,
                    ProgressReporter& progress, Index* table) const {
    for (std::size_t i = 0; i < keys_.size(); ++i) table[keys_[i]] = static_cast<Index>(index_of[i]);
    const std::size_t tasks = std::min<std::size_t>(grid_.map_height(), std::size_t{pool.threads()} * 8);
    pool.for_each(tasks, progress, [&](std::size_t t) {
      RowOfVectors row(image_, grid_);
      const std::uint64_t rows = grid_.map_height();
      for (std::uint64_t y = rows * t / tasks; y < rows * (t + 1) / tasks; ++y) {
        std::uint16_t* out = indices.data() + y * grid_.map_width();
        format_.for_each_key(row.read(static_cast<std::uint32_t>(y)), [&](std::uint32_t key) { *out++ = table[key]; });
      }
    });
  }

  const ImageView& image_;
  BlockGrid grid_;
  KeyFormat format_;
  std::vector<std::uint32_t> keys_;
  std::unique_ptr<ZeroedBytes> index_table_;  // written by map(): one call at a time
};

}  // namespace

std::unique_ptr<DistinctVectors> find_dense_vectors(const ImageView& image, const BlockGrid& grid,
                                                    const ThreadPool& pool, ProgressReporter& progress) {
  return std::make_unique<DenseVectors>(image, grid, pool, progress);
}

std::unique_ptr<DistinctVectors> find_distinct_vectors(const ImageView& image, const BlockGrid& grid,
                                                       const ThreadPool& pool, ProgressReporter& progress) {
  if (grid.vector_bytes() * 8 <= dense_bits_max) return find_dense_vectors(image, grid, pool, progress);
  return find_hashed_vectors(image, grid, pool, progress);
}

}  // namespace vqi
