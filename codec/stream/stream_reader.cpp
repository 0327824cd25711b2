// Follows the sections in their order and compares every length with what the header allows.
#include "stream_reader.hpp"

#include <algorithm>
#include <string>

#include "bytes.hpp"
#include "codebook_section.hpp"
#include "crc32c.hpp"
#include "integer.hpp"
#include "metadata_sections.hpp"
#include "stream_error.hpp"

namespace vqi::detail {
namespace {

/// The beginning of a stream that has to hold the header.
std::span<const std::byte> start_of(StreamBytes& stream) {
  return stream.look(0, static_cast<std::size_t>(std::min<std::uint64_t>(stream.size(), header_bytes)));
}

/// The section with this frame, its checksum checked; with its payload only if that has a meaning. The checksum of the
/// index section is joined from those of its strips when they are read.
Section checked_section(StreamBytes& stream, const SectionFrame& frame) {
  Section section{frame, {}};
  section.stored_crc = read_stored_crc(stream, frame);
  const std::uint64_t begin = frame.payload_offset();
  if (!section.skippable() && section.type == section_type::indices) {
    section.payload = stream.held(begin, frame.payload_bytes);
  } else if (is_critical_type(section.type) || is_metadata_type(section.type)) {
    section.payload = stream.keep(begin, frame.payload_bytes);
    check_crc(section);
  } else {
    std::uint32_t crc = 0;
    for (std::uint64_t at = 0; at < frame.payload_bytes; at += StreamBytes::look_bytes_max)
      crc = crc32c(stream.look(begin + at, static_cast<std::size_t>(std::min<std::uint64_t>(
                                               frame.payload_bytes - at, StreamBytes::look_bytes_max))),
                   crc);
    check_crc(section, crc);
  }
  return section;
}

}  // namespace

StreamReader::StreamReader(std::span<const std::byte> stream, const DecodeLimits& limits)
    : header_(read_header(stream)) {
  check_limits(header_, limits);
  MemoryBytes bytes(stream);
  read_sections(bytes);
  check_strip_table();
}

StreamReader::StreamReader(StreamBytes& stream, const DecodeLimits& limits) : header_(read_header(start_of(stream))) {
  check_limits(header_, limits);
  read_sections(stream);
  check_strip_table();
}

void StreamReader::read_sections(StreamBytes& stream) {
  std::uint64_t offset = header_bytes;
  std::size_t next_critical = 0;
  while (next_critical < critical_order.size()) {
    const Section section = checked_section(stream, read_frame(stream, offset));
    if (!section.skippable()) {
      take_critical(section, next_critical);
    } else if (is_critical_type(section.type)) {
      throw stream_error(ErrorCode::corrupt_section, section.offset + frame_field::flags,
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
  if (offset != stream.size()) throw trailing_error(stream.size() - offset, offset, "stream");
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
    if (!codebook_length_fits(header_, section.payload.size()))
      check_payload_size(section, header_.detached_codebook ? detached_codebook_bytes : header_.codebook_bytes());
    codebook_ = section;
  } else if (section.type == section_type::strip_table) {
    const auto wanted = checked_product(header_.strip_count(), strip_entry_bytes);
    if (!wanted || section.payload.size() != *wanted) check_payload_size(section, wanted.value_or(0));
    strip_table_ = section;
  } else if (section.type == section_type::indices) {
    index_section_ = section;
  } else {
    check_payload_size(section, end_payload_bytes);
    const std::uint64_t file_bytes = load_le(section.payload.data(), end_payload_bytes);
    const std::uint64_t end = section.offset + section.size_bytes();
    if (file_bytes != end)
      throw stream_error(
          ErrorCode::corrupt_section, section.payload_offset(),
          "the stream says it has " + std::to_string(file_bytes) + " bytes and ends after " + std::to_string(end));
  }
}

std::uint32_t StreamReader::strip_length(std::uint64_t i) const noexcept {
  return static_cast<std::uint32_t>(load_le(strip_table_.payload.data() + i * strip_entry_bytes, strip_length_bytes));
}

std::uint32_t StreamReader::strip_crc(std::uint64_t i) const noexcept {
  return static_cast<std::uint32_t>(
      load_le(strip_table_.payload.data() + i * strip_entry_bytes + strip_length_bytes, strip_crc_bytes));
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

std::vector<StripPlace> StreamReader::strip_places(std::uint64_t begin, std::uint64_t end) const {
  std::vector<StripPlace> places(end - begin);
  std::uint64_t offset = index_section_.payload_offset();
  for (std::uint64_t i = 0; i < begin; ++i) offset += strip_length(i);
  for (std::uint64_t i = begin; i < end; ++i) {
    places[i - begin] = {offset, strip_length(i), strip_crc(i)};
    offset += strip_length(i);
  }
  return places;
}

std::vector<StripEntry> StreamReader::strips() const {
  std::vector<StripEntry> entries;
  entries.reserve(header_.strip_count());
  for (const StripPlace& place : strip_places(0, header_.strip_count()))
    entries.push_back({place.offset,
                       index_section_.payload.subspan(place.offset - index_section_.payload_offset(), place.size_bytes),
                       place.crc});
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

}  // namespace vqi::detail
