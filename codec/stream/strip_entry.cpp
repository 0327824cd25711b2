// Lengths, names and checksums of strips.
#include "strip_entry.hpp"

#include <algorithm>

#include "bit_packing.hpp"
#include "crc32c.hpp"
#include "integer.hpp"
#include "stream_error.hpp"
#include "uniform_range.hpp"

namespace vqi::detail {

bool strip_length_fits(const StreamHeader& header, std::uint64_t vectors, std::uint64_t length_bytes) noexcept {
  if (header.coding == IndexCoding::context_model) return (length_bytes == 0) == (header.k == 1);
  if (header.coding == IndexCoding::fixed_width) return length_bytes == packed_size_bytes(vectors, bits_for(header.k));
  return length_bytes >= uniform_size_min_bytes && length_bytes <= uniform_size_max_bytes(vectors) &&
         length_bytes % uniform_word_bytes == 0;
}

std::string strip_words(const StreamHeader& header, std::uint64_t strip) {
  const std::uint64_t begin = std::uint64_t{header.strip_begin(strip)} * header.grid.block_height_px;
  const std::uint64_t end = begin + std::uint64_t{header.strip_row_count(strip)} * header.grid.block_height_px;
  return "strip " + std::to_string(strip) + " (pixel rows " + std::to_string(begin) + " to " +
         std::to_string(std::min<std::uint64_t>(end, header.grid.height_px) - 1) + ")";
}

std::optional<Error> strip_crc_fault(const StreamHeader& header, std::uint64_t strip, const StripEntry& entry) {
  if (crc32c(entry.bytes) == entry.crc) return std::nullopt;
  return stream_error(ErrorCode::checksum_mismatch, entry.offset,
                      "checksum of index " + strip_words(header, strip) + " does not match");
}

}  // namespace vqi::detail
