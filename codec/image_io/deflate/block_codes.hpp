// BlockCodes: the Huffman codes of a DEFLATE block, how its header writes them, and what the block takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "deflate_steps.hpp"

namespace vqi::detail {

/// Bits to a byte vector, the lowest first.
class BitWriter {
 public:
  void put(std::uint32_t value, std::uint32_t bits) {
    pending_ |= std::uint64_t{value} << count_;
    for (count_ += bits; count_ >= 8; count_ -= 8, pending_ >>= 8) bytes.push_back(static_cast<std::byte>(pending_));
  }
  void align() {
    if (count_ > 0) put(0, 8 - count_);
  }
  std::vector<std::byte> bytes;

 private:
  std::uint64_t pending_ = 0;
  std::uint32_t count_ = 0;
};

/// A symbol of the code in which code lengths are written.
struct HeaderSymbol {
  std::uint8_t symbol = 0;
  std::uint8_t extra = 0;
  std::uint8_t extra_bits = 0;
};

struct BlockCodes {
  bool is_fixed = false;                ///< the codes that RFC 1951 gives, which take no header
  std::vector<std::uint8_t> main;       ///< code lengths
  std::vector<std::uint8_t> distances;  ///< code lengths, at least one
  std::vector<HeaderSymbol> symbols;
  std::vector<std::uint8_t> header;  ///< code lengths of the symbols
  std::size_t header_lengths = 4;    ///< of `header` that are written, in the order of RFC 1951
  std::uint64_t bits = 0;            ///< of the whole block with these codes

  /// The first bits of the block, all before its steps.
  void write_header(bool is_last, BitWriter& out) const;
};

/// The codes with the fewest bits for the steps, their header written in a usual way.
[[nodiscard]] BlockCodes usual_block_codes(const SymbolCounts& counts);
/// The smallest among these, the fixed codes, and codes whose lengths repeat more, with the header in its best form.
[[nodiscard]] BlockCodes best_block_codes(const SymbolCounts& counts);

}  // namespace vqi::detail
