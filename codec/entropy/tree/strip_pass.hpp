// One pass over a strip's rows by a model's coder, to bytes or from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "bit_coding.hpp"
#include "index_model.hpp"

namespace vqi::detail {

/// `Coder<Bits>(codebook, map_width, bits)` has code_row(first index of a row).
template <template <class> class Coder, class Codebook>
[[nodiscard]] std::vector<std::byte> encode_rows(const Codebook& codebook, std::span<const std::uint16_t> indices,
                                                 std::size_t map_width, const RowHook& between_rows) {
  EncodedBits bits;
  Coder<EncodedBits> coder(codebook, map_width, bits);
  for (std::size_t at = 0; at < indices.size(); at += map_width) {
    coder.code_row(indices.data() + at);
    if (between_rows) between_rows();
  }
  return bits.coder.finish();
}

/// False if the bytes do not end where the indices do.
template <template <class> class Coder, class Codebook>
[[nodiscard]] bool decode_rows(const Codebook& codebook, std::span<const std::byte> bytes, std::size_t map_width,
                               std::span<std::uint16_t> indices, const RowHook& between_rows) {
  DecodedBits bits{BinaryDecoder(bytes)};
  Coder<DecodedBits> coder(codebook, map_width, bits);
  for (std::size_t at = 0; at < indices.size(); at += map_width) {
    coder.code_row(indices.data() + at);
    if (between_rows) between_rows();
  }
  return bits.coder.finished();
}

}  // namespace vqi::detail
