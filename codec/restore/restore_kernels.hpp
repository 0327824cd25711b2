// run_restore_network: the network of the decode filter over a window of a strip.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "restore_codewords.hpp"

namespace vqi::detail {

/// Pixels around a pixel that its correction depends on.
inline constexpr std::uint32_t restore_margin = 4;

/// Rows `begin_row` .. `end_row` - 1 and columns `begin_x` .. `end_x` - 1 of a strip, of whose rows the first `rows`
/// are there. Pixels outside the strip count as those at its edge.
struct RestoreWindow {
  std::span<const std::uint16_t> indices;  ///< rows * width of them
  std::uint32_t width = 0;
  std::uint32_t rows = 0;  ///< all of the strip, or at least restore_margin more than end_row
  std::uint32_t begin_row = 0;
  std::uint32_t end_row = 0;
  std::uint32_t begin_x = 0;
  std::uint32_t end_x = 0;
};

/// A window of all rows, of which there may be none, and all columns.
[[nodiscard]] inline RestoreWindow whole_window(std::span<const std::uint16_t> indices, std::uint32_t width) noexcept {
  const auto rows = static_cast<std::uint32_t>(indices.size() / width);
  return {indices, width, rows, 0, rows, 0, width};
}

/// The network's results for the columns begin_x .. end_x - 1 of the window in one row, one span for each plane: in
/// 1/256 of the radius, -1023 .. 1023.
using RestoreResults = std::array<const std::int16_t*, 3>;
using RestoreUse =
    std::function<void(std::uint32_t row, std::uint32_t begin_x, std::uint32_t end_x, const RestoreResults& results)>;

/// Calls use(row, ...) for each row, in parts of some hundred columns. Takes restore_state_bytes() of memory.
void run_restore_network(std::span<const RestoreCodeword> codewords, const RestoreWindow& window,
                         const RestoreUse& use);

/// What a call of run_restore_network takes of memory: some 100 kB.
[[nodiscard]] std::size_t restore_state_bytes() noexcept;

}  // namespace vqi::detail
