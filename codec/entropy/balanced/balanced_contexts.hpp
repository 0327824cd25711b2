// What the model "balanced" looks at: the positions around a vector, and the contexts that they make.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "balanced_state.hpp"
#include "context_hash.hpp"
#include "map_rows.hpp"
#include "path_pattern.hpp"

namespace vqi::detail {

/// Numbers of the contexts of a path; each node mixes its own number in.
using PathContexts = std::array<std::uint64_t, BalancedState::contexts>;

[[nodiscard]] inline PathContexts path_contexts(const Surroundings& at) noexcept {
  const std::uint32_t w = at.row[-1], n = at.above[0], nw = at.above[-1], ne = at.above[1];
  const std::uint32_t ww = at.row[-2], nn = at.two_above[0];
  const std::uint64_t four = mix(1, joined(w, n, nw, ne));
  const std::uint64_t six = mix(four, joined(ww, nn));
  const std::uint64_t ten = mix(six, joined(at.above[-2], at.above[2], at.two_above[-1], at.two_above[1]));
  return {mix(2, joined(w, n)), four, six, ten, mix(3, joined(n, ne)), mix(4, joined(w, ww))};
}

/// The contexts of the flag of a flat neighbourhood.
struct FlatContexts {
  std::uint32_t pattern = 0;  ///< which of nine more positions are as those around
  std::uint32_t alike = 0;    ///< how many

  explicit FlatContexts(const Surroundings& at) noexcept
      : at_(at), around_{at.row[-2], at.two_above[0],  at.above[2], at.two_above[1], at.above[-2],
                         at.row[-3], at.two_above[-1], at.above[3], at.two_above[2]} {
    for (std::size_t i = 0; i < around_.size(); ++i) {
      const std::uint32_t equal = around_[i] == at.above[0] ? 1 : 0;
      pattern |= equal << i;
      alike += equal;
    }
  }

  /// Puts the counters of the flag first into `counters`.
  void choose(BalancedState& state, std::array<Counter*, 8>& counters) const noexcept {
    const std::uint16_t n = at_.above[0];
    const auto eight = [](std::uint64_t context, const std::uint16_t* first) {
      return mix(mix(context, joined(first)), joined(first + 4));
    };
    const std::uint64_t above = eight(1, at_.above - 3);
    const std::uint64_t near = mix(mix(above, joined(at_.row - 4)), joined(at_.two_above - 1));
    std::uint64_t far = eight(eight(above, at_.two_above - 3), at_.three_above - 3);
    far = eight(eight(far, at_.four_above - 3), at_.row - 8);
    const std::uint64_t sparse = mix(mix(2, n), joined(around_[0], around_[1], around_[2], around_[3]));
    constexpr unsigned bits = BalancedState::flat_bits;
    Counter* const tables = state.flat_counters.data();
    const auto counter = [&](std::size_t table, std::uint64_t context) {
      return tables + (table << bits) + table_place(context, bits);
    };
    counters = {tables + pattern,   counter(1, joined(n, pattern)), counter(2, near), counter(3, far),
                counter(4, sparse), counter(5, joined(n, alike))};
  }

 private:
  const Surroundings& at_;
  std::array<std::uint16_t, 9> around_;
};

}  // namespace vqi::detail
