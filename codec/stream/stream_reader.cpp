// The walk over a stream and the checks that come before any memory is taken.
#include "stream_reader.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "bit_packing.hpp"
#include "bytes.hpp"
#include "crc32c.hpp"
#include "integer.hpp"
#include "metadata_sections.hpp"
#include "stream_error.hpp"
#include "uniform_range.hpp"

namespace vqi::detail {
namespace {

constexpr std::array critical_order{section_type::codebook, section_type::strip_table, section_type::indices,
                                    section_type::end};
constexpr std::array<std::string_view, 5> metadata_types{"gAMA", "cHRM", "sRGB", "iCCP", "pHYs"};

void check_payload_size(const Section& section, std::uint64_t wanted) {
  if (section.payload.size() != wanted)
    throw stream_error(ErrorCode::corrupt_section, section.offset + 6,
                       "section \"" + section.type + "\" has " + std::to_string(section.payload.size()) +
                           " bytes, not " + std::to_string(wanted));
}

}  // namespace

StreamReader::StreamReader(std::span<const std::byte> stream, const DecodeLimits& limits)
    : stream_(stream), header_(read_header(stream)) {
  check_limits(header_, limits);
  read_sections();
  check_strip_table();
}

void StreamReader::read_sections() {
  std::uint64_t offset = header_bytes;
  std::size_t next_critical = 0;
  while (next_critical < critical_order.size()) {
    const Section section = read_section(stream_, offset);
    // The index section's checksum is joined from its strips' when they are read.
    if (section.skippable() || section.type != section_type::indices) check_crc(section);
    if (!section.skippable()) {
      take_critical(section, next_critical);
    } else if (is_critical_type(section.type)) {
      throw stream_error(ErrorCode::corrupt_section, section.offset + 4,
                         "section \"" + section.type + "\" is marked as one that may be skipped");
    } else if (is_metadata_type(section.type)) {
      const auto same_type = [&](const Section& other) { return other.type == section.type; };
      if (std::any_of(metadata_sections_.begin(), metadata_sections_.end(), same_type))
        throw stream_error(ErrorCode::corrupt_section, section.offset, "section \"" + section.type + "\" is repeated");
      check_metadata(section);
      metadata_sections_.push_back(section);
      metadata_bytes_ += section.size_bytes();
    }
    offset += section.size_bytes();
  }
  if (offset != stream_.size())
    throw stream_error(ErrorCode::trailing_bytes, offset,
                       std::to_string(stream_.size() - offset) + " bytes follow the end of the stream");
}

void StreamReader::take_critical(const Section& section, std::size_t& next_critical) {
  const std::string_view expected = critical_order[next_critical];
  if (section.type != expected) {
    if (!is_critical_type(section.type)) throw unknown_critical_error(section);
    throw stream_error(ErrorCode::corrupt_section, section.offset,
                       "section \"" + section.type + "\" stands where \"" + std::string(expected) + "\" should");
  }
  ++next_critical;
  if (section.type == section_type::codebook) {
    if (!codebook_length_fits(header_, section.payload.size())) check_payload_size(section, header_.codebook_bytes());
    codebook_ = section;
  } else if (section.type == section_type::strip_table) {
    const auto wanted = checked_product(header_.strip_count(), strip_entry_bytes);
    if (!wanted || section.payload.size() != *wanted) check_payload_size(section, wanted.value_or(0));
    strip_table_ = section;
  } else if (section.type == section_type::indices) {
    index_section_ = section;
  } else {
    check_payload_size(section, 8);
    const std::uint64_t file_bytes = load_le(section.payload.data(), 8);
    const std::uint64_t end = section.offset + section.size_bytes();
    if (file_bytes != end)
      throw stream_error(
          ErrorCode::corrupt_section, section.payload_offset(),
          "the stream says it has " + std::to_string(file_bytes) + " bytes and ends after " + std::to_string(end));
  }
}

std::uint32_t StreamReader::strip_length(std::uint64_t i) const noexcept {
  return static_cast<std::uint32_t>(load_le(strip_table_.payload.data() + i * strip_entry_bytes, 4));
}

std::uint32_t StreamReader::strip_crc(std::uint64_t i) const noexcept {
  return static_cast<std::uint32_t>(load_le(strip_table_.payload.data() + i * strip_entry_bytes + 4, 4));
}

void StreamReader::check_strip_table() const {
  std::uint64_t total = 0;
  for (std::uint64_t i = 0; i < header_.strip_count(); ++i) {
    const std::uint64_t length = strip_length(i);
    const std::uint64_t vectors = header_.strip_vectors(i);
    if (!strip_length_fits(header_, vectors, length))
      throw stream_error(ErrorCode::corrupt_section, strip_table_.payload_offset() + i * strip_entry_bytes,
                         "strip " + std::to_string(i) + " of " + std::to_string(vectors) + " vectors cannot have " +
                             std::to_string(length) + " bytes");
    total += length;
  }
  check_payload_size(index_section_, total);
}

ColourMetadata StreamReader::metadata() const {
  ColourMetadata metadata;
  for (const Section& section : metadata_sections_) read_metadata(section, metadata);
  return metadata;
}

std::vector<StripEntry> StreamReader::strips() const {
  std::vector<StripEntry> entries(header_.strip_count());
  std::uint64_t at = 0;
  for (std::uint64_t i = 0; i < entries.size(); ++i) {
    const std::uint32_t length = strip_length(i);
    entries[i] = {index_section_.payload_offset() + at, index_section_.payload.subspan(at, length), strip_crc(i)};
    at += length;
  }
  return entries;
}

void StreamReader::check_index_section() const {
  std::uint32_t payload_crc = 0;
  for (std::uint64_t i = 0; i < header_.strip_count(); ++i)
    payload_crc = crc32c_joined(payload_crc, strip_crc(i), strip_length(i));
  if (index_section_.actual_crc(payload_crc) != index_section_.stored_crc)
    throw stream_error(ErrorCode::checksum_mismatch, index_section_.offset,
                       "checksum of section \"INDX\" does not match");
}

bool codebook_length_fits(const StreamHeader& header, std::uint64_t length_bytes) noexcept {
  if (header.coded_codebook) return length_bytes > 0 && length_bytes < header.codebook_bytes();
  return length_bytes == header.codebook_bytes();
}

bool strip_length_fits(const StreamHeader& header, std::uint64_t vectors, std::uint64_t length_bytes) noexcept {
  if (header.coding == IndexCoding::context_model) return (length_bytes == 0) == (header.k == 1);
  if (header.coding == IndexCoding::fixed_width) return length_bytes == packed_size_bytes(vectors, bits_for(header.k));
  return length_bytes >= uniform_size_min_bytes && length_bytes <= uniform_size_max_bytes(vectors) &&
         length_bytes % 4 == 0;
}

std::string strip_words(const StreamHeader& header, std::uint64_t strip) {
  const std::uint64_t begin = std::uint64_t{header.strip_begin(strip)} * header.grid.block_height_px;
  const std::uint64_t end = begin + std::uint64_t{header.strip_row_count(strip)} * header.grid.block_height_px;
  return "strip " + std::to_string(strip) + " (pixel rows " + std::to_string(begin) + " to " +
         std::to_string(std::min<std::uint64_t>(end, header.grid.height_px) - 1) + ")";
}

bool is_critical_type(std::string_view type) noexcept {
  return std::find(critical_order.begin(), critical_order.end(), type) != critical_order.end();
}

Error unknown_critical_error(const Section& section) {
  return {ErrorCode::corrupt_section,
          "unknown critical section \"" + section.type + "\" (at byte " + std::to_string(section.offset) +
              "), use a newer release of vqi",
          section.offset};
}

bool is_metadata_type(std::string_view type) noexcept {
  return std::find(metadata_types.begin(), metadata_types.end(), type) != metadata_types.end();
}

void check_strip_crc(const StreamHeader& header, std::uint64_t strip, const StripEntry& entry) {
  if (crc32c(entry.bytes) != entry.crc)
    throw stream_error(ErrorCode::checksum_mismatch, entry.offset,
                       "checksum of index " + strip_words(header, strip) + " does not match");
}

void decode_strip(const StreamHeader& header, const IndexModel* model, std::uint64_t strip, const StripEntry& entry,
                  std::span<std::uint16_t> indices, const RowHook& between_rows) {
  check_strip_crc(header, strip, entry);
  bool valid = true;
  if (header.coding == IndexCoding::uniform_range) {
    valid = decode_uniform(entry.bytes, header.k, indices);
  } else if (header.coding == IndexCoding::fixed_width || header.k == 1) {
    valid = unpack_indices(entry.bytes, bits_for(header.k), header.k, indices);
  } else {
    try {
      model->decode(entry.bytes, header.grid.map_width(), indices, between_rows);
    } catch (const Error& error) {
      if (error.error_code() != ErrorCode::corrupt_indices) throw;
      valid = false;
    }
  }
  if (!valid)
    throw stream_error(ErrorCode::corrupt_indices, entry.offset,
                       "indices of " + strip_words(header, strip) + " break their coding's rules");
}

}  // namespace vqi::detail
