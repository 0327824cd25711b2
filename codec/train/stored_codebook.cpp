// Rounding codewords to samples, Lloyd's steps on rounded ones, repair of unused ones, and hidden colours.
#include "stored_codebook.hpp"

#include <cstddef>
#include <cstring>
#include <utility>

#include "cell_sums.hpp"
#include "codeword_rule.hpp"
#include "empty_cells.hpp"
#include "exchange.hpp"
#include "hidden_colours.hpp"
#include "nearest_search.hpp"
#include "pinned_alpha.hpp"
#include "split_merge.hpp"
#include "training_space.hpp"
#include "vector_set.hpp"

namespace vqi::detail {
namespace {

/// Repairs rarely leave another cell empty; the bound only keeps a pathological set from looping.
constexpr int repair_rounds_max = 32;

/// Steps of WorkPulse that rounding a coordinate to a sample takes.
constexpr std::uint64_t rounding_steps = 16;

/// Writes the coordinates of a vector of samples, times 2^fraction_bits.
void set_codeword(const TrainingSpace& space, const std::byte* samples, std::span<std::int32_t> codeword,
                  std::uint32_t fraction_bits) {
  space.to_coordinates(samples, codeword);
  if (space.is_oklab()) return;
  for (std::int32_t& value : codeword) value *= 1 << fraction_bits;
}

/// The codewords from number `first` on that no index names.
std::vector<std::size_t> unused_codewords(std::span<const std::uint16_t> indices, std::size_t k_count,
                                          std::size_t first) {
  std::vector<char> used(k_count);
  for (const std::uint16_t index : indices) used[index] = 1;
  std::vector<std::size_t> unused;
  for (std::size_t k = first; k < k_count; ++k)
    if (used[k] == 0) unused.push_back(k);
  return unused;
}

/// A stored codebook, its codewords as coordinates, and its cells.
struct StoredSolution {
  StoredCodebook stored;
  FixedCodewords fixed;
  CellSums sums;
};

}  // namespace

FixedCodewords coordinates_of(const SampleArray& codewords, const TrainingSpace& space) {
  FixedCodewords scaled{space.dimension(), std::vector<std::int32_t>(codewords.rows() * space.dimension())};
  const std::uint32_t fraction_bits = space.fixed_point().fraction_bits();
  for (std::size_t k = 0; k < codewords.rows(); ++k)
    set_codeword(space, codewords.row(k), scaled.row(k), fraction_bits);
  return scaled;
}

StoredCodebook assign_given(const SampleArray& codewords, const Dataset& dataset) {
  const NearestSearch& search = dataset.all().search();
  const FixedCodewords scaled = coordinates_of(codewords, dataset.space());
  StoredCodebook stored{codewords, std::vector<std::uint16_t>(search.padded_size())};
  search.assign(scaled, stored.indices, nullptr);
  PinnedAlpha(dataset).obey(scaled, stored.indices);
  return stored;
}

namespace {

/// Stored codewords are samples, of the kind of alpha that they were made for.
class StoredRule final : public CodewordRule {
 public:
  StoredRule(const TrainingSpace& space, const PinnedAlpha& alpha)
      : space_(space), alpha_(alpha), bits_(space.fixed_point().fraction_bits()) {}

  void place(std::span<const std::int32_t> from, std::span<std::int32_t> codeword) const override {
    space_.pin(space_.opacity_of(from.data(), bits_), codeword, bits_);
    SampleArray samples(1, space_.dimension(), space_.bit_depth());
    space_.to_samples(codeword, bits_, samples.row(0));
    set_codeword(space_, samples.row(0), codeword, bits_);
  }
  void obey(const FixedCodewords& codewords, std::span<std::uint16_t> indices) const override {
    alpha_.obey(codewords, indices);
  }
  /// The last codeword of a kind stays, so that pixels of this kind keep it.
  [[nodiscard]] bool may_remove(const FixedCodewords& codewords, std::size_t k) const override {
    const Opacity kind = space_.opacity_of(codewords.row(k).data(), bits_);
    if (kind == Opacity::mixed) return true;
    for (std::size_t other = 0; other < codewords.size(); ++other)
      if (other != k && space_.opacity_of(codewords.row(other).data(), bits_) == kind) return true;
    return false;
  }

