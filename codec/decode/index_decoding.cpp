// Fixed width and uniform range in parts, so that the hook is called; context models as they come.
#include "index_decoding.hpp"

#include <algorithm>

#include "bit_packing.hpp"
#include "integer.hpp"
#include "uniform_range.hpp"

namespace vqi::detail {
namespace {

/// Indices that are decoded before the hook is called again: some milliseconds, and a multiple of what the coders take
/// at once.
constexpr std::size_t part_indices = std::size_t{1} << 20;

/// The rows before the first one that has an index of K or more.
std::size_t rows_below_k(const StreamHeader& header, std::span<const std::uint16_t> indices) {
  const std::size_t width = header.grid.map_width();
  const std::uint32_t bits = bits_for(header.k);
  if (all_below(indices, bits, header.k)) return indices.size() / width;
  std::size_t row = 0;
  while (all_below(indices.subspan(row * width, width), bits, header.k)) ++row;
  return row;
}

DecodedRows decode_fixed_width(const StreamHeader& header, std::span<const std::byte> bytes,
                               std::span<std::uint16_t> indices, const DecodeHook& hook) {
  const std::size_t width = header.grid.map_width();
  const std::uint32_t bits = bits_for(header.k);
  const std::size_t rows = indices.size() / width;
  std::size_t there = rows;
  if (bits > 0) there = std::min<std::uint64_t>(rows, bytes.size() * std::uint64_t{8} / bits / width);
  const std::span<std::uint16_t> readable = indices.first(there * width);
  bool is_clean = true;
  for (std::size_t at = 0; at < readable.size(); at += part_indices) {
    const std::span<std::uint16_t> part = readable.subspan(at, std::min(part_indices, readable.size() - at));
    is_clean = unpack_indices(bytes.subspan(at / 8 * bits, packed_size_bytes(part.size(), bits)), bits, part);
    if (hook) hook((at + part.size()) / width);
  }
  const std::size_t below = rows_below_k(header, readable);
  return {below, below == rows && is_clean && bytes.size() == packed_size_bytes(indices.size(), bits)};
}

DecodedRows decode_uniform_range(const StreamHeader& header, std::span<const std::byte> bytes,
                                 std::span<std::uint16_t> indices, const DecodeHook& hook) {
  const std::size_t width = header.grid.map_width();
  UniformDecoder decoder(bytes, header.k);
  std::size_t done = 0;
  while (done < indices.size()) {
    const std::span<std::uint16_t> part = indices.subspan(done, std::min(part_indices, indices.size() - done));
    const std::size_t decoded = decoder.decode(part);
    done += decoded;
    if (decoded < part.size()) break;
    if (hook) hook(done / width);
  }
  return {done / width, done == indices.size() && decoder.finished()};
}

}  // namespace

DecodedRows decode_indices(const StreamHeader& header, const IndexModel* model, std::span<const std::byte> bytes,
                           StripBytes known, std::span<std::uint16_t> indices, const DecodeHook& hook) {
  if (header.coding == IndexCoding::uniform_range) return decode_uniform_range(header, bytes, indices, hook);
  if (header.coding == IndexCoding::fixed_width || header.k == 1)
    return decode_fixed_width(header, bytes, indices, hook);
  return model->decode(bytes, known, header.grid.map_width(), indices, hook);
}

}  // namespace vqi::detail
