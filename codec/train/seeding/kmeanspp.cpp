// Drawing with exact sums for each block; bounding boxes skip blocks that a new codeword cannot change.
#include "kmeanspp.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <type_traits>
#include <vector>

#include "assert.hpp"
#include "integer.hpp"
#include "nearest_kernels.hpp"
#include "parallel.hpp"
#include "progress.hpp"
#include "random.hpp"
#include "search_boxes.hpp"

namespace vqi::detail {
namespace {

/// The part of the progress of training that seeding reports.
constexpr double progress_share = 0.3;

/// The least number of blocks in a task, and the most tasks for each thread.
constexpr std::size_t task_blocks = 64;
constexpr std::size_t tasks_per_thread = 4;

/// The squared distance of every vector to the nearest codeword chosen so far, times 2^2F.
template <typename Word, typename TileWord>
class DistanceField {
 public:
  DistanceField(const VectorSet& vectors, const NearestKernels<Word, TileWord>& kernels, std::size_t pruned_columns,
                const ThreadPool& pool)
      : vectors_(vectors), kernels_(kernels), pool_(pool) {
    const std::size_t padded = vectors.block_count() * block_vectors;
    norms_.resize(padded);
    distances_.resize(padded);
    block_most_.resize(vectors.block_count());
    block_sums_.resize(vectors.block_count());
    if (vectors.tile_words() / tile_vectors <= pruned_columns)
      boxes_ = std::make_unique<SearchBoxes<Word>>(vectors, few_box_levels, kernels, pool);
    for_blocks([&](std::size_t block) { fill_norms(block); });
  }

  /// Lowers the distances to those of codeword k where it is nearer; codeword 0 sets all distances.
  void add(const FixedCodewords& codewords, std::size_t k) {
    FixedCodewords one{codewords.dimension, {codewords.row(k).begin(), codewords.row(k).end()}};
    fill_table(one, table_);
    const bool first = k == 0;
    for_blocks([&](std::size_t block) {
      if (!first && boxes_ != nullptr && out_of_reach(block)) return;
      Word scores[block_vectors];
      kernels_.scores(tiles_of(vectors_, block * block_tiles, Word{}), block_tiles, table_, 0, scores);
      lower(block, scores, first);
    });
  }

  /// The sum of w D^2.
  [[nodiscard]] uint128 total() const {
    uint128 sum = 0;
    for (const uint128 part : block_sums_) sum += part;
    return sum;
  }

  /// The vector at which the running sum of w D^2 passes `target`, which is below total().
  [[nodiscard]] std::size_t locate(uint128 target) const {
    std::size_t block = 0;
    for (; target >= block_sums_[block]; ++block) target -= block_sums_[block];
    for (std::size_t n = block * block_vectors;; ++n) {
      const uint128 part = weighted(n);
      if (target < part) return n;
      target -= part;
    }
  }

 private:
  void for_blocks(const std::function<void(std::size_t)>& use) const {
    const std::size_t blocks = vectors_.block_count();
    const std::size_t tasks =
        std::clamp<std::size_t>(blocks / task_blocks, 1, std::size_t{pool_.threads()} * tasks_per_thread);
    pool_.for_each(tasks, [&](std::size_t t) {
      for (std::size_t b = blocks * t / tasks; b < blocks * (t + 1) / tasks; ++b) use(b);
    });
  }

  [[nodiscard]] uint128 weighted(std::size_t n) const {
    if (n >= vectors_.size()) return 0;
    const auto distance = static_cast<std::uint64_t>(distances_[n]);
    return uint128{distance} * vectors_.weights()[n];
  }

  /// Writes 2^2F |x|^2 of each vector in the block.
  void fill_norms(std::size_t block) {
    for (std::size_t n = block * block_vectors; n < (block + 1) * block_vectors; ++n) {
      std::int64_t norm = 0;
      for (std::uint32_t i = 0; i < vectors_.dimension(); ++i) {
        const std::int64_t x = vectors_.scaled(n, i);
        norm += x * x;
      }
      norms_[n] = static_cast<Word>(norm);
    }
  }

