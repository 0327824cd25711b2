// Byte order of plain codebooks; codebook_coding decodes the coded ones.
#include "codebook_section.hpp"

#include "bytes.hpp"
#include "codebook_coding.hpp"
#include "stream_error.hpp"

namespace vqi::detail {

std::vector<std::byte> plain_codebook(const SampleArray& codebook) {
  const std::size_t sample_bytes = codebook.bit_depth() / 8;
  std::vector<std::byte> payload(codebook.bytes().size());
  for (std::size_t i = 0; i < payload.size() / sample_bytes; ++i)
    store_le(payload.data() + i * sample_bytes, load_sample(codebook.bytes().data(), i, codebook.bit_depth()),
             sample_bytes);
  return payload;
}

bool codebook_length_fits(const StreamHeader& header, std::uint64_t length_bytes) noexcept {
  if (header.coded_codebook) return length_bytes > 0 && length_bytes < header.codebook_bytes();
  return length_bytes == header.codebook_bytes();
}

SampleArray read_codebook(const StreamHeader& header, const Section& section) {
  const std::span<const std::byte> payload = section.payload;
  SampleArray codebook(header.k, header.grid.dimension(), header.grid.bit_depth);
  if (header.coded_codebook) {
    if (!decode_codebook(payload, codebook))
      throw stream_error(ErrorCode::corrupt_codebook, section.payload_offset(),
                         "the coded codebook breaks its coding's rules");
    return codebook;
  }
  const std::size_t sample_bytes = header.grid.bit_depth / 8;
  for (std::size_t i = 0; i < payload.size() / sample_bytes; ++i)
    store_sample(codebook.bytes().data(), i, header.grid.bit_depth,
                 static_cast<std::uint32_t>(load_le(payload.data() + i * sample_bytes, sample_bytes)));
  return codebook;
}

}  // namespace vqi::detail
