// Byte order of plain codebooks; codebook_coding decodes the coded ones.
#include "codebook_section.hpp"

#include "bytes.hpp"
#include "codebook_coding.hpp"
#include "stream_error.hpp"

namespace vqi::detail {
namespace {

/// The largest codebook for which memory is taken before it is known to be right.
constexpr std::uint64_t unchecked_codebook_bytes_max = 1U << 18;

}  // namespace

std::vector<std::byte> plain_codebook(const SampleArray& codebook) {
  const std::size_t sample_bytes = codebook.bit_depth() / 8;
  std::vector<std::byte> payload(codebook.bytes().size());
  for (std::size_t i = 0; i < payload.size() / sample_bytes; ++i)
    store_le(payload.data() + i * sample_bytes, load_sample(codebook.bytes().data(), i, codebook.bit_depth()),
             sample_bytes);
  return payload;
}

CodebookHash read_codebook_hash(const Section& section) noexcept {
  CodebookHash hash{};
  for (std::size_t i = 0; i < hash.size(); ++i) hash[i] = std::to_integer<std::uint8_t>(section.payload[i]);
  return hash;
}

std::string hash_text(const CodebookHash& hash) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : hash) {
    text += digits[byte >> 4];
    text += digits[byte & 0xFU];
  }
  return text;
}

bool codebook_length_fits(const StreamHeader& header, std::uint64_t length_bytes) noexcept {
  if (header.detached_codebook) return length_bytes == detached_codebook_bytes;
  if (header.coded_codebook) return length_bytes > 0 && length_bytes < header.codebook_bytes();
  return length_bytes == header.codebook_bytes();
}

SampleArray read_codebook(const StreamHeader& header, const Section& section, const CodebookHook& between_rows) {
  const std::span<const std::byte> payload = section.payload;
  const BlockGrid& grid = header.grid;
  if (header.detached_codebook)
    throw Error(ErrorCode::codebook_needed, "the file has no codebook of its own and needs the one with the hash " +
                                                hash_text(read_codebook_hash(section)));
  const auto demand = [&](bool is_right) {
    if (!is_right)
      throw stream_error(ErrorCode::corrupt_codebook, section.payload_offset(),
                         "the coded codebook breaks its coding's rules");
  };
  if (header.coded_codebook && header.codebook_bytes() > unchecked_codebook_bytes_max)
    demand(check_coded_codebook(payload, header.k, grid.dimension(), grid.bit_depth, between_rows));
  SampleArray codebook(header.k, grid.dimension(), grid.bit_depth);
  if (header.coded_codebook) {
    demand(decode_codebook(payload, codebook, between_rows));
    return codebook;
  }
  const std::size_t sample_bytes = header.grid.bit_depth / 8;
  for (std::size_t i = 0; i < payload.size() / sample_bytes; ++i)
    store_sample(codebook.bytes().data(), i, header.grid.bit_depth,
                 static_cast<std::uint32_t>(load_le(payload.data() + i * sample_bytes, sample_bytes)));
  return codebook;
}

}  // namespace vqi::detail
