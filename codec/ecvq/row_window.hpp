// RowWindow: the coordinates of a strip's current row and of some rows below it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index_choice.hpp"

namespace vqi::detail {

class RowWindow {
 public:
  /// Holds `depth` rows, the current one included, of vectors with `dimension` coordinates. `vectors` is borrowed.
  RowWindow(const StripVectors& vectors, std::uint32_t dimension, std::size_t depth)
      : vectors_(vectors),
        dimension_(dimension),
        depth_(std::min(depth, vectors.rows)),
        coordinates_(depth_ * vectors.width * dimension) {
    for (std::size_t y = 0; y + 1 < depth_; ++y) read(y);
  }

  /// Makes row `y` the current one: 0 first, then one more each time.
  void move_to(std::size_t y) {
    y_ = y;
    if (y + depth_ <= vectors_.rows) read(y + depth_ - 1);
  }
  /// Whether the row `down` below the current one is in the strip and in the window.
  [[nodiscard]] bool has(std::size_t down) const noexcept { return down < depth_ && y_ + down < vectors_.rows; }
  /// The coordinates of column `x` in a row that it has.
  [[nodiscard]] const std::int32_t* at(std::size_t down, std::size_t x) const noexcept {
    return coordinates_.data() + ((y_ + down) % depth_ * vectors_.width + x) * dimension_;
  }

 private:
  void read(std::size_t y) {
    const std::size_t size = vectors_.width * dimension_;
    vectors_.read_row(y, std::span(coordinates_).subspan(y % depth_ * size, size));
  }

  const StripVectors& vectors_;
  std::size_t dimension_;
  std::size_t depth_;
  std::size_t y_ = 0;
  std::vector<std::int32_t> coordinates_;  // (depth, width, dimension), a ring of rows
};

}  // namespace vqi::detail
