// Pruned and brute-force exact search over the blocks of a VectorSet.
#include "nearest_search.hpp"

#include <algorithm>
#include <cstring>

#include "nearest_kernels.hpp"
#include "search_boxes.hpp"

namespace vqi {
namespace {

/// Below this many codewords comparing with all is cheaper than choosing.
constexpr std::size_t unpruned_codewords = 16;

}  // namespace

template <typename Word, typename TileWord>
struct NearestSearch::Engine {
  const VectorSet& vectors;
  NearestKernels<Word, TileWord> kernels;
  std::unique_ptr<SearchBoxes<Word>> boxes;  // none where pruning does not pay

  Engine(const VectorSet& set, const NearestKernels<Word, TileWord>& target_kernels, std::size_t pruned_columns,
         const ThreadPool& pool)
      : vectors(set), kernels(target_kernels) {
    if (set.tile_words() / tile_vectors <= pruned_columns)
      boxes = std::make_unique<SearchBoxes<Word>>(set, kernels, pool);
  }

  /// A task's own lists, reused from block to block.
  struct Scratch {
    CodewordTable<Word> group_table;
    CodewordTable<Word> block_table;
  };

  void assign_group(std::size_t group, const CodewordTable<Word>& all, Scratch& scratch,
                    std::span<std::uint16_t> indices, std::vector<CellChange>* changes) const {
    const std::size_t begin = group * group_blocks;
    const std::size_t end = std::min(begin + group_blocks, vectors.block_count());
    const bool pruned = boxes != nullptr && all.count > unpruned_codewords;
    // The last index of a vector in the middle is a good rival; the first assignment has none.
    const auto rival = [&](std::size_t vector) { return changes != nullptr ? indices[vector] : no_rival; };
    if (pruned)
      kernels.filter(boxes->groups[group], all, rival((begin + end) / 2 * block_vectors), scratch.group_table);
    std::uint16_t nearest[block_vectors];
    for (std::size_t b = begin; b < end; ++b) {
      const CodewordTable<Word>* table = pruned ? &scratch.group_table : &all;
      if (pruned && table->count > unpruned_codewords) {
        kernels.filter(boxes->blocks[b], *table, rival(b * block_vectors + block_vectors / 2), scratch.block_table);
        table = &scratch.block_table;
      }
      kernels.assign(tiles_of(vectors, b * block_tiles, Word{}), block_tiles, *table, nearest);
      std::uint16_t* const current = indices.data() + b * block_vectors;
      if (changes != nullptr && std::memcmp(nearest, current, sizeof nearest) == 0) continue;
      if (changes != nullptr) {
        const std::size_t count = std::min(block_vectors, vectors.size() - b * block_vectors);
        for (std::size_t i = 0; i < count; ++i)
          if (nearest[i] != current[i])
            changes->push_back({static_cast<std::uint32_t>(b * block_vectors + i), current[i]});
      }
      std::memcpy(current, nearest, sizeof nearest);
    }
  }

  [[nodiscard]] std::vector<double> second_choice_costs(const FixedCodewords& codewords, const ThreadPool& pool) const;

