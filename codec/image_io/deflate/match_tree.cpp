// A tree is cut along the path of the new root: what is less hangs to one side of it, what is greater to the other.
#include "match_tree.hpp"

#include <algorithm>
#include <bit>

#include "bytes.hpp"
#include "match_hash.hpp"

namespace vqi::detail {
namespace {

constexpr std::int64_t nowhere = -1;

std::uint32_t hash_of_three(const std::uint8_t* bytes, std::uint32_t bits) {
  const std::uint32_t word = bytes[0] | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16;
  return (word * 0x9E3779B1U) >> (32 - bits);
}

/// How far a and b are equal, `equal` bytes of which are known to be, at most `most`.
std::size_t equal_length(const std::uint8_t* a, const std::uint8_t* b, std::size_t equal, std::size_t most) {
  constexpr std::size_t word = 8;
  for (; equal + word <= most; equal += word) {
    const std::uint64_t differ = load_le(reinterpret_cast<const std::byte*>(a + equal), word) ^
                                 load_le(reinterpret_cast<const std::byte*>(b + equal), word);
    if (differ != 0) return equal + static_cast<std::size_t>(std::countr_zero(differ)) / 8;
  }
  while (equal < most && a[equal] == b[equal]) ++equal;
  return equal;
}

}  // namespace

MatchTree::MatchTree(std::span<const std::uint8_t> bytes, std::uint32_t depth)
    : bytes_(bytes),
      depth_(depth),
      roots_(std::size_t{1} << tree_bits, nowhere),
      runs_(256, nowhere),
      triples_(std::size_t{1} << triple_bits, nowhere),
      children_(ring_size) {}

std::size_t MatchTree::look_into_tables(std::size_t place, std::size_t most, std::vector<WindowMatch>& matches,
                                        std::uint32_t& key) {
  const std::uint8_t* const here = bytes_.data() + place;
  const auto now = static_cast<std::int64_t>(place);
  std::size_t longest = shortest_match - 1;
  const auto offer = [&](std::int64_t at, std::size_t known) {
    if (at == nowhere || now - at >= std::int64_t{farthest_match}) return;
    const std::size_t equal = equal_length(bytes_.data() + at, here, known, most);
    if (equal <= longest) return;
    longest = equal;
    matches.push_back({static_cast<std::uint16_t>(equal), static_cast<std::uint16_t>(now - at - 1)});
  };
  std::int64_t& triple = triples_[hash_of_three(here, triple_bits)];
  offer(triple, 0);
  triple = now;
  if (run_end_ <= place) {
    run_end_ = place + 1;
    while (run_end_ < bytes_.size() && bytes_[run_end_] == *here) ++run_end_;
  }
  const std::size_t run = std::min(run_end_ - place, most);
  key = hash_of_four(here, tree_bits);
  if (run < tree_bytes) return longest;
  std::int64_t& latest = runs_[*here];
  offer(latest, tree_bytes);
  latest = now;
  const std::array<std::uint8_t, tree_bytes> run_key{*here, static_cast<std::uint8_t>(run),
                                                     static_cast<std::uint8_t>(run >> 8), 0xA5};
  key = hash_of_four(run_key.data(), tree_bits);
  return longest;
}

void MatchTree::look_up(std::size_t place, std::vector<WindowMatch>& matches) {
  const std::size_t most = std::min<std::size_t>(longest_match, bytes_.size() - place);
  if (most < tree_bytes) return;
  const std::uint8_t* const here = bytes_.data() + place;
  const auto now = static_cast<std::int64_t>(place);
  std::uint32_t key = 0;
  std::size_t longest = look_into_tables(place, most, matches, key);
  std::int64_t at = roots_[key];
  roots_[key] = now;
  std::array<std::int64_t, 2>& own = children_[place % ring_size];
  std::int64_t* less = &own[0];
  std::int64_t* greater = &own[1];
  std::size_t equal_less = 0;
  std::size_t equal_greater = 0;
  for (std::uint32_t i = 0; i < depth_ && at != nowhere && now - at < std::int64_t{farthest_match}; ++i) {
    const std::uint8_t* const there = bytes_.data() + at;
    std::array<std::int64_t, 2>& child = children_[static_cast<std::size_t>(at) % ring_size];
    const std::size_t equal = equal_length(there, here, std::min(equal_less, equal_greater), most);
    if (equal > longest) {
      longest = equal;
      matches.push_back({static_cast<std::uint16_t>(equal), static_cast<std::uint16_t>(now - at - 1)});
    }
    if (equal == most) {  // alike as far as matters: it takes the place of the older one
      *less = child[0];
      *greater = child[1];
      return;
    }
    if (there[equal] < here[equal]) {
      *less = at;
      less = &child[1];
      at = child[1];
      equal_less = equal;
    } else {
      *greater = at;
      greater = &child[0];
      at = child[0];
      equal_greater = equal;
    }
  }
  *less = nowhere;
  *greater = nowhere;
}

}  // namespace vqi::detail
