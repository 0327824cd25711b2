// RestoreFilter: the decode filter, from the indices of a strip to its pixels (FORMAT.md, "The decode filter").
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "restore_codewords.hpp"
#include "restore_kernels.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Borrows the codebook. May be used by several threads at once.
class RestoreFilter {
 public:
  /// `settings` are on, and `grid` and `codebook` can be restored. A call of paint works on `bands_at_once` bands of
  /// rows at most, at least 1, each of which takes restore_state_bytes().
  RestoreFilter(const BlockGrid& grid, const SampleArray& codebook, const RestoreSettings& settings,
                std::uint32_t bands_at_once);

  /// Writes the window's pixels, rows `stride_bytes` apart, from `pixels` on. Each index is below K.
  void paint(const RestoreWindow& window, std::byte* pixels, std::size_t stride_bytes, const Work& work) const;

  /// What the filter knows of each codeword.
  [[nodiscard]] std::span<const RestoreCodeword> words() const noexcept { return words_; }

  /// The sample `plane` (alpha is none of them) of codeword `index` with the network's result, at `strength`.
  [[nodiscard]] static std::uint32_t corrected(std::uint32_t sample, std::int32_t result, std::int32_t gain,
                                               std::uint32_t bit_depth) noexcept {
    const std::uint32_t shift = bit_depth == 8 ? 19 : 11;
    const std::int32_t max_value = bit_depth == 8 ? 255 : 65535;
    const std::int32_t moved = static_cast<std::int32_t>(sample) + ((result * gain + (1 << (shift - 1))) >> shift);
    return static_cast<std::uint32_t>(moved < 0 ? 0 : moved > max_value ? max_value : moved);
  }

  /// The plane of the network that sample `channel` of a pixel takes its correction from.
  [[nodiscard]] static std::size_t plane_of(std::uint32_t channel, std::uint32_t channels) noexcept {
    return channels >= 3 ? channel : 1;  // grey is given to all three
  }
  /// Samples of a pixel without alpha.
  [[nodiscard]] static std::uint32_t colours_of(std::uint32_t channels) noexcept { return channels >= 3 ? 3 : 1; }

 private:
  BlockGrid grid_;
  const SampleArray& codebook_;
  std::vector<RestoreCodeword> words_;
  std::uint32_t bands_at_once_;
};

}  // namespace vqi::detail
