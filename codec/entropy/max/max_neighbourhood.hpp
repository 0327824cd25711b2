// MaxNeighbourhood: the positions around a vector, and the numbers of the contexts that the model "max" makes of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "additive_expert.hpp"
#include "context_hash.hpp"
#include "map_rows.hpp"
#include "max_state.hpp"

namespace vqi::detail {

/// Context numbers of a flat flag, and how many of nine more neighbours are alike.
struct FlatContexts {
  std::array<std::uint32_t, MaxState::flat_contexts> numbers;
  std::uint32_t alike;
};

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

  [[nodiscard]] FlatContexts flat_contexts() const noexcept {
    const std::array<std::uint16_t, 9> nine{static_cast<std::uint16_t>(ww),
                                            static_cast<std::uint16_t>(nn),
                                            static_cast<std::uint16_t>(nee),
                                            static_cast<std::uint16_t>(nne),
                                            static_cast<std::uint16_t>(nww),
                                            static_cast<std::uint16_t>(www),
                                            static_cast<std::uint16_t>(nnw),
                                            rows[1][3],
                                            rows[2][2]};
    std::uint32_t pattern = 0;
    std::uint32_t alike = 0;
    for (std::size_t i = 0; i < nine.size(); ++i) {
      const std::uint32_t equal = nine[i] == n ? 1 : 0;
      pattern |= equal << i;
      alike += equal;
    }
    const std::uint64_t near = thirty();
    const std::uint64_t runs = joined(n, run(rows[0] - 1, -1), run(rows[1], 1));
    return {{low(mix(1, pattern)), low(mix(1, joined(n, pattern))), low(mix(1, joined(n, alike))), low(near),
             low(sixty(near)), low(mix(mix(1, n), joined(ww, nn, nee, nne))), low(mix(1, runs)),
             low(mix(mix(1, joined(rows[0] - 4)), joined(rows[1] - 3)))},
            alike};
  }

  /// What is predicted of a vector.
  struct Guesses {
    std::array<std::uint32_t, MaxState::predictions> positions;
    std::array<std::uint32_t, MaxState::predictions> levels;
  };

  /// The contexts of a path but for those that the path itself makes, whose places are left 0.
  [[nodiscard]] std::array<std::uint32_t, MaxState::path_contexts> path_contexts(const Guesses& guesses,
                                                                                 std::uint32_t depth) const noexcept {
    const std::uint64_t four = mix(1, joined(w, n, nw, ne));
    const std::uint64_t six = mix(four, joined(ww, nn));
    const std::uint64_t ten = mix(six, joined(nww, nee, nne, nnw));
    const std::uint64_t more =
        mix(mix(ten, joined(rows[2][-2], rows[2][2], www, nnn)), joined(rows[1][3], rows[1][4], rows[1][-3]));
    const std::uint64_t near = thirty();
    const std::uint32_t coarse = depth > 3 ? depth - 3 : 0;  // leaves the three highest bits
    const auto top = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
      return joined(a >> coarse, b >> coarse, c >> coarse, d >> coarse);
    };
    return {low(mix(1, w)),
            low(mix(1, n)),
            low(mix(1, joined(w, ww))),
            low(mix(1, joined(n, nn))),
            low(mix(1, joined(w, ww, www))),
            low(mix(1, joined(n, nn, nnn))),
            low(mix(1, joined(guesses.positions[0], nw, ne))),
            low(four),
            low(six),
            low(ten),
            low(more),
            low(near),
            low(sixty(near)),
            low(mix(mix(1, top(w, n, nw, ne)), top(ww, nn, nee, nne))),
            0,
            0};
  }

  /// What the additive expert sums over.
  [[nodiscard]] std::array<std::uint32_t, AdditiveExpert::features> features(const Guesses& guesses) const noexcept {
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
  /// How many positions from `first` on are N, up to 8.
  [[nodiscard]] std::uint32_t run(const std::uint16_t* first, std::ptrdiff_t step) const noexcept {
    std::uint32_t length = 0;
    while (length < 8 && first[step * static_cast<std::ptrdiff_t>(length)] == n) ++length;
    return length;
  }
  [[nodiscard]] static std::uint64_t eight(std::uint64_t context, const std::uint16_t* first) noexcept {
    return mix(mix(context, joined(first)), joined(first + 4));
  }
  /// 28 neighbours in four rows.
  [[nodiscard]] std::uint64_t thirty() const noexcept {
    const std::uint64_t above = eight(mix(1, joined(rows[0] - 4)), rows[1] - 4);
    return eight(eight(above, rows[2] - 4), rows[3] - 4);
  }
  /// And 52 more in seven rows.
  [[nodiscard]] std::uint64_t sixty(std::uint64_t near) const noexcept {
    std::uint64_t context = mix(mix(near, joined(rows[0] - 8)), joined(rows[1] + 4));
    for (std::size_t above = 2; above <= 6; ++above)
      context = mix(eight(context, rows[above] - 5), joined(rows[above] + 3));
    return context;
  }
};

}  // namespace vqi::detail
