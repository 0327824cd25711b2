// Far matches have to be longer, as their distances cost more than the literals that they spare.
#include "greedy_parse.hpp"

#include <algorithm>

#include "match_hash.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t hash_bits = 15;
constexpr std::uint32_t key_bytes = 4;
constexpr std::uint32_t places_tried = 8;
/// A match at a greater distance has at least `key_bytes + 1` bytes.
constexpr std::size_t near_distance = 4096;

/// Earlier places by a hash of the bytes there, the latest first.
class HashedPlaces {
 public:
  explicit HashedPlaces(std::span<const std::uint8_t> bytes)
      : bytes_(bytes), heads_(std::size_t{1} << hash_bits, -1), previous_(farthest_match, -1) {}

  void add(std::size_t place) {
    if (place + key_bytes > bytes_.size()) return;
    std::int64_t& head = heads_[hash(place)];
    previous_[place % farthest_match] = head;
    head = static_cast<std::int64_t>(place);
  }

  /// The longest match at `place`, as a step; a literal if there is none.
  [[nodiscard]] DeflateStep longest(std::size_t place) const {
    DeflateStep best{0, bytes_[place]};
    if (place > 0) offer(place, 1, best);
    if (place + key_bytes > bytes_.size()) return best;
    std::int64_t at = heads_[hash(place)];
    for (std::uint32_t i = 0; i < places_tried && at >= 0; ++i) {
      const std::size_t distance = place - static_cast<std::size_t>(at);
      if (distance > farthest_match) break;
      offer(place, distance, best);
      at = previous_[static_cast<std::size_t>(at) % farthest_match];
    }
    return best;
  }

 private:
  [[nodiscard]] std::uint32_t hash(std::size_t place) const { return hash_of_four(bytes_.data() + place, hash_bits); }

  void offer(std::size_t place, std::size_t distance, DeflateStep& best) const {
    const std::size_t most = std::min<std::size_t>(longest_match, bytes_.size() - place);
    std::size_t length = 0;
    while (length < most && bytes_[place + length] == bytes_[place + length - distance]) ++length;
    const std::size_t least = distance > near_distance ? key_bytes + 1 : distance > 1 ? key_bytes : shortest_match;
    if (length >= least && length > best.length)
      best = {static_cast<std::uint16_t>(length), static_cast<std::uint16_t>(distance - 1)};
  }

  std::span<const std::uint8_t> bytes_;
  std::vector<std::int64_t> heads_;
  std::vector<std::int64_t> previous_;
};

}  // namespace

std::vector<DeflateStep> parse_greedily(std::span<const std::uint8_t> bytes, const std::function<void()>& poll) {
  constexpr std::size_t steps_between_polls = std::size_t{1} << 16;
  HashedPlaces places(bytes);
  std::vector<DeflateStep> steps;
  for (std::size_t place = 0; place < bytes.size();) {
    if (steps.size() % steps_between_polls == 0) poll();
    steps.push_back(places.longest(place));
    for (std::size_t end = place + std::max<std::size_t>(1, steps.back().length); place < end; ++place)
      places.add(place);
  }
  return steps;
}

}  // namespace vqi::detail
