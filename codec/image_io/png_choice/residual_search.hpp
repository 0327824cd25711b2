// The search for indices whose residuals by Paeth's filter are cheap: literals and runs of equal residuals.
#pragma once

#include <cstdint>
#include <vector>

#include "diffused_targets.hpp"
#include "index_colours.hpp"
#include "search_costs.hpp"

namespace vqi::detail {

/// How wide the search is.
struct ResidualEffort {
  std::uint32_t survivors = 4;  ///< paths kept at a position, at most 8
  std::size_t literals = 12;    ///< colours tried at a position, besides the neighbours' and the predicted one
  std::int32_t slack_bits = 6;  ///< paths that are worse than the best by more end
};

/// Searches rows from the top of a strip, each by a Viterbi search whose states differ in the last index. A choice is
/// charged with what it makes the pixel below cost, which keeps its index of the pass before or takes the predicted
/// one. `Targets` is PlainTargets or DiffusedTargets: paths then carry the error of their last pixel.
template <typename Targets>
class ResidualSearch {
 public:
  /// Borrows all.
  ResidualSearch(const IndexColours& colours, const Targets& targets, const SearchCosts& costs,
                 const ResidualEffort& effort, std::uint32_t width_px);

  struct Row {
    const std::uint8_t* above = nullptr;  ///< the indices of the row above; null at the top
    /// The row below and its indices in the pass before; null: no look-ahead.
    const PremultipliedColour* pixels_below = nullptr;
    const std::uint8_t* below = nullptr;
    std::uint8_t* chosen = nullptr;  ///< the result
  };
  /// Chooses the indices of the row that `targets` began, and counts its symbols.
  void search(const Row& row, SymbolCounts& counts);

 private:
  using Carried = typename Targets::Carried;
  struct Node {
    std::int64_t cost = 0;
    std::int32_t from = 0;
    std::uint16_t length = 0;  // 0: a literal
    std::uint8_t slot = 0;
    std::uint8_t distance = 0;
    std::uint8_t index = 0;  // the last one
    std::uint8_t byte1 = 0;  // the last residual
    std::uint8_t byte2 = 0;  // the one before
    [[no_unique_address]] Carried carried{};
  };
  struct Candidate {
    std::int32_t distance = 0;
    std::uint8_t index = 0;
  };

  void bound(const Row& row);
  void gather(std::uint32_t x, const Carried& carried);
  void extend_by_literals(const Row& row, std::uint32_t x, std::uint32_t slot);
  void extend_by_runs(const Row& row, std::uint32_t x, std::uint32_t slot);
  void offer(std::uint32_t x, const Node& node);
  void trace(const Row& row, SymbolCounts& counts);
  [[nodiscard]] std::int32_t below_cost(const Row& row, std::uint32_t x, std::uint8_t left, std::uint8_t index) const;
  [[nodiscard]] std::uint8_t predict(const Row& row, std::uint32_t x, std::uint8_t left) const;
  [[nodiscard]] Candidate candidate_at(std::uint32_t x, std::uint8_t index, const Carried& carried) const;

  const IndexColours& colours_;
  const Targets& targets_;
  const SearchCosts& costs_;
  ResidualEffort effort_;
  std::uint32_t width_;
  std::int32_t cheapest_literal_ = 0;
  std::vector<Node> nodes_;              // survivors of each position, by cost
  std::vector<std::uint8_t> count_;      // of survivors
  std::vector<std::int64_t> bound_;      // costs of the nearest colours as literals, summed from the left
  std::vector<std::int64_t> loss_free_;  // the least that positions may cost, summed from the left
  std::vector<Candidate> candidates_;
  std::vector<std::int32_t> below_distance_;  // of the row below in the pass before
  std::uint32_t skip_to_ = 0;
  std::vector<Node> path_;
};

}  // namespace vqi::detail
