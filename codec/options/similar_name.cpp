// The optimal string alignment distance, by dynamic programming.
#include "vqi/option_values.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace vqi {
namespace {

/// Insertions, deletions, changes and exchanges of neighbours that make `to` of `from`.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  const std::size_t width = to.size() + 1;
  std::vector<std::size_t> before(width);  // the row two above the current one
  std::vector<std::size_t> above(width);
  std::vector<std::size_t> current(width);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= from.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t changed = above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      current[j] = std::min({changed, above[j] + 1, current[j - 1] + 1});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
        current[j] = std::min(current[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(current);
  }
  return above.back();
}

/// The only one of `known` that begins with `typed`.
std::optional<std::string> only_completion(std::string_view typed, std::span<const std::string> known) {
  constexpr std::size_t shortest = 3;  // letters that say enough
  if (typed.size() < shortest) return std::nullopt;
  const auto begins = [&](const std::string& name) { return name.starts_with(typed); };
  if (std::count_if(known.begin(), known.end(), begins) != 1) return std::nullopt;
  return *std::find_if(known.begin(), known.end(), begins);
}

}  // namespace

std::optional<std::string> similar_name(std::string_view typed, std::span<const std::string> known) {
  constexpr std::size_t longest = 40;  // no name of ours is as long
  if (typed.size() > longest) return std::nullopt;
  if (std::optional<std::string> completed = only_completion(typed, known)) return completed;
  std::optional<std::string> nearest;
  std::size_t least = std::max<std::size_t>(1, typed.size() / 3) + 1;
  for (const std::string& name : known) {
    const std::size_t distance = edit_distance(typed, name);
    if (distance >= least) continue;
    least = distance;
    nearest = name;
  }
  return nearest;
}

}  // namespace vqi
