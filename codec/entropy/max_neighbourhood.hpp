// MaxNeighbourhood: the positions around a vector, and the numbers of the contexts that the model "max" makes of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "additive_expert.hpp"
#include "context_hash.hpp"
#include "map_rows.hpp"
#include "max_state.hpp"

namespace vqi {

/// Context numbers of a flat flag, and how many of nine more neighbours are alike.
struct FlatContexts {
  std::array<std::uint64_t, MaxState::flat_contexts> numbers;
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
    return {{mix(1, pattern), mix(2, joined(n, pattern)), mix(3, joined(n, alike)), near, sixty(near),
             mix(mix(4, n), joined(ww, nn, nee, nne))},
            alike};
  }

  /// The contexts of a path but for those that the path itself makes, whose places are left 0.
  [[nodiscard]] std::array<std::uint64_t, MaxState::path_contexts> path_contexts(
      const std::array<std::uint32_t, 2>& guessed, const std::array<std::uint32_t, 2>& levels,
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
    return {0,
            mix(2, w),
            mix(3, n),
            mix(4, joined(w, n)),
            near,
            sixty(near),
            mix(5, joined(w, n, nw)),
            mix(6, joined(w, n, ne)),
            four,
            mix(7, joined(w, ww)),
            mix(8, joined(n, nn)),
            mix(9, joined(guessed[0], levels[0])),
            mix(10, joined(guessed[1], levels[1])),
            mix(11, joined(guessed[0], w)),
            mix(12, joined(guessed[0], n)),
            mix(13, joined(guessed[0], guessed[1])),
            six,
            ten,
            more,
            mix(14, joined(w, ww, www)),
            mix(15, joined(n, nn, nnn)),
            mix(16, joined(guessed[1], w, n)),
            mix(mix(17, top(w, n, nw, ne)), top(ww, nn, nee, nne)),
            0,
            0,
            0};
  }

  /// What the additive expert sums over.
  [[nodiscard]] std::array<std::uint64_t, AdditiveExpert::features> features(std::uint32_t guessed,
                                                                             std::uint32_t level) const noexcept {
    return {0,
            mix(1, w),
            mix(1, n),
            mix(1, nw),
            mix(1, ne),
            mix(1, ww),
            mix(1, nn),
            mix(1, joined(guessed, level)),
            mix(1, joined(w, n)),
            mix(1, joined(w, n, nw, ne))};
  }

  std::array<const std::uint16_t*, 7> rows;  ///< at the vector's column, upwards from its own row
  std::uint32_t w, n, nw, ne, ww, nn, nee, nne, nww, nnw, www, nnn;

 private:
  [[nodiscard]] static std::uint64_t eight(std::uint64_t context, const std::uint16_t* first) noexcept {
    return mix(mix(context, joined(first)), joined(first + 4));
  }
  /// 28 neighbours in four rows.
  [[nodiscard]] std::uint64_t thirty() const noexcept {
    const std::uint64_t above = eight(mix(18, joined(rows[0] - 4)), rows[1] - 4);
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

}  // namespace vqi