 private:
  const TrainingSpace& space_;
  const PinnedAlpha& alpha_;
  std::uint32_t bits_;
};

/// Makes stored codebooks of codewords, and improves them. The rows of `given` are the first codewords, and stay.
class StoredSearch {
 public:
  StoredSearch(const Dataset& dataset, const SampleArray& given, const Work& work)
      : dataset_(dataset),
        space_(dataset.space()),
        given_(given),
        given_count_(given.bytes().empty() ? 0 : given.rows()),
        fixed_(given_count_ == 0 ? FixedCodewords{} : coordinates_of(given, space_)),
        alpha_(dataset),
        rule_(space_, alpha_),
        work_(work) {}

  /// Rounds trained codewords to samples of the kinds of alpha that suit their cells.
  [[nodiscard]] StoredSolution store(FixedCodewords trained) const {
    alpha_.pin(trained, given_count_);
    return round(std::move(trained));
  }

  /// Takes Lloyd's steps, each followed by rounding, as long as J falls.
  void take_steps(int steps_max, StoredSolution& solution) const {
    for (int step = 0; step < steps_max; ++step) {
      FixedCodewords means = means_of(solution.sums, solution.fixed);
      if (means.scaled == solution.fixed.scaled) return;
      StoredSolution moved = round(std::move(means));
      if (moved.stored.objective >= solution.stored.objective) return;
      solution = std::move(moved);
    }
  }

  /// Moves single vectors from cell to cell, then rounds the means.
  void exchange_vectors(int passes_max, StoredSolution& solution) const {
    std::vector<Opacity> kinds(solution.fixed.size());
    const std::uint32_t bits = space_.fixed_point().fraction_bits();
    for (std::size_t k = 0; k < kinds.size(); ++k) kinds[k] = space_.opacity_of(solution.fixed.row(k).data(), bits);
    const CellFilter suits = [&](std::size_t n, std::size_t k) {
      return alpha_.opacity(n) == Opacity::mixed || alpha_.opacity(n) == kinds[k];
    };
    CellSums sums = solution.sums;
    std::vector<std::uint16_t> indices = solution.stored.indices;
    if (exchange(dataset_.all().vectors(), suits, passes_max, sums, indices, pulse(), fixed_) == 0) return;
    StoredSolution found = round(means_of(sums, solution.fixed));
    if (found.stored.objective < solution.stored.objective) solution = std::move(found);
  }

  /// Split-merge among stored codewords.
  void split_and_merge(int rounds_max, int failures_max, StoredSolution& solution) const {
    const DatasetLevel& all = dataset_.all();
    FixedCodewords codewords = solution.fixed;
    split_merge(
        all.vectors(), all.rows(), all.search(),
        {.failures_max = failures_max, .rounds_max = rounds_max, .rule = &rule_, .fixed_codewords = given_count_},
        codewords, work_);
    StoredSolution found = round(std::move(codewords));
    if (found.stored.objective < solution.stored.objective) solution = std::move(found);
  }

 private:
  [[nodiscard]] WorkPulse pulse() const { return WorkPulse(work_.pool); }

  /// The stored means of cells; given codewords as they are.
  [[nodiscard]] FixedCodewords means_of(const CellSums& sums, const FixedCodewords& from) const {
    FixedCodewords means = from;
    sums.move_to_means(means, pulse(), given_count_);
    for (std::size_t k = given_count_; k < means.size(); ++k) rule_.place(from.row(k), means.row(k));
    return means;
  }

