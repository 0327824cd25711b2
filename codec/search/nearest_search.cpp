// Exact search by filtered lists of codewords, and by brute force where no box pays.
//
// A codeword can be nearest somewhere in a box only if no rival is strictly nearer at every corner. Boxes of 1,024
// vectors filter the codebook, boxes of 256 and 64 filter the list of the box around them, and SIMD compares the
// vectors of 64 with the rest: 2 to 13 of 256 codewords, in Morton order.
#include "nearest_search.hpp"

#include <algorithm>
#include <cstring>

#include "box_order.hpp"
#include "integer.hpp"
#include "lazy.hpp"
#include "nearest_kernels.hpp"
#include "search_boxes.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {
namespace {

/// Up to this many codewords, comparing with all of them is cheaper than filtering.
constexpr std::size_t unpruned_codewords = 16;
/// Blocks that one thread searches at a time if there are no boxes.
constexpr std::size_t unpruned_group_blocks = 16;
/// From this many codewords on, the order of box_order pays for itself; making it takes about 0.13 us a vector. With
/// it, training on 276 thousand colours takes the same time at K = 2,000, and 0.69, 0.57, 0.63 and 0.74 of the time at
/// K = 6,000, 14,000, 25,000 and 45,000.
constexpr std::size_t many_codewords = 2500;
/// The most tasks of an assignment for each thread: few, as an assignment may take only 100 microseconds.
constexpr std::size_t tasks_per_thread = 8;

/// The tasks of second_choice_costs. Their sums are rounded, so the number of tasks must not depend on the number of
/// threads, and other values would change the bytes of files.
struct CostTasks {
  std::size_t blocks = 64;  ///< blocks in a task, until there are tasks_max
  std::size_t tasks_max = 16;
};
constexpr CostTasks cost_tasks;

/// Products that SIMD makes in a step of WorkPulse, at least.
constexpr std::uint64_t products_per_step = 4;
/// Tiles of a block that are searched between two polls: all, unless one of them takes more steps than this.
constexpr std::uint64_t tile_steps_max = std::uint64_t{1} << 24;

/// Calls search(first tile, tiles) for the tiles of a block, in one go or tile by tile, and counts the work.
template <typename Word, typename Search>
void search_tiles(const CodewordTable<Word>& table, WorkPulse& pulse, const Search& search) {
  const std::uint64_t tile_steps = tile_vectors * table.count * table.columns / products_per_step;
  if (tile_steps <= tile_steps_max) {
    pulse.add(block_tiles * tile_steps);
    return search(0, block_tiles);
  }
  for (std::size_t tile = 0; tile < block_tiles; ++tile) {
    pulse.add(tile_steps);
    search(tile, 1);
  }
}

}  // namespace

/// The search over vectors of one number format, in one order.
template <typename Word, typename TileWord>
struct NearestSearch::FormatSearch {
  const VectorSet& vectors;
  std::span<const std::uint32_t> order;  // the caller's number of each vector; empty: the same
  NearestKernels<Word, TileWord> kernels;
  std::unique_ptr<SearchBoxes<Word>> boxes;  // null if filtering does not pay

  FormatSearch(const VectorSet& set, std::span<const std::uint32_t> set_order, std::span<const std::size_t> levels,
               const NearestKernels<Word, TileWord>& target_kernels, std::size_t pruned_columns, const ThreadPool& pool)
      : vectors(set), order(set_order), kernels(target_kernels) {
    if (set.tile_words() / tile_vectors <= pruned_columns)
      boxes = std::make_unique<SearchBoxes<Word>>(set, levels, kernels, pool);
  }

  /// The codewords that may be nearest in a block, for one block after another. Each box filters the list of the box
  /// around it, and keeps its own list as long as blocks lie inside it.
  class Candidates {
   public:
    Candidates(const SearchBoxes<Word>* search_boxes, const CodewordTable<Word>& all)
        : boxes_(search_boxes), all_(all), kept_(search_boxes == nullptr ? 0 : search_boxes->levels.size()) {}

    /// Calls filter(box, table, block, kept) to copy to `kept` the entries of `table` that a box needs; `block` is in
    /// its middle.
    template <typename Filter>
    [[nodiscard]] const CodewordTable<Word>& of_block(std::size_t block, const Filter& filter) {
      return all_.count > unpruned_codewords ? of_level(0, block, filter) : all_;
    }

   private:
    struct Kept {
      std::size_t box = ~std::size_t{0};
      CodewordTable<Word> own;
      const CodewordTable<Word>* table = nullptr;  // own, or the table of a larger box
    };

