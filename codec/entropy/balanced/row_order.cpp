// Looks neighbourhoods up in a table of the last index that each was seen with.
#include "row_order.hpp"

#include <algorithm>
#include <vector>

#include "context_hash.hpp"
#include "map_rows.hpp"

namespace vqi::detail {
namespace {

constexpr unsigned table_bits = 15;
constexpr std::size_t band_rows = 32;
/// Of larger maps some bands of rows are looked at.
constexpr std::size_t vectors_max = std::size_t{1} << 19;

class SeenNeighbourhoods {
 public:
  /// Enters what surrounds the index at `here`, whose rows are `width` apart.
  void add(const std::uint16_t* here, std::size_t width) {
    const std::uint16_t* const above = here - width;
    const std::uint16_t* const two_above = above - width;
    const std::uint16_t w = here[-1], n = above[0];
    if (w == n && w == above[-1] && w == above[1]) return;
    const std::uint64_t four = mix(1, joined(w, n, above[-1], above[1]));
    const std::uint64_t ten =
        mix(mix(four, joined(here[-2], two_above[0])), joined(above[-2], above[2], two_above[-1], two_above[1]));
    const std::uint64_t hash = ten * hash_factor;
    const std::uint32_t entry = (static_cast<std::uint32_t>(hash >> 32) & 0xFFFF0000U) | here[0];
    std::uint32_t& last = table_[hash >> (64 - table_bits)];
    ++count_;
    repeats_ += last == entry ? 1 : 0;
    last = entry;
  }
  [[nodiscard]] bool seldom_repeat() const noexcept { return 2 * repeats_ < count_; }

 private:
  std::vector<std::uint32_t> table_ = std::vector<std::uint32_t>(std::size_t{1} << table_bits);
  std::size_t count_ = 0;
  std::size_t repeats_ = 0;
};

}  // namespace

bool seldom_repeats(std::span<const std::uint16_t> indices, std::size_t map_width) {
  SeenNeighbourhoods seen;
  const std::size_t rows = indices.size() / map_width;
  const std::size_t bands_apart = std::max<std::size_t>(1, (indices.size() + vectors_max - 1) / vectors_max);
  for (std::size_t y = 2; y < rows; ++y) {
    if (y / band_rows % bands_apart != 0) continue;
    for (std::size_t x = 2; x + 2 < map_width; ++x) seen.add(indices.data() + y * map_width + x, map_width);
  }
  return seen.seldom_repeat();
}

}  // namespace vqi::detail
