// MatchTree: all matches worth a thought at each place of the window, found by binary trees of suffixes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "deflate_alphabet.hpp"

namespace vqi::detail {

/// Earlier bytes that equal those at a place.
struct WindowMatch {
  std::uint16_t length = 0;    ///< 3 .. 258
  std::uint16_t distance = 0;  ///< less 1
};

/// Places with the same four bytes form a tree that is ordered by what follows, the latest place at its root, as in the
/// match finders of LZMA and of libdeflate. Looking a place up makes it the new root, and meets the nearest of the
/// matches of each length on the way. Inside a run of one byte, places of the same distance to its end form a tree: all
/// in one would be ordered by that distance and so be a list. Shorter matches there, and those of three bytes, are
/// found by tables of the latest places.
class MatchTree {
 public:
  /// Borrows the bytes. `depth`: how many places are compared at most.
  MatchTree(std::span<const std::uint8_t> bytes, std::uint32_t depth);

  /// Appends the matches at `place`, longer and farther ones after shorter and nearer ones. Each place is to be looked
  /// up once, in order; not from the first one on.
  void look_up(std::size_t place, std::vector<WindowMatch>& matches);

 private:
  /// Appends the matches that tables find, and returns the length of the longest, 2 if there is none. `key` gets the
  /// number of the place's tree.
  std::size_t look_into_tables(std::size_t place, std::size_t most, std::vector<WindowMatch>& matches,
                               std::uint32_t& key);

  static constexpr std::size_t ring_size = farthest_match;
  static constexpr std::uint32_t tree_bits = 16;
  static constexpr std::uint32_t triple_bits = 15;
  static constexpr std::size_t tree_bytes = 4;

  std::span<const std::uint8_t> bytes_;
  std::uint32_t depth_;
  std::size_t run_end_ = 0;            // where the byte at the last place ceases to repeat
  std::vector<std::int64_t> roots_;    // by the hash of four bytes, or of a run's byte and length
  std::vector<std::int64_t> runs_;     // the latest place in a run of four, by its byte
  std::vector<std::int64_t> triples_;  // the latest place, by the hash of three bytes
  /// Of each place in a ring: the trees of what is less and of what is greater.
  std::vector<std::array<std::int64_t, 2>> children_;
};

}  // namespace vqi::detail
