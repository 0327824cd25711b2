// The search for bytes that copy earlier ones where the error allows it: LZ77 with matches that lose something.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "byte_distances.hpp"
#include "deflate_steps.hpp"
#include "filtered_bytes.hpp"
#include "search_costs.hpp"

namespace vqi::detail {

/// How wide the search is.
struct MatchEffort {
  std::uint32_t near = 4;        ///< distances tried on the path itself, at most 8
  std::uint32_t rows = 2;        ///< rows above whose bytes are tried,
  std::uint32_t reach = 1;       ///< from so far to the left to so far to the right
  std::uint32_t chain = 6;       ///< places tried with the same 4 bytes
  std::uint32_t long_chain = 4;  ///< places tried with the same 8 bytes
};

/// Chooses the bytes of a strip by a shortest path over literals and matches. Sources are what is chosen already, found
/// through hashes of the bytes that the pass before chose; short runs copy from the path itself. Every
/// `commit_bytes` the best path is made final.
class MatchSearch {
 public:
  static constexpr std::size_t commit_bytes = 32;
  /// Bytes between what is final and where the search is.
  static constexpr std::size_t ahead_bytes = 64;

  /// Prices hold for so many bytes, as a block of DEFLATE has codes of its own.
  static constexpr std::size_t region_bytes = std::size_t{1} << 16;

  /// Borrows `distances` and `costs`, of which each region of the strip has one. `stride` is the bytes of a row with
  /// its filter's.
  MatchSearch(const ByteDistances& distances, std::span<const SearchCosts> costs, const MatchEffort& effort,
              std::size_t stride);

  /// A strip before it is searched.
  struct Strip {
    std::span<const std::uint8_t> wanted;    ///< its bytes in the pass before, after up to 32 KiB that come before them
    std::span<const std::uint8_t> literals;  ///< a start for its literals: the nearest colours, without a filter
    /// How much more an error counts than once, 1 to `largest_weight`, as copies of the byte will have it too.
    std::span<const std::uint8_t> weights;
    std::span<const std::uint8_t> packed{};  ///< `wanted` without filters; empty: these have none
    std::span<const RowFilter> filters{};    ///< of each row of the strip; empty: none
  };
  static constexpr std::uint8_t largest_weight = 4;
  /// Returns the strip's bytes without filters, and adds their symbols with filters to the `counts` of their regions.
  [[nodiscard]] std::vector<std::uint8_t> search(const Strip& strip, std::span<SymbolCounts> counts);

 private:
  struct Node {
    std::int64_t cost = 0;
    std::uint32_t distance = 0;  // of the step that leads here; 0: a literal
    std::uint16_t length = 0;    // of that step; 0: not reached
  };
  /// Places of the same hash, the latest first.
  struct Chains {
    std::vector<std::int32_t> heads;
    std::vector<std::int32_t> previous;
  };

  /// The cheapest match that was followed from a place, by its length.
  struct Rival {
    std::size_t place = ~std::size_t{0};
    std::int64_t cost = 0;
  };

  void price_literals(const Strip& strip);
  [[nodiscard]] bool is_beaten(std::size_t place, std::size_t length, std::int64_t cost);
  [[nodiscard]] std::int64_t weighted_distance(std::size_t place, std::uint8_t byte) const noexcept {
    const std::int32_t nearest = nearest_[place];
    return (nearest + std::int64_t{distances_.distance(place, byte) - nearest} * weights_[place]) * cost_unit;
  }
  [[nodiscard]] ByteDistances::Literal literal_at(std::size_t place, std::uint8_t start) const noexcept;
  void build_path(std::size_t place);
  void extend(std::size_t place);
  void extend_from(std::size_t place, std::size_t distance);
  void try_chain(std::size_t place, const Chains& chains, std::uint32_t hash, std::uint32_t most);
  void commit(std::size_t target, std::size_t frontier, std::span<SymbolCounts> counts);
  void insert_hashes(std::size_t end);

  const ByteDistances& distances_;
  [[nodiscard]] const SearchCosts& costs_at(std::size_t place) const noexcept { return costs_[place / region_bytes]; }

  std::span<const SearchCosts> costs_;
  MatchEffort effort_;
  std::size_t stride_;
  std::int64_t slack_ = 0;
  std::int64_t rival_slack_;
  std::array<Rival, longest_match + 1> rivals_{};
  std::vector<ByteDistances::Literal> literals_;  // as the rows are filtered
  std::vector<std::uint8_t> starts_;              // of literals in filtered rows
  std::vector<std::int32_t> nearest_;             // distances of the nearest bytes
  std::span<const std::uint8_t> weights_;
  std::vector<std::int64_t> bound_;  // costs of literals, summed from the left
  std::vector<std::int64_t> least_;  // the least distances, summed from the left
  std::vector<Node> nodes_;
  FilteredBytes bytes_;               // the window, what is final of the strip, the path that is looked at
  std::size_t committed_ = 0;         // bytes of the strip that are final
  std::size_t built_ = 0;             // the end of the path that is looked at
  std::vector<std::uint8_t> wanted_;  // window and strip in the pass before, and some zeros
  std::size_t window_ = 0;            // bytes of the window
  std::size_t hashed_ = 0;            // places that are in the chains
  Chains short_;
  Chains long_;
  std::size_t skip_to_ = 0;
  std::vector<std::size_t> path_;
};

}  // namespace vqi::detail
