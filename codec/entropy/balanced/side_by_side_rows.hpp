// SideBySideRows: positions and errors of predictions in the rows that are coded side by side and in those above them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "error_rows.hpp"
#include "index_model.hpp"
#include "map_rows.hpp"

namespace vqi::detail {

/// Outside the map there is what MapRows and ErrorRows have there. Rows are numbered within their group of four.
class SideBySideRows {
 public:
  explicit SideBySideRows(std::size_t width)
      : width_(width),
        positions_(kept_rows * (width + 2 * MapRows::margin), std::uint16_t{0}),
        errors_(kept_rows * (width + 2), ErrorRows::outside) {
    for (std::size_t i = 0; i < kept_rows; ++i) {
      position_rows_[i] = positions_.data() + i * (width + 2 * MapRows::margin) + MapRows::margin;
      error_rows_[i] = errors_.data() + i * (width + 2) + 1;
    }
  }

  /// Moves on to the next group of rows.
  void end_group() noexcept {
    std::rotate(position_rows_.begin(), position_rows_.begin() + rows_side_by_side, position_rows_.end());
    std::rotate(error_rows_.begin(), error_rows_.begin() + rows_side_by_side, error_rows_.end());
  }

  /// What surrounds column `x` of a row; those before it must have been coded, and those up to five columns ahead
  /// above.
  [[nodiscard]] Surroundings surroundings(std::size_t row, std::size_t x) noexcept {
    std::uint16_t* const here = position_rows_[rows_above + row];
    if (x == 0) std::fill_n(here - MapRows::margin, MapRows::margin, position_rows_[rows_above + row - 1][0]);
    return {here + x, position_rows_[rows_above + row - 1] + x, position_rows_[rows_above + row - 2] + x,
            position_rows_[rows_above + row - 3] + x, position_rows_[rows_above + row - 4] + x};
  }
  /// As ErrorRows::level.
  [[nodiscard]] std::uint32_t level(std::size_t row, std::size_t x) const noexcept {
    const std::uint16_t* const here = error_rows_[rows_above + row] + x;
    const std::uint16_t* const above = error_rows_[rows_above + row - 1] + x;
    return ErrorRows::level_of(here[-1], above[0], above[-1], above[1]);
  }

  /// Enters a position and the error of its prediction.
  void set(std::size_t row, std::size_t x, std::uint32_t position, std::uint16_t error) noexcept {
    std::uint16_t* const here = position_rows_[rows_above + row];
    here[x] = static_cast<std::uint16_t>(position);
    error_rows_[rows_above + row][x] = error;
    if (x + 1 < width_) return;
    std::fill_n(here + width_, MapRows::margin, here[x]);
    error_rows_[rows_above + row][width_] = error;
  }
  [[nodiscard]] std::uint16_t position(std::size_t row, std::size_t x) const noexcept {
    return position_rows_[rows_above + row][x];
  }
  /// The error above: half of it is that of a vector that needed no prediction.
  [[nodiscard]] std::uint16_t error_above(std::size_t row, std::size_t x) const noexcept {
    return error_rows_[rows_above + row - 1][x];
  }

  /// Memory of an object, in bytes.
  [[nodiscard]] static std::uint64_t size_bytes(std::uint32_t width) noexcept {
    return kept_rows * (2 * std::uint64_t{width} + 2 * MapRows::margin + 2) * sizeof(std::uint16_t);
  }

 private:
  static constexpr std::size_t rows_above = 4;
  static constexpr std::size_t kept_rows = rows_above + rows_side_by_side;

  std::size_t width_;
  std::vector<std::uint16_t> positions_;
  std::vector<std::uint16_t> errors_;
  std::array<std::uint16_t*, kept_rows> position_rows_{};
  std::array<std::uint16_t*, kept_rows> error_rows_{};
};

}  // namespace vqi::detail
