// Codebook files: a header of 32 bytes, then the sections CBOK and END (FORMAT.md, "Codebook files").
#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>
#include <vector>

#include "argument_checks.hpp"
#include "bytes.hpp"
#include "codebook_coding.hpp"
#include "codebook_image.hpp"
#include "codebook_section.hpp"
#include "crc32c.hpp"
#include "sections.hpp"
#include "sha256.hpp"
#include "stream_error.hpp"
#include "stream_header.hpp"
#include "vqi/codebook.hpp"

namespace vqi {
using namespace detail;
namespace {

constexpr std::array<std::uint8_t, 8> magic{0x89, 'V', 'Q', 'B', '\r', '\n', 0x1A, '\n'};
constexpr std::uint32_t book_major = 1;
constexpr std::uint32_t book_minor = 0;
constexpr std::size_t book_header_bytes = 32;

/// Byte offsets of the fields.
namespace field {
constexpr std::size_t version_major = 8;
constexpr std::size_t version_minor = 9;
constexpr std::size_t reserved_after_version = 10;
constexpr std::size_t channels = 12;
constexpr std::size_t bit_depth = 13;
constexpr std::size_t block_width = 14;
constexpr std::size_t block_height = 15;
constexpr std::size_t k = 16;
constexpr std::size_t codebook_coding = 20;
constexpr std::size_t reserved_after_coding = 21;
constexpr std::size_t crc = 28;
}  // namespace field

std::array<std::byte, book_header_bytes> book_header(const BlockGrid& grid, std::uint32_t k, bool coded) {
  std::array<std::byte, book_header_bytes> bytes{};
  const auto put = [&](std::size_t offset, std::uint64_t value, std::size_t count) {
    store_le(bytes.data() + offset, value, count);
  };
  for (std::size_t i = 0; i < magic.size(); ++i) bytes[i] = static_cast<std::byte>(magic[i]);
  put(field::version_major, book_major, 1);
  put(field::version_minor, book_minor, 1);
  put(field::channels, grid.channels, 1);
  put(field::bit_depth, grid.bit_depth, 1);
  put(field::block_width, grid.block_width_px, 1);
  put(field::block_height, grid.block_height_px, 1);
  put(field::k, k, 4);
  put(field::codebook_coding, coded ? 1 : 0, 1);
  put(field::crc, crc32c(std::span(bytes).first(field::crc)), 4);
  return bytes;
}

void check_start(std::span<const std::byte> bytes) {
  for (std::size_t i = 0; i < std::min(bytes.size(), magic.size()); ++i)
    if (static_cast<std::uint8_t>(bytes[i]) != magic[i])
      throw Error(
          ErrorCode::bad_magic,
          "not a .vqb file: wrong signature (at byte " + std::to_string(i) + "), give a codebook that vqi train wrote",
          i);
  if (bytes.size() < book_header_bytes)
    throw stream_error(ErrorCode::truncated, bytes.size(), "the file ends within its header");
  if (load_le(bytes.data() + field::crc, 4) != crc32c(bytes.first(field::crc)))
    throw stream_error(ErrorCode::checksum_mismatch, field::crc, "checksum of the header does not match");
}

/// The header's fields as those of a stream, without an image.
StreamHeader read_book_header(std::span<const std::byte> bytes) {
  check_start(bytes);
  const auto get = [&](std::size_t offset, std::size_t count) {
    return static_cast<std::uint32_t>(load_le(bytes.data() + offset, count));
  };
  const std::uint32_t coding = get(field::codebook_coding, 1);
  if (get(field::version_major, 1) != book_major || get(field::version_minor, 1) > book_minor || coding > 1)
    throw Error(ErrorCode::unsupported_version,
                "the codebook is of a newer version (at byte 8), use a newer release of vqi", field::version_major);
  for (const auto& [begin, end] :
       {std::pair{field::reserved_after_version, field::channels}, {field::reserved_after_coding, field::crc}})
    for (std::size_t i = begin; i < end; ++i)
      if (bytes[i] != std::byte{0})
        throw stream_error(ErrorCode::reserved_set, i, "reserved byte of the header is not 0");
  StreamHeader header;
  header.grid = {
      0, 0, get(field::channels, 1), get(field::bit_depth, 1), get(field::block_width, 1), get(field::block_height, 1)};
  header.k = get(field::k, 4);
  header.coded_codebook = coding == 1;
  const auto check = [](bool is_right, std::size_t offset, const char* what) {
    if (!is_right) throw stream_error(ErrorCode::corrupt_header, offset, std::string(what) + " is out of its range");
  };
  constexpr std::uint32_t block_side_max = 16;
  check(header.grid.channels >= 1 && header.grid.channels <= 4, field::channels, "the number of channels");
  check(header.grid.bit_depth == 8 || header.grid.bit_depth == 16, field::bit_depth, "the bit depth");
  check(header.grid.block_width_px >= 1 && header.grid.block_width_px <= block_side_max, field::block_width,
        "the width of blocks");
  check(header.grid.block_height_px >= 1 && header.grid.block_height_px <= block_side_max, field::block_height,
        "the height of blocks");
  check(header.k >= 1 && header.k <= codewords_max, field::k, "K");
  return header;
}

/// The section CBOK of a file whose sections are whole and in their order.
Section codebook_section_of(std::span<const std::byte> bytes) {
  std::optional<Section> codebook;
  std::uint64_t offset = book_header_bytes;
  for (bool ended = false; !ended;) {
    const Section section = read_section(bytes, offset);
    check_crc(section);
    offset += section.size_bytes();
    if (section.skippable()) continue;
    ended = section.type == section_type::end;
    if (section.type != (codebook ? section_type::end : section_type::codebook)) {
      if (!is_critical_type(section.type)) throw unknown_critical_error(section);
      throw stream_error(ErrorCode::corrupt_section, section.offset,
                         "section \"" + section.type + "\" stands where another should");
    }
    if (!codebook) codebook = section;
    if (!ended) continue;
    check_payload_size(section, end_payload_bytes);
    if (load_le(section.payload.data(), end_payload_bytes) != offset)
      throw stream_error(ErrorCode::corrupt_section, section.payload_offset(),
                         "the file has another length than it says");
  }
  if (offset != bytes.size()) throw trailing_error(bytes.size() - offset, offset, "codebook");
  return *codebook;
}

}  // namespace

std::vector<std::byte> write_codebook(const Codebook& codebook) {
  validate(codebook);
  const SampleArray codewords = codewords_of(codebook);
  std::vector<std::byte> payload = encode_codebook(codewords);
  const bool coded = payload.size() < codewords.bytes().size();
  if (!coded) payload = plain_codebook(codewords);
  const auto head = book_header(grid_of(codebook), codebook.size(), coded);
  std::vector<std::byte> bytes(head.size());
  std::copy(head.begin(), head.end(), bytes.begin());
  append_section(bytes, section_type::codebook, 0, payload);
  std::vector<std::byte> end;
  ByteWriter(end).integer(bytes.size() + section_overhead_bytes + end_payload_bytes, end_payload_bytes);
  append_section(bytes, section_type::end, 0, end);
  return bytes;
}

Codebook read_codebook(std::span<const std::byte> bytes, const RunOptions& run) {
  const StreamHeader header = read_book_header(bytes);
  const Section section = codebook_section_of(bytes);
  if (!codebook_length_fits(header, section.payload.size())) check_payload_size(section, header.codebook_bytes());
  check_memory(2 * header.codebook_bytes(), run, "reading the codebook");
  const SampleArray codewords = detail::read_codebook(header, section, {});
  return {header.grid.block_width_px, header.grid.block_height_px, codebook_image(header.grid, codewords)};
}

CodebookHash codebook_hash(const Codebook& codebook) {
  validate(codebook);
  const BlockGrid grid = grid_of(codebook);
  std::vector<std::byte> hashed;
  ByteWriter writer(hashed);
  for (const std::uint32_t value : {grid.channels, grid.bit_depth, grid.block_width_px, grid.block_height_px})
    writer.integer(value, 1);
  writer.integer(codebook.size(), 4);
  writer.append(plain_codebook(codewords_of(codebook)));
  const std::array<std::uint8_t, 32> digest = sha256(hashed);
  CodebookHash hash{};
  std::copy_n(digest.begin(), hash.size(), hash.begin());
  return hash;
}

}  // namespace vqi