    template <typename Filter>
    const CodewordTable<Word>& of_level(std::size_t level, std::size_t block, const Filter& filter) {
      if (level == kept_.size()) return all_;
      Kept& kept = kept_[level];
      const std::size_t blocks = boxes_->levels[level].blocks;
      if (const std::size_t box = block / blocks; box != kept.box) {
        kept.box = box;
        kept.table = &of_level(level + 1, block, filter);
        if (kept.table->count > unpruned_codewords) {
          filter(boxes_->levels[level].boxes[box], *kept.table, box * blocks + blocks / 2, kept.own);
          kept.table = &kept.own;
        }
      }
      return *kept.table;
    }

    const SearchBoxes<Word>* boxes_;
    const CodewordTable<Word>& all_;
    std::vector<Kept> kept_;
  };

  /// The caller's number of the n-th vector.
  [[nodiscard]] std::size_t caller_index(std::size_t n) const noexcept { return order.empty() ? n : order[n]; }

  /// Assigns the vectors of the blocks begin .. end - 1.
  void assign_blocks(std::size_t begin, std::size_t end, const CodewordTable<Word>& all,
                     std::span<std::uint16_t> indices, std::vector<CellChange>* changes, WorkPulse pulse) const {
    Candidates candidates(boxes.get(), all);
    const auto filter = [&](const SearchBox<Word>& box, const CodewordTable<Word>& table, std::size_t block,
                            CodewordTable<Word>& kept) {
      // The index that a vector in the middle had before is a good rival; the first assignment has none.
      pulse.add(2 * table.count * table.columns);
      const std::size_t middle = block * block_vectors + block_vectors / 2;
      const bool known = changes != nullptr && middle < vectors.size();
      kernels.filter(box, table, known ? indices[caller_index(middle)] : no_rival, kept);
    };
    std::uint16_t nearest[block_vectors];
    for (std::size_t b = begin; b < end; ++b) {
      const CodewordTable<Word>& table = candidates.of_block(b, filter);
      search_tiles(table, pulse, [&](std::size_t first, std::size_t tiles) {
        kernels.assign(tiles_of(vectors, b * block_tiles + first, Word{}), tiles, table,
                       nearest + first * tile_vectors);
      });
      std::uint16_t* const current = indices.data() + b * block_vectors;
      if (changes != nullptr && order.empty() && std::memcmp(nearest, current, sizeof nearest) == 0) continue;
      const std::size_t count = std::min(block_vectors, vectors.size() - b * block_vectors);
      for (std::size_t i = 0; i < count; ++i) {
        std::uint16_t& index = indices[caller_index(b * block_vectors + i)];
        if (changes != nullptr && nearest[i] != index)
          changes->push_back({static_cast<std::uint32_t>(caller_index(b * block_vectors + i)), index});
        index = nearest[i];
      }
    }
  }

  [[nodiscard]] std::vector<double> second_choice_costs(const FixedCodewords& codewords, const ThreadPool& pool) const;

  void assign(const FixedCodewords& codewords, const ThreadPool& pool, std::span<std::uint16_t> indices,
              std::vector<CellChange>* changes) const {
    CodewordTable<Word> table;
    fill_table(codewords, table);
    // A task has whole boxes of the largest level, so that no task reads a rival's index that another one writes.
    const std::size_t group_blocks = boxes != nullptr ? boxes->levels.back().blocks : unpruned_group_blocks;
    const std::size_t groups = divide_up(vectors.block_count(), group_blocks);
    const std::size_t tasks =
        std::clamp<std::size_t>(order.empty() ? groups / 2 : groups, 1, std::size_t{pool.threads()} * tasks_per_thread);
    std::vector<std::vector<CellChange>> changes_of(tasks);
    pool.for_each(tasks, [&](std::size_t t) {
      assign_blocks(groups * t / tasks * group_blocks,
                    std::min(groups * (t + 1) / tasks * group_blocks, vectors.block_count()), table, indices,
                    changes != nullptr ? &changes_of[t] : nullptr, WorkPulse(pool));
    });
    if (changes == nullptr) return;
    changes->clear();
    for (const std::vector<CellChange>& part : changes_of) changes->insert(changes->end(), part.begin(), part.end());
  }
};

