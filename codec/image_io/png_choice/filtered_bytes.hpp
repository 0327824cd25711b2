// FilteredBytes: bytes of rows as their filters leave them, and as they were, while a search chooses them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "png_rows.hpp"

namespace vqi::detail {

/// Rows of a strip, a byte for the filter before each, after the bytes that come before them. A byte that a filter
/// changed is a residual; without filters residuals and bytes are the same.
class FilteredBytes {
 public:
  /// `residuals` and `packed` have the bytes before the strip and the strip itself; of `filters` each row of the strip
  /// has one, or none if all have None. `stride` is the bytes of a row with its filter's. Nothing is borrowed.
  void reset(std::span<const std::uint8_t> residuals, std::span<const std::uint8_t> packed,
             std::span<const RowFilter> filters, std::size_t before, std::size_t stride);

  /// What the filter takes from the byte at a place of the strip, after what is in place before it. A filter's own
  /// byte is the residual of a 0.
  [[nodiscard]] std::uint8_t predict(std::size_t place) const noexcept {
    const std::uint8_t kind = kinds_.empty() ? std::uint8_t{0} : kinds_[place];
    return kind == 0 ? std::uint8_t{0} : predict_by(kind, place);
  }
  /// Whether some row has a filter.
  [[nodiscard]] bool has_filters() const noexcept { return !kinds_.empty(); }
  [[nodiscard]] bool is_filtered(std::size_t place) const noexcept { return has_filters() && kinds_[place] != 0; }

  /// The residuals from `place` on, which may be read as far back as the bytes before the strip go.
  [[nodiscard]] const std::uint8_t* residuals(std::size_t place) const noexcept {
    return residuals_.data() + before_ + place;
  }
  /// Puts a residual at a place, before which all is in place.
  void put(std::size_t place, std::uint8_t residual) noexcept {
    residuals_[before_ + place] = residual;
    if (has_filters()) static_cast<void>(restore(place, residual));
  }
  /// The byte that a residual stands for at a place; it becomes what later bytes are predicted from.
  std::uint8_t restore(std::size_t place, std::uint8_t residual) noexcept {
    if (!has_filters()) return residual;
    const auto byte = static_cast<std::uint8_t>(residual + predict(place));
    packed_[above_ + before_ + place] = byte;
    return byte;
  }
  /// The bytes of the strip.
  [[nodiscard]] std::vector<std::uint8_t> bytes() const;

 private:
  [[nodiscard]] std::uint8_t predict_by(std::uint8_t kind, std::size_t place) const noexcept {
    if (kind >= filter_byte) return static_cast<std::uint8_t>(filter_byte - kind);  // so that it counts as one of 0
    const std::uint8_t* const here = packed_.data() + above_ + before_ + place;
    const std::uint8_t* const above = here - (above_ - 1);
    if (kind == static_cast<std::uint8_t>(RowFilter::up)) return above[0];
    return filter_prediction(static_cast<RowFilter>(kind), here[-1], above[0], above[-1]);
  }

  /// Kinds of places are filters, and of a filter's byte this and its number.
  static constexpr std::uint8_t filter_byte = 8;

  std::vector<std::uint8_t> residuals_;
  std::vector<std::uint8_t> packed_;  // after `above_` zeros
  std::vector<std::uint8_t> kinds_;   // of the places of the strip; empty: no filters
  std::size_t before_ = 0;
  std::size_t above_ = 0;
  std::size_t size_ = 0;
};

}  // namespace vqi::detail