  void assign(const FixedCodewords& codewords, const ThreadPool& pool, std::span<std::uint16_t> indices,
              std::vector<CellChange>* changes) const {
    CodewordTable<Word> table;
    fill_table(codewords, table);
    const std::size_t groups = (vectors.block_count() + group_blocks - 1) / group_blocks;
    // Few tasks per thread: a search step may last only some 100 microseconds.
    const std::size_t tasks = std::clamp<std::size_t>(groups / 2, 1, std::size_t{pool.threads()} * 8);
    std::vector<std::vector<CellChange>> changes_of(tasks);
    pool.for_each(tasks, [&](std::size_t t) {
      Scratch scratch;
      for (std::size_t g = groups * t / tasks; g < groups * (t + 1) / tasks; ++g)
        assign_group(g, table, scratch, indices, changes != nullptr ? &changes_of[t] : nullptr);
    });
    if (changes == nullptr) return;
    changes->clear();
    for (const std::vector<CellChange>& part : changes_of) changes->insert(changes->end(), part.begin(), part.end());
  }
};

template <typename Word, typename TileWord>
std::vector<double> NearestSearch::Engine<Word, TileWord>::second_choice_costs(const FixedCodewords& codewords,
                                                                               const ThreadPool& pool) const {
  CodewordTable<Word> table;
  fill_table(codewords, table);
  // The number of tasks must not depend on the threads: their sums are rounded.
  const std::size_t blocks = vectors.block_count();
  const std::size_t tasks = std::clamp<std::size_t>(blocks / 64, 1, 16);
  std::vector<std::vector<double>> costs_of(tasks, std::vector<double>(codewords.size()));
  pool.for_each(tasks, [&](std::size_t t) {
    Scratch scratch;
    std::uint16_t nearest[block_vectors];
    Word scores[block_vectors];
    Word second_scores[block_vectors];
    std::size_t group = no_rival;
    for (std::size_t b = blocks * t / tasks; b < blocks * (t + 1) / tasks; ++b) {
      const CodewordTable<Word>* kept = &table;
      if (boxes != nullptr && table.count > unpruned_codewords) {
        if (b / group_blocks != group) {
          group = b / group_blocks;
          kernels.filter_two(boxes->groups[group], table, no_rival, scratch.group_table);
        }
        kernels.filter_two(boxes->blocks[b], scratch.group_table, no_rival, scratch.block_table);
        kept = &scratch.block_table;
      }
      kernels.assign_two(tiles_of(vectors, b * block_tiles, Word{}), block_tiles, *kept, nearest, scores,
                         second_scores);
      const std::size_t count = std::min(block_vectors, vectors.size() - b * block_vectors);
      for (std::size_t i = 0; i < count; ++i)
        costs_of[t][nearest[i]] += static_cast<double>(vectors.weights()[b * block_vectors + i]) *
                                   (static_cast<double>(second_scores[i]) - static_cast<double>(scores[i]));
    }
  });
  for (std::size_t t = 1; t < tasks; ++t)
    for (std::size_t k = 0; k < codewords.size(); ++k) costs_of[0][k] += costs_of[t][k];
  return costs_of[0];
}

struct NearestSearch::Engines {
  const VectorSet& vectors;
  const ThreadPool& pool;
  std::unique_ptr<Engine<std::int32_t, std::int32_t>> narrow;
  std::unique_ptr<Engine<double, float>> wide;
};

NearestSearch::NearestSearch(const VectorSet& vectors, const ThreadPool& pool)
    : engines_(std::make_unique<Engines>(Engines{vectors, pool, nullptr, nullptr})) {
  if (vectors.wide())
    engines_->wide = std::make_unique<Engine<double, float>>(vectors, wide_kernels(), pruned_columns_wide, pool);
  else
    engines_->narrow =
        std::make_unique<Engine<std::int32_t, std::int32_t>>(vectors, narrow_kernels(), pruned_columns_narrow, pool);
}

NearestSearch::~NearestSearch() = default;

std::size_t NearestSearch::padded_size() const noexcept { return engines_->vectors.block_count() * block_vectors; }

void NearestSearch::assign(const FixedCodewords& codewords, std::span<std::uint16_t> indices,
                           std::vector<CellChange>* changes) const {
  if (engines_->wide != nullptr)
    engines_->wide->assign(codewords, engines_->pool, indices, changes);
  else
    engines_->narrow->assign(codewords, engines_->pool, indices, changes);
}

std::vector<double> NearestSearch::second_choice_costs(const FixedCodewords& codewords) const {
  return engines_->wide != nullptr ? engines_->wide->second_choice_costs(codewords, engines_->pool)
                                   : engines_->narrow->second_choice_costs(codewords, engines_->pool);
}

std::vector<std::uint64_t> NearestSearch::distances_sq(const FixedCodewords& codewords,
                                                       std::span<const std::uint16_t> indices) const {
  const VectorSet& vectors = engines_->vectors;
  std::vector<std::uint64_t> distances(vectors.size());
  constexpr std::size_t task_vectors = 4096;
  engines_->pool.for_each((vectors.size() + task_vectors - 1) / task_vectors, [&](std::size_t t) {
    const std::size_t end = std::min(vectors.size(), (t + 1) * task_vectors);
    std::vector<std::int32_t> x(vectors.dimension());
    for (std::size_t n = t * task_vectors; n < end; ++n) {
      vectors.read_scaled(n, x);
      const std::span<const std::int32_t> codeword = codewords.row(indices[n]);
      std::uint64_t sum = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const std::int64_t delta = std::int64_t{x[i]} - codeword[i];
        sum += static_cast<std::uint64_t>(delta * delta);
      }
      distances[n] = sum;
    }
  });
  return distances;
}

}  // namespace vqi