template <typename Word, typename TileWord>
std::vector<double> NearestSearch::FormatSearch<Word, TileWord>::second_choice_costs(const FixedCodewords& codewords,
                                                                                     const ThreadPool& pool) const {
  CodewordTable<Word> table;
  fill_table(codewords, table);
  const std::size_t blocks = vectors.block_count();
  const std::size_t tasks = std::clamp<std::size_t>(blocks / cost_tasks.blocks, 1, cost_tasks.tasks_max);
  std::vector<std::vector<double>> costs_of(tasks, std::vector<double>(codewords.size()));
  const auto filter = [&](const SearchBox<Word>& box, const CodewordTable<Word>& from, std::size_t,
                          CodewordTable<Word>& kept) { kernels.filter_two(box, from, no_rival, kept); };
  pool.for_each(tasks, [&](std::size_t t) {
    Candidates candidates(boxes.get(), table);
    std::uint16_t nearest[block_vectors];
    Word scores[block_vectors];
    Word second_scores[block_vectors];
    WorkPulse pulse(pool);
    for (std::size_t b = blocks * t / tasks; b < blocks * (t + 1) / tasks; ++b) {
      const CodewordTable<Word>& near = candidates.of_block(b, filter);
      search_tiles(near, pulse, [&](std::size_t first, std::size_t tiles) {
        const std::size_t at = first * tile_vectors;
        kernels.assign_two(tiles_of(vectors, b * block_tiles + first, Word{}), tiles, near, nearest + at, scores + at,
                           second_scores + at);
      });
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

/// The searches in each number format and order; a search that is not needed is null.
struct NearestSearch::Searches {
  using Narrow = FormatSearch<std::int32_t, std::int32_t>;

  /// The search over a copy of the vectors in the order of box_order.
  struct Ordered {
    std::vector<std::uint32_t> order;
    VectorSet set;
    Narrow search;

    Ordered(const VectorSet& vectors, const ThreadPool& pool)
        : order(order_for_boxes(vectors, pool)),
          set(reordered(vectors, order, WorkPulse(pool))),
          search(set, order, many_box_levels, narrow_kernels(), pruned_columns_narrow, pool) {}
  };

  const VectorSet& vectors;
  const ThreadPool& pool;
  std::unique_ptr<Narrow> narrow;
  std::unique_ptr<FormatSearch<double, float>> wide;
  Lazy<std::unique_ptr<const Ordered>> ordered;

  Searches(const VectorSet& set, const ThreadPool& own_pool) : vectors(set), pool(own_pool) {}

  /// The fastest narrow search for this number of codewords.
  [[nodiscard]] const Narrow& narrow_for(std::size_t codewords) const {
    if (codewords < many_codewords || narrow->boxes == nullptr) return *narrow;
    return ordered.get([&] { return std::make_unique<const Ordered>(vectors, pool); })->search;
  }
};

NearestSearch::NearestSearch(const VectorSet& vectors, const ThreadPool& pool)
    : searches_(std::make_unique<Searches>(vectors, pool)) {
  const std::span<const std::uint32_t> own_order;
  if (vectors.wide())
    searches_->wide = std::make_unique<FormatSearch<double, float>>(vectors, own_order, few_box_levels, wide_kernels(),
                                                                    pruned_columns_wide, pool);
  else
    searches_->narrow = std::make_unique<Searches::Narrow>(vectors, own_order, few_box_levels, narrow_kernels(),
                                                           pruned_columns_narrow, pool);
}

NearestSearch::~NearestSearch() = default;

std::size_t NearestSearch::padded_size() const noexcept { return searches_->vectors.block_count() * block_vectors; }

void NearestSearch::assign(const FixedCodewords& codewords, std::span<std::uint16_t> indices,
                           std::vector<CellChange>* changes) const {
  if (searches_->wide != nullptr)
    searches_->wide->assign(codewords, searches_->pool, indices, changes);
  else
    searches_->narrow_for(codewords.size()).assign(codewords, searches_->pool, indices, changes);
}

std::vector<double> NearestSearch::second_choice_costs(const FixedCodewords& codewords) const {
  if (searches_->wide != nullptr) return searches_->wide->second_choice_costs(codewords, searches_->pool);
  return searches_->narrow_for(codewords.size()).second_choice_costs(codewords, searches_->pool);
}

std::vector<std::uint64_t> NearestSearch::distances_sq(const FixedCodewords& codewords,
                                                       std::span<const std::uint16_t> indices) const {
  const VectorSet& vectors = searches_->vectors;
  std::vector<std::uint64_t> distances(vectors.size());
  constexpr std::size_t task_vectors = 4096;
  searches_->pool.for_each((vectors.size() + task_vectors - 1) / task_vectors, [&](std::size_t t) {
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

}  // namespace vqi::detail