  /// Rounds codewords to samples, assigns, and moves codewords without vectors to the vectors that are served worst.
  [[nodiscard]] StoredSolution round(FixedCodewords codewords) const {
    const std::size_t k_count = codewords.size();
    const NearestSearch& search = dataset_.all().search();
    const std::uint32_t bits = space_.fixed_point().fraction_bits();
    StoredSolution solution{{SampleArray(k_count, space_.dimension(), space_.bit_depth()),
                             std::vector<std::uint16_t>(search.padded_size())},
                            std::move(codewords),
                            CellSums(dataset_.all().vectors(), k_count, pulse())};
    StoredCodebook& stored = solution.stored;
    WorkPulse rounding = pulse();
    for (std::size_t k = 0; k < k_count; ++k) {
      rounding.add(rounding_steps * space_.dimension());
      if (k < given_count_)
        std::memcpy(stored.codewords.row(k), given_.row(k), given_.row_bytes());
      else
        space_.to_samples(solution.fixed.row(k), bits, stored.codewords.row(k));
      set_codeword(space_, stored.codewords.row(k), solution.fixed.row(k), bits);
    }
    for (int repair = 0; repair < repair_rounds_max; ++repair) {
      search.assign(solution.fixed, stored.indices, nullptr);
      alpha_.obey(solution.fixed, stored.indices);
      if (!repair_unused(solution)) break;
    }
    solution.sums.compute(stored.indices, work_.pool);
    stored.objective = solution.sums.objective(solution.fixed, pulse());
    return solution;
  }

  /// False if every codeword that is not given has vectors.
  bool repair_unused(StoredSolution& solution) const {
    StoredCodebook& stored = solution.stored;
    const VectorSet& vectors = dataset_.all().vectors();
    const std::vector<std::size_t> empty =
        unused_codewords(std::span(stored.indices).first(vectors.size()), solution.fixed.size(), given_count_);
    if (empty.empty()) return false;
    const std::vector<std::size_t> worst =
        find_worst_served(dataset_.all().search(), vectors, solution.fixed, stored.indices, empty.size());
    for (std::size_t i = 0; i < worst.size(); ++i) {
      const std::size_t distinct = dataset_.representative(worst[i]);
      std::memcpy(stored.codewords.row(empty[i]), dataset_.distinct().samples().row(distinct),
                  stored.codewords.row_bytes());
      set_codeword(space_, stored.codewords.row(empty[i]), solution.fixed.row(empty[i]),
                   space_.fixed_point().fraction_bits());
    }
    return true;
  }

  const Dataset& dataset_;
  const TrainingSpace& space_;
  const SampleArray& given_;
  std::size_t given_count_;
  FixedCodewords fixed_;  // the coordinates of `given_`
  PinnedAlpha alpha_;
  StoredRule rule_;
  Work work_;
};

}  // namespace

StoredCodebook store_codebook(const FixedCodewords& trained, const Dataset& dataset, const StoringPlan& plan,
                              const Work& work, const SampleArray& given) {
  const StoredSearch search(dataset, given, work);
  StoredSolution solution = search.store(trained);
  search.take_steps(plan.lloyd_steps, solution);
  if (plan.exchange_passes > 0) search.exchange_vectors(plan.exchange_passes, solution);
  if (plan.search_rounds > 0) {
    search.split_and_merge(plan.search_rounds, plan.search_failures, solution);
    if (plan.exchange_passes > 0) search.exchange_vectors(plan.exchange_passes, solution);
    search.take_steps(plan.lloyd_steps, solution);
  }
  return std::move(solution.stored);
}

void fill_hidden_colours(const VectorCounts& distinct, std::span<const std::uint16_t> index_of, std::uint32_t channels,
                         SampleArray& codewords, WorkPulse pulse, std::size_t first) {
  const std::uint32_t dimension = codewords.dimension();
  std::vector<bool> hidden(codewords.rows());
  for (std::size_t k = first; k < codewords.rows(); ++k)
    for (std::uint32_t i = channels - 1; i < dimension; i += channels)
      if (codewords.at(k, i) == 0) hidden[k] = true;
  std::vector<std::uint64_t> weights(codewords.rows());
  std::vector<std::uint64_t> sums(codewords.rows() * dimension);
  for (std::size_t n = 0; n < distinct.size(); ++n) {
    pulse.add(dimension);
    const std::size_t k = index_of[n];
    if (!hidden[k]) continue;
    weights[k] += distinct.counts()[n];
    for (std::uint32_t i = 0; i < dimension; ++i)
      sums[k * dimension + i] += std::uint64_t{distinct.counts()[n]} * distinct.samples().at(n, i);
  }
  for (std::size_t k = 0; k < codewords.rows(); ++k) {
    if (!hidden[k] || weights[k] == 0) continue;
    show_hidden_colours(codewords.row(k), channels, codewords.bit_depth(),
                        std::span(sums).subspan(k * dimension, dimension), weights[k]);
  }
}

}  // namespace vqi::detail
