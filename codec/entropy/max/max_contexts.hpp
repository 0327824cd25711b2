// The contexts of the model "max": the positions around a vector, and the numbers made of them (FORMAT.md, "A vector"
// of model 3).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "context_hash.hpp"
#include "flat_neighbours.hpp"
#include "logistic_regression.hpp"
#include "map_rows.hpp"
#include "max_state.hpp"

namespace vqi::detail {

/// Context numbers of a flat flag, and how many of nine more neighbours are N.
struct MaxFlatContexts {
  std::array<std::uint32_t, MaxState::flat_contexts> numbers;
  std::uint32_t equal_count;
};

/// The positions around a vector.
struct MaxNeighbourhood {
  MaxNeighbourhood(MapRows& map, std::size_t x) noexcept
      : rows{map.row(0) + x, map.row(1) + x, map.row(2) + x, map.row(3) + x,
             map.row(4) + x, map.row(5) + x, map.row(6) + x},
        w(rows[0][-1]),
        n(rows[1][0]),
        nw(rows[1][-1]),
        ne(rows[1][1]),
        ww(rows[0][-2]),
        nn(rows[2][0]),
        nee(rows[1][2]),
        nne(rows[2][1]),
        nww(rows[1][-2]),
        nnw(rows[2][-1]),
        www(rows[0][-3]),
        nnn(rows[3][0]) {}

  [[nodiscard]] bool flat() const noexcept { return w == n && nw == n && ne == n; }

  [[nodiscard]] MaxFlatContexts flat_contexts() const noexcept {
    const FlatNeighbours beyond(rows[0], rows[1], rows[2]);
    const std::uint64_t near = nearest_28();
    const std::uint64_t runs = joined(n, run(rows[0] - 1, -1), run(rows[1], 1));
    return {{low(mix(1, beyond.pattern)), low(mix(1, joined(n, beyond.pattern))),
             low(mix(1, joined(n, beyond.equal_count))), low(near), low(nearest_80(near)),
             low(mix(mix(1, n), joined(ww, nn, nee, nne))), low(mix(1, runs)),
             low(mix(mix(1, joined(rows[0] - 4)), joined(rows[1] - 3)))},
            beyond.equal_count};
  }

  /// For each prediction of a vector, the position of its point and its error level.
  struct Guesses {
    std::array<std::uint32_t, MaxState::predictions> positions;
    std::array<std::uint32_t, MaxState::predictions> levels;
  };

  static constexpr std::size_t guess_place = 6;  ///< where guess_context() stands among the contexts of a path

  /// The contexts of a path. That of the guess and the last two, which depend on the path itself, are 0 here.
  [[nodiscard]] std::array<std::uint32_t, MaxState::path_contexts> path_contexts(std::uint32_t depth) const noexcept {
    const std::uint64_t four = mix(1, joined(w, n, nw, ne));
    const std::uint64_t six = mix(four, joined(ww, nn));
    const std::uint64_t ten = mix(six, joined(nww, nee, nne, nnw));
    const std::uint64_t more =
        mix(mix(ten, joined(rows[2][-2], rows[2][2], www, nnn)), joined(rows[1][3], rows[1][4], rows[1][-3]));
    const std::uint64_t near = nearest_28();
    const std::uint32_t coarse = depth > 3 ? depth - 3 : 0;  // keeps the three highest bits
    const auto top = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
      return joined(a >> coarse, b >> coarse, c >> coarse, d >> coarse);
    };
    return {low(mix(1, w)),
            low(mix(1, n)),
            low(mix(1, joined(w, ww))),
            low(mix(1, joined(n, nn))),
            low(mix(1, joined(w, ww, www))),
            low(mix(1, joined(n, nn, nnn))),
            0,
            low(four),
            low(six),
            low(ten),
            low(more),
            low(near),
            low(nearest_80(near)),
            low(mix(mix(1, top(w, n, nw, ne)), top(ww, nn, nee, nne))),
            0,
            0};
  }

  /// The context of the best guess.
  [[nodiscard]] std::uint32_t guess_context(const Guesses& guesses) const noexcept {
    return low(mix(1, joined(guesses.positions[0], nw, ne)));
  }

  /// The features of the logistic regression.
  [[nodiscard]] std::array<std::uint32_t, LogisticRegression::features> features(
      const Guesses& guesses) const noexcept {
    const std::array<std::uint32_t, MaxState::predictions>& g = guesses.positions;
    const std::array<std::uint32_t, MaxState::predictions>& l = guesses.levels;
    return {0,
            low(mix(1, w)),
            low(mix(1, n)),
            low(mix(1, nw)),
            low(mix(1, ne)),
            low(mix(1, ww)),
            low(mix(1, nn)),
            low(mix(1, joined(g[0], l[0]))),
            low(mix(1, joined(w, n))),
            low(mix(1, joined(w, n, nw, ne))),
            low(mix(1, nee)),
            low(mix(1, nne)),
            low(mix(1, joined(g[1], l[1]))),
            low(mix(1, joined(g[2], l[2]))),
            low(mix(1, joined(w, nw))),
            low(mix(1, joined(n, ne)))};
  }

  std::array<const std::uint16_t*, 7> rows;  ///< at the vector's column, upwards from its own row
  std::uint32_t w, n, nw, ne, ww, nn, nee, nne, nww, nnw, www, nnn;

 private:
  [[nodiscard]] static std::uint32_t low(std::uint64_t context) noexcept { return static_cast<std::uint32_t>(context); }
  /// How many positions in a row are N, from `first` on and at most 8.
  [[nodiscard]] std::uint32_t run(const std::uint16_t* first, std::ptrdiff_t step) const noexcept {
    std::uint32_t length = 0;
    while (length < 8 && first[step * static_cast<std::ptrdiff_t>(length)] == n) ++length;
    return length;
  }
  /// A hash of 28 neighbours in four rows.
  [[nodiscard]] std::uint64_t nearest_28() const noexcept {
    const std::uint64_t above = mix_eight(mix(1, joined(rows[0] - 4)), rows[1] - 4);
    return mix_eight(mix_eight(above, rows[2] - 4), rows[3] - 4);
  }
  /// A hash of 52 more in seven rows, added to `near`, the hash of the 28.
  [[nodiscard]] std::uint64_t nearest_80(std::uint64_t near) const noexcept {
    std::uint64_t context = mix(mix(near, joined(rows[0] - 8)), joined(rows[1] + 4));
    for (std::size_t above = 2; above <= 6; ++above)
      context = mix(mix_eight(context, rows[above] - 5), joined(rows[above] + 3));
    return context;
  }
};

}  // namespace vqi::detail
