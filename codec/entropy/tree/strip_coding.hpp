// A strip's rows through a model's coder, to bytes or from bytes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "bit_coding.hpp"
#include "index_model.hpp"

namespace vqi::detail {

/// Codes rows until `go_on(rows that are complete)`, which is asked after each row and within long ones, says no.
/// Returns the rows that were complete when it last said yes.
template <class Coder, class Index, class GoOn>
std::size_t code_rows(Coder& coder, Index* indices, std::size_t rows, std::size_t map_width, const GoOn& go_on) {
  for (std::size_t y = 0; y < rows; ++y, indices += map_width) {
    coder.begin_row();
    for (std::size_t x = 0; x < map_width;) {
      const std::size_t end = std::min(map_width, x + hook_vectors);
      coder.code_columns(indices, x, end);
      x = end;
      if (x < map_width && !go_on(y)) return y;
    }
    coder.end_row();
    if (!go_on(y + 1)) return y;
  }
  return rows;
}

/// `Coder<Bits>(tables, map_width, bits)` has begin_row(), code_columns(first index of the row, begin, end) and
/// end_row().
template <template <class> class Coder, class Tables>
[[nodiscard]] std::vector<std::byte> encode_rows(const Tables& tables, std::span<const std::uint16_t> indices,
                                                 std::size_t map_width, const RowHook& between_rows) {
  EncodedBits bits;
  Coder<EncodedBits> coder(tables, map_width, bits);
  code_rows(coder, indices.data(), indices.size() / map_width, map_width, [&](std::size_t) {
    if (between_rows) between_rows();
    return true;
  });
  return bits.coder.finish();
}

/// Whether the bits decoded so far depend on known bytes alone. Tells the hook if so.
inline bool goes_on(const DecodedBits& bits, StripBytes known, std::size_t complete, const DecodeHook& hook) {
  if (bits.coder.zeros_read() > (known == StripBytes::cut ? 0 : range_coder::implied_zeros)) return false;
  if (hook) hook(complete);
  return true;
}

/// As IndexModel::decode. Indices are below K whatever the bytes are, so only bytes that run out end it early.
template <template <class> class Coder, class Tables>
[[nodiscard]] DecodedRows decode_rows(const Tables& tables, std::span<const std::byte> bytes, StripBytes known,
                                      std::size_t map_width, std::span<std::uint16_t> indices, const DecodeHook& hook) {
  const std::size_t rows = indices.size() / map_width;
  DecodedBits bits{BinaryDecoder(bytes)};
  Coder<DecodedBits> coder(tables, map_width, bits);
  const std::size_t decoded = code_rows(coder, indices.data(), rows, map_width,
                                        [&](std::size_t complete) { return goes_on(bits, known, complete, hook); });
  return {decoded, decoded == rows && bits.coder.finished()};
}

}  // namespace vqi::detail
