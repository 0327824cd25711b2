// The search over matches with carried errors: rows without a filter, of any depth, one after another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "deflate_steps.hpp"
#include "diffused_targets.hpp"
#include "match_search.hpp"
#include "search_costs.hpp"

namespace vqi::detail {

/// What MatchSearch does, where errors are diffused. What comes from above must be final, so a row is chosen as a
/// whole, and a match ends with it. The path to a place is the cheapest one, with the error that it leaves.
class DiffusedMatchSearch {
 public:
  /// Borrows `targets`, `colours` and `costs`. `window` are rows as they are stored, up to 32 KiB, that come before.
  DiffusedMatchSearch(const DiffusedTargets& targets, const IndexColours& colours, const SearchCosts& costs,
                      const MatchEffort& effort, std::uint32_t width_px, std::uint32_t depth,
                      std::span<const std::uint8_t> window);

  /// Chooses the bytes of the row that the targets began, and counts their symbols. `wanted` are those of the pass
  /// before. The result is borrowed until the next call.
  [[nodiscard]] std::span<const std::uint8_t> search(std::span<const std::uint8_t> wanted, SymbolCounts& counts);

 private:
  struct Node {
    std::int64_t cost = 0;
    std::uint32_t distance = 0;  // of the step that leads here; 0: a literal
    std::uint16_t length = 0;    // of that step; 0: not reached
    std::uint8_t literal = 0;
    CarriedError carried{};
  };

  [[nodiscard]] std::int64_t step(std::size_t place, std::uint8_t byte, CarriedError& carried) const noexcept;
  [[nodiscard]] std::uint8_t nearest_byte(std::size_t place, CarriedError carried) const noexcept;
  void bound();
  void build_path(std::size_t place);
  void offer_literals(std::size_t place);
  void extend_from(std::size_t place, std::size_t distance);
  void try_chain(std::size_t place, std::span<const std::uint8_t> wanted);
  void finish_row(SymbolCounts& counts);

  const DiffusedTargets& targets_;
  const IndexColours& colours_;
  const SearchCosts& costs_;
  MatchEffort effort_;
  std::uint32_t width_;
  std::uint32_t depth_;
  std::size_t stride_;
  std::vector<std::uint8_t> bytes_;  // the window, the rows that are final, the path that is looked at
  std::size_t begin_ = 0;            // of the row, in bytes_
  std::size_t built_ = 0;            // the end of the path that is looked at
  std::vector<Node> nodes_;
  std::vector<std::int64_t> bound_;  // costs of a row of literals, summed from the left
  std::vector<std::int64_t> least_;  // of its distances alone
  std::size_t skip_to_ = 0;
  std::vector<std::size_t> path_;
  std::vector<std::int32_t> heads_;     // places by the hash of their bytes, the latest first
  std::vector<std::int32_t> previous_;  // the place before with the same hash
};

}  // namespace vqi::detail
