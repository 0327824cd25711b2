// Splits streams into sections, and repairs lengths, checksums and codebooks at which a reader would stop.
#include "loose_stream.hpp"

#include <algorithm>

#include "bit_packing.hpp"
#include "bytes.hpp"
#include "codebook_coding.hpp"
#include "crc32c.hpp"
#include "integer.hpp"
#include "sections.hpp"
#include "stream_header.hpp"
#include "uniform_range.hpp"
#include "vqi/error.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

/// The checksum is the last field of either kind of header.
void repair_header(std::vector<std::byte>& header) {
  const std::size_t crc_offset = header.size() - 4;
  store_le(header.data() + crc_offset, crc32c(std::span(header).first(crc_offset)), 4);
}

/// Writes the checksum of each strip that lies inside `indices`; the last strip is what remains.
void repair_strip_table(std::span<std::byte> table, std::span<const std::byte> indices) {
  const std::size_t count = table.size() / strip_entry_bytes;
  for (std::size_t i = 0; i < count; ++i) {
    std::byte* const entry = table.data() + i * strip_entry_bytes;
    const std::size_t length = i + 1 < count ? load_le(entry, 4) : indices.size();
    if (length > indices.size()) return;
    store_le(entry, length, 4);
    store_le(entry + 4, crc32c(indices.first(length)), 4);
    indices = indices.subspan(length);
  }
}

/// The bytes of strip `i`: a fixed number if its coding has one, otherwise an even share of `bytes_there`.
std::uint64_t strip_bytes(const StreamHeader& header, std::uint64_t i, std::size_t bytes_there) {
  const std::uint64_t vectors = header.strip_vectors(i);
  if (header.coding == IndexCoding::fixed_width) return packed_size_bytes(vectors, bits_for(header.k));
  if (header.coding == IndexCoding::context_model) return header.k == 1 ? 0 : bytes_there / header.strip_count();
  const std::uint64_t share = bytes_there / header.strip_count() / 4 * 4;
  return std::clamp(share, uniform_size_min_bytes, uniform_size_max_bytes(vectors));
}

/// Leaves a coded codebook that can be decoded; otherwise takes its bytes for samples and codes these.
void fit_coded_codebook(const StreamHeader& header, std::vector<std::byte>& payload) {
  SampleArray codebook(header.k, header.grid.dimension(), header.grid.bit_depth);
  if (decode_codebook(payload, codebook, {})) return;
  payload.resize(codebook.bytes().size());
  std::copy(payload.begin(), payload.end(), codebook.bytes().begin());
  payload = encode_codebook(codebook);
}

}  // namespace

bool LooseSection::is(std::string_view name) const noexcept {
  return std::equal(type.begin(), type.end(), name.begin(), name.end(),
                    [](std::byte byte, char letter) { return byte == static_cast<std::byte>(letter); });
}

LooseSection* LooseStream::find(std::string_view type) noexcept {
  const auto found =
      std::find_if(sections.begin(), sections.end(), [&](const LooseSection& section) { return section.is(type); });
  return found == sections.end() ? nullptr : &*found;
}

std::optional<LooseStream> split_stream(std::span<const std::byte> bytes, std::size_t header_size) {
  if (bytes.size() < header_size) return std::nullopt;
  LooseStream stream;
  const std::span<const std::byte> header = bytes.first(header_size);
  stream.header.assign(header.begin(), header.end());
  bytes = bytes.subspan(header_size);
  while (bytes.size() >= section_overhead_bytes) {
    const std::uint64_t length = load_le(bytes.data() + 6, 6);
    if (length > bytes.size() - section_overhead_bytes) break;
    LooseSection section;
    std::copy_n(bytes.begin(), section.type.size(), section.type.begin());
    section.flags = static_cast<std::uint16_t>(load_le(bytes.data() + 4, 2));
    const std::span<const std::byte> payload = bytes.subspan(section_frame_bytes, length);
    section.payload.assign(payload.begin(), payload.end());
    stream.sections.push_back(std::move(section));
    bytes = bytes.subspan(section_overhead_bytes + length);
  }
  stream.tail.assign(bytes.begin(), bytes.end());
  return stream;
}

void fit_to_header(LooseStream& stream, std::size_t size_max) {
  LooseSection* const codebook = stream.find(section_type::codebook);
  LooseSection* const table = stream.find(section_type::strip_table);
  LooseSection* const indices = stream.find(section_type::indices);
  if (codebook == nullptr || table == nullptr || indices == nullptr) return;
  repair_header(stream.header);
  StreamHeader header;
  try {
    header = read_header(stream.header);
  } catch (const Error&) {
    return;
  }
  if (header.codebook_bytes() > size_max || header.strip_count() > size_max / strip_entry_bytes) return;
  std::vector<std::byte> entries;
  ByteWriter writer(entries);
  std::uint64_t total = 0;
  for (std::uint64_t i = 0; i < header.strip_count(); ++i) {
    const std::uint64_t length = strip_bytes(header, i, indices->payload.size());
    if (length > size_max || total + length > size_max) return;
    total += length;
    writer.integer(length, 4);
    writer.integer(0, 4);
  }
  if (header.coded_codebook)
    fit_coded_codebook(header, codebook->payload);
  else
    codebook->payload.resize(header.codebook_bytes());
  indices->payload.resize(total);
  table->payload = std::move(entries);
}

void fit_codebook_file(LooseStream& file, std::size_t size_max) {
  LooseSection* const codebook = file.find(section_type::codebook);
  if (codebook == nullptr) return;
  const auto field = [&](std::size_t offset, std::size_t size) {
    return static_cast<std::uint32_t>(load_le(file.header.data() + offset, size));
  };
  StreamHeader header;
  header.grid = {0, 0, field(12, 1), field(13, 1), field(14, 1), field(15, 1)};
  header.k = field(16, 4);
  header.coded_codebook = field(20, 1) == 1;
  const bool has_type = header.grid.channels <= 4 && (header.grid.bit_depth == 8 || header.grid.bit_depth == 16);
  if (!has_type || header.codebook_bytes() == 0 || header.codebook_bytes() > size_max) return;
  if (header.coded_codebook)
    fit_coded_codebook(header, codebook->payload);
  else
    codebook->payload.resize(header.codebook_bytes());
}

std::vector<std::byte> join_stream(LooseStream stream) {
  repair_header(stream.header);
  LooseSection* const table = stream.find(section_type::strip_table);
  LooseSection* const indices = stream.find(section_type::indices);
  if (table != nullptr && indices != nullptr) repair_strip_table(table->payload, indices->payload);
  std::vector<std::byte> bytes = std::move(stream.header);
  ByteWriter writer(bytes);
  for (LooseSection& section : stream.sections) {
    if (section.is(section_type::end) && section.payload.size() == 8)
      store_le(section.payload.data(), bytes.size() + section_overhead_bytes + 8, 8);
    const std::size_t begin = bytes.size();
    writer.append(section.type);
    writer.integer(section.flags, 2);
    writer.integer(section.payload.size(), 6);
    writer.append(section.payload);
    writer.integer(crc32c(std::span(bytes).subspan(begin)), 4);
  }
  writer.append(stream.tail);
  return bytes;
}

}  // namespace vqi::fuzz
