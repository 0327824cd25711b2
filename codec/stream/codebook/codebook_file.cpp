// Codebook files: a header of 32 bytes, then the sections CBOK and END (FORMAT.md, "Codebook files").
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "argument_checks.hpp"
#include "bytes.hpp"
#include "codebook_coding.hpp"
#include "codebook_image.hpp"
#include "codebook_section.hpp"
#include "sections.hpp"
#include "sha256.hpp"
#include "small_file.hpp"
#include "stream_error.hpp"
#include "stream_header.hpp"
#include "vqi/codebook.hpp"

namespace vqi {
using namespace detail;
namespace {

constexpr FileKind book_kind{.magic = {0x89, 'V', 'Q', 'B', '\r', '\n', 0x1A, '\n'},
                             .version_major = 1,
                             .version_minor = 0,
                             .wrong_magic = "not a .vqb file: wrong signature",
                             .wanted = "give a codebook that vqi train wrote",
                             .name = "codebook"};

/// Byte offsets of the fields.
namespace field {
constexpr std::size_t channels = 12;
constexpr std::size_t bit_depth = 13;
constexpr std::size_t block_width = 14;
constexpr std::size_t block_height = 15;
constexpr std::size_t k = 16;
constexpr std::size_t codebook_coding = 20;
constexpr std::size_t reserved_after_coding = 21;
}  // namespace field

std::vector<std::byte> book_header(const BlockGrid& grid, std::uint32_t k, bool coded) {
  std::vector<std::byte> bytes = new_file(book_kind);
  const auto put = [&](std::size_t offset, std::uint64_t value, std::size_t count) {
    store_le(bytes.data() + offset, value, count);
  };
  put(field::channels, grid.channels, 1);
  put(field::bit_depth, grid.bit_depth, 1);
  put(field::block_width, grid.block_width_px, 1);
  put(field::block_height, grid.block_height_px, 1);
  put(field::k, k, 4);
  put(field::codebook_coding, coded ? 1 : 0, 1);
  seal_header(bytes);
  return bytes;
}

/// The header's fields as those of a stream, without an image.
StreamHeader read_book_header(std::span<const std::byte> bytes) {
  check_small_header(bytes, book_kind);
  const auto get = [&](std::size_t offset, std::size_t count) {
    return static_cast<std::uint32_t>(load_le(bytes.data() + offset, count));
  };
  const std::uint32_t coding = get(field::codebook_coding, 1);
  if (coding > 1) throw newer_version_error(book_kind);
  check_reserved(bytes, field::reserved_after_coding, small_header_crc);
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
  walk_sections(bytes, book_kind, [&](const Section& section) {
    if (section.type != (codebook ? section_type::end : section_type::codebook)) {
      if (!is_critical_type(section.type)) throw unknown_critical_error(section);
      throw misplaced_error(section);
    }
    if (!codebook) codebook = section;
  });
  return *codebook;
}

}  // namespace

std::vector<std::byte> write_codebook(const Codebook& codebook) {
  validate(codebook);
  const SampleArray codewords = codewords_of(codebook);
  std::vector<std::byte> payload = encode_codebook(codewords);
  const bool coded = payload.size() < codewords.bytes().size();
  if (!coded) payload = plain_codebook(codewords);
  std::vector<std::byte> bytes = book_header(grid_of(codebook), codebook.size(), coded);
  append_section(bytes, section_type::codebook, 0, payload);
  append_end(bytes);
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
