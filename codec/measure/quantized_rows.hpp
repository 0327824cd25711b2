// QuantizedRows: the image that a codebook and an index map stand for, without making it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "block_grid.hpp"
#include "pixel_rows.hpp"
#include "sample_array.hpp"

namespace vqi::detail {

/// What a decoder returns for the map, by parts of rows. Keeps a copy of the codewords.
class QuantizedRows final : public PixelRows {
 public:
  /// `indices` are those of the whole map, each below codewords.rows(), and borrowed.
  QuantizedRows(const BlockGrid& grid, const SampleArray& codewords, std::span<const std::uint16_t> indices);

  [[nodiscard]] const std::byte* pixels(std::uint32_t y, std::uint32_t x, std::uint32_t count,
                                        std::byte* buffer) const noexcept override;

 private:
  BlockGrid grid_;
  std::vector<std::byte> codewords_;
  std::span<const std::uint16_t> indices_;
};

}  // namespace vqi::detail
