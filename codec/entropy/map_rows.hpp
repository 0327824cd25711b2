// MapRows: the tree positions of the row being coded and of the rows above, with margins at both ends.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vqi::detail {

/// Where the positions around a vector are: pointers to its own column in its row and in rows above it.
struct Surroundings {
  const std::uint16_t* row;
  const std::uint16_t* above;
  const std::uint16_t* two_above;
  const std::uint16_t* three_above;
  const std::uint16_t* four_above;

  /// Whether the four neighbours are the same.
  [[nodiscard]] bool flat() const noexcept {
    const std::uint16_t n = above[0];
    return row[-1] == n && above[-1] == n && above[1] == n;
  }
  /// W, N, NW, NE, WW, NN.
  [[nodiscard]] std::array<std::uint32_t, 6> nearest_six() const noexcept {
    return {row[-1], above[0], above[-1], above[1], row[-2], two_above[0]};
  }
};

/// What stands outside the map (FORMAT.md, "Neighbours"): above the first row position 0, to the left
/// the first position of the row above, to the right the last one of the row.
class MapRows {
 public:
  static constexpr std::size_t margin = 8;  ///< columns that may be asked for beyond either end

  explicit MapRows(std::size_t width)
      : width_(width), stride_(width + 2 * margin), positions_(row_count * stride_, std::uint16_t{0}) {}

  /// Moves on to the next row.
  void begin_row() noexcept {
    ++y_;
    std::fill_n(row(0) - margin, margin, row(1)[0]);
  }
  /// To be called when the current row's positions are all known.
  void end_row() noexcept { std::fill_n(row(0) + width_, margin, row(0)[width_ - 1]); }

  /// The row `above` rows over the current one (0 .. 6), at its first column.
  [[nodiscard]] std::uint16_t* row(std::size_t above) noexcept {
    return positions_.data() + (y_ + row_count - above) % row_count * stride_ + margin;
  }

  /// What is around column `x` of the current row.
  [[nodiscard]] Surroundings surroundings(std::size_t x) noexcept {
    return {row(0) + x, row(1) + x, row(2) + x, row(3) + x, row(4) + x};
  }
  /// What is around column `x` of the row after the current one, of which `next` holds a guess.
  [[nodiscard]] Surroundings surroundings_below(const std::uint16_t* next, std::size_t x) noexcept {
    return {next + x, row(0) + x, row(1) + x, row(2) + x, row(3) + x};
  }

  /// Memory of an object, in bytes.
  [[nodiscard]] static std::uint64_t size_bytes(std::uint32_t width) noexcept {
    return row_count * (std::uint64_t{width} + 2 * margin) * sizeof(std::uint16_t);
  }

 private:
  static constexpr std::size_t row_count = 8;

  std::size_t width_;
  std::size_t stride_;
  std::size_t y_ = row_count - 1;  // begin_row makes it the ring's row 0
  std::vector<std::uint16_t> positions_;
};

/// Up to four positions as one number, the first one lowest.
[[nodiscard]] constexpr std::uint64_t joined(std::uint64_t a, std::uint64_t b, std::uint64_t c = 0,
                                             std::uint64_t d = 0) noexcept {
  return a | b << 16 | c << 32 | d << 48;
}
/// The same of four positions one behind the other.
[[nodiscard]] inline std::uint64_t joined(const std::uint16_t* first) noexcept {
  return joined(first[0], first[1], first[2], first[3]);
}

}  // namespace vqi::detail
