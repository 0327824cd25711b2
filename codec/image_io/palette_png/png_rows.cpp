// Rows are packed first; a filter then runs over the packed bytes, of which PNG counts one to a pixel at low depths.
#include "png_rows.hpp"

#include <span>

namespace vqi::detail {
namespace {

void pack_row(const std::uint8_t* indices, std::uint32_t width_px, std::uint32_t depth, std::span<std::uint8_t> row) {
  if (depth == 8) {
    std::copy(indices, indices + width_px, row.begin());
    return;
  }
  const std::uint32_t per_byte = 8 / depth;
  for (std::size_t i = 0; i < row.size(); ++i) {
    std::uint32_t byte = 0;
    for (std::uint32_t part = 0; part < per_byte; ++part) {
      const std::size_t x = i * per_byte + part;
      byte = byte << depth | (x < width_px ? indices[x] : 0U);
    }
    row[i] = static_cast<std::uint8_t>(byte);
  }
}

}  // namespace

std::uint32_t index_depth(std::size_t colours) noexcept {
  std::uint32_t bits = 1;
  while ((std::size_t{1} << bits) < colours) bits *= 2;
  return bits;
}

std::size_t packed_row_bytes(std::uint32_t width_px, std::uint32_t depth) noexcept {
  return (std::size_t{width_px} * depth + 7) / 8;
}

std::vector<std::uint8_t> png_rows(const PaletteMap& map, std::uint32_t depth, RowFilter filter) {
  return png_rows(map, depth, std::vector<RowFilter>(map.height_px, filter));
}

std::vector<std::uint8_t> png_rows(const PaletteMap& map, std::uint32_t depth, std::span<const RowFilter> filters) {
  const std::size_t bytes = packed_row_bytes(map.width_px, depth);
  std::vector<std::uint8_t> rows((bytes + 1) * map.height_px);
  std::vector<std::uint8_t> above(bytes);
  std::vector<std::uint8_t> packed(bytes);
  for (std::uint32_t y = 0; y < map.height_px; ++y) {
    pack_row(map.indices.data() + std::size_t{y} * map.width_px, map.width_px, depth, packed);
    filter_row(filters[y], packed, above, std::span(rows).subspan(y * (bytes + 1), bytes + 1));
    above.swap(packed);
  }
  return rows;
}

void filter_row(RowFilter filter, std::span<const std::uint8_t> packed, std::span<const std::uint8_t> above,
                std::span<std::uint8_t> row) noexcept {
  row[0] = static_cast<std::uint8_t>(filter);
  row[1] = static_cast<std::uint8_t>(packed[0] - filter_prediction(filter, 0, above[0], 0));
  for (std::size_t i = 1; i < packed.size(); ++i)
    row[i + 1] =
        static_cast<std::uint8_t>(packed[i] - filter_prediction(filter, packed[i - 1], above[i], above[i - 1]));
}

void unpack_rows(std::span<const std::uint8_t> rows, std::uint32_t width_px, std::uint32_t depth,
                 std::span<std::uint8_t> indices) {
  const std::size_t stride = packed_row_bytes(width_px, depth) + 1;
  const std::uint32_t per_byte = 8 / depth;
  const std::uint32_t mask = (1U << depth) - 1;
  for (std::size_t y = 0; y < rows.size() / stride; ++y) {
    const std::uint8_t* row = rows.data() + y * stride + 1;
    for (std::uint32_t x = 0; x < width_px; ++x)
      indices[y * width_px + x] =
          static_cast<std::uint8_t>(std::uint32_t{row[x / per_byte]} >> (8 - depth - x % per_byte * depth) & mask);
  }
}

}  // namespace vqi::detail
