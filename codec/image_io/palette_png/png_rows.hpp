// The bytes that a palette PNG compresses: indices packed into bytes and filtered, after a byte for the filter's type.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "palette_map.hpp"

namespace vqi::detail {

/// Filter types of PNG.
enum class RowFilter : std::uint8_t { none = 0, sub = 1, up = 2, average = 3, paeth = 4 };

/// PNG's Paeth predictor: of left, above and above-left the one nearest to left + above - above_left.
[[nodiscard]] constexpr std::uint8_t paeth_prediction(int left, int above, int above_left) noexcept {
  const int to_left = above > above_left ? above - above_left : above_left - above;
  const int to_above = left > above_left ? left - above_left : above_left - left;
  const int sum = left + above - 2 * above_left;
  const int to_above_left = sum < 0 ? -sum : sum;
  if (to_left <= to_above && to_left <= to_above_left) return static_cast<std::uint8_t>(left);
  return static_cast<std::uint8_t>(to_above <= to_above_left ? above : above_left);
}

/// What a filter takes from a byte.
[[nodiscard]] constexpr std::uint8_t filter_prediction(RowFilter filter, std::uint8_t left, std::uint8_t above,
                                                       std::uint8_t above_left) noexcept {
  switch (filter) {
    case RowFilter::none:
      return 0;
    case RowFilter::sub:
      return left;
    case RowFilter::up:
      return above;
    case RowFilter::average:
      return static_cast<std::uint8_t>((left + above) / 2);
    case RowFilter::paeth:
      return paeth_prediction(left, above, above_left);
  }
  return 0;
}

/// 1, 2, 4 or 8: the fewest bits that hold `colours` indices.
[[nodiscard]] std::uint32_t index_depth(std::size_t colours) noexcept;

/// Bytes of a row of `width_px` indices of `depth` bits, without that of the filter.
[[nodiscard]] std::size_t packed_row_bytes(std::uint32_t width_px, std::uint32_t depth) noexcept;

/// All rows of a map, each after its filter's byte.
[[nodiscard]] std::vector<std::uint8_t> png_rows(const PaletteMap& map, std::uint32_t depth, RowFilter filter);

/// The same, each row with a filter of its own.
[[nodiscard]] std::vector<std::uint8_t> png_rows(const PaletteMap& map, std::uint32_t depth,
                                                 std::span<const RowFilter> filters);

/// Packed bytes to `row`, one byte longer, which begins with the filter's. `above` is the packed row before, of zeros
/// at the top.
void filter_row(RowFilter filter, std::span<const std::uint8_t> packed, std::span<const std::uint8_t> above,
                std::span<std::uint8_t> row) noexcept;

/// The indices of rows without a filter, as `png_rows` makes them.
void unpack_rows(std::span<const std::uint8_t> rows, std::uint32_t width_px, std::uint32_t depth,
                 std::span<std::uint8_t> indices);

}  // namespace vqi::detail