  /// True if the new codeword is farther from the block's box than each vector in it from its nearest codeword.
  [[nodiscard]] bool out_of_reach(std::size_t block) const {
    const SearchBox<Word>& box = boxes_->levels[0].boxes[block];
    std::int64_t distance = 0;
    const auto add_offset = [&](std::int64_t low, std::int64_t high, std::int64_t codeword) {
      // Boxes have coordinates x_s = -2 x 2^F.
      const std::int64_t scaled = -2 * codeword;
      const std::int64_t offset = std::max<std::int64_t>({low - scaled, scaled - high, 0}) / 2;
      distance += offset * offset;
    };
    for (std::size_t c = 0; c < table_.columns; ++c) {
      if constexpr (std::is_same_v<Word, double>) {
        add_offset(static_cast<std::int64_t>(box.low[c]), static_cast<std::int64_t>(box.high[c]),
                   static_cast<std::int64_t>(table_.column(c)[0]));
      } else {
        const auto low_half = [](std::int32_t pair) { return static_cast<std::int16_t>(pair & 0xFFFF); };
        add_offset(low_half(box.low[c]), low_half(box.high[c]), low_half(table_.column(c)[0]));
        add_offset(box.low[c] >> 16, box.high[c] >> 16, table_.column(c)[0] >> 16);
      }
    }
    return distance >= static_cast<std::int64_t>(block_most_[block]);
  }

  /// Lowers the distances of the block's vectors by the scores of the new codeword.
  void lower(std::size_t block, const Word* scores, bool first) {
    Word* const distances = distances_.data() + block * block_vectors;
    const Word* const norms = norms_.data() + block * block_vectors;
    Word most{};
    for (std::size_t i = 0; i < block_vectors; ++i) {
      const Word distance = scores[i] + norms[i];
      distances[i] = first ? distance : std::min(distances[i], distance);
      most = std::max(most, distances[i]);
    }
    block_most_[block] = most;
    uint128 sum = 0;
    const std::size_t end = std::min((block + 1) * block_vectors, vectors_.size());
    for (std::size_t n = block * block_vectors; n < end; ++n) sum += weighted(n);
    block_sums_[block] = sum;
  }

  const VectorSet& vectors_;
  NearestKernels<Word, TileWord> kernels_;
  const ThreadPool& pool_;
  std::unique_ptr<SearchBoxes<Word>> boxes_;
  CodewordTable<Word> table_;  // the new codeword alone
  std::vector<Word> norms_;
  std::vector<Word> distances_;
  std::vector<Word> block_most_;     // largest distance in each block
  std::vector<uint128> block_sums_;  // sum of w D^2 in each block
};

void append_vector(const VectorSet& vectors, std::size_t n, FixedCodewords& codewords) {
  codewords.scaled.resize(codewords.scaled.size() + vectors.dimension());
  vectors.read_scaled(n, codewords.row(codewords.size() - 1));
}

/// A vector drawn with probability proportional to its weight.
std::size_t draw_by_weight(const VectorSet& vectors, Random& random) {
  std::uint64_t target = random.below(vectors.total_weight());
  std::size_t n = 0;
  for (; target >= vectors.weights()[n]; ++n) target -= vectors.weights()[n];
  return n;
}

template <typename Word, typename TileWord>
FixedCodewords seed_with(DistanceField<Word, TileWord> field, const VectorSet& vectors, std::size_t k,
                         std::uint64_t seed, ProgressReporter& progress) {
  Random random(seed);
  FixedCodewords codewords{vectors.dimension(), {}};
  append_vector(vectors, draw_by_weight(vectors, random), codewords);
  for (std::size_t chosen = 1; chosen < k; ++chosen) {
    field.add(codewords, chosen - 1);
    const uint128 total = field.total();
    VQI_ASSERT(total > 0);
    append_vector(vectors, field.locate(random.below_wide(total)), codewords);
    progress.report(progress_share * static_cast<double>(chosen) / static_cast<double>(k));
    progress.throw_if_cancelled();
  }
  return codewords;
}

}  // namespace

FixedCodewords seed_kmeanspp(const VectorSet& vectors, std::size_t k, std::uint64_t seed, const Work& work) {
  if (vectors.wide())
    return seed_with(DistanceField(vectors, wide_kernels(), pruned_columns_wide, work.pool), vectors, k, seed,
                     work.progress);
  return seed_with(DistanceField(vectors, narrow_kernels(), pruned_columns_narrow, work.pool), vectors, k, seed,
                   work.progress);
}

}  // namespace vqi::detail
