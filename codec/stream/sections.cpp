// Parses, checks and appends section frames.
#include "sections.hpp"

#include <algorithm>

#include "bytes.hpp"
#include "crc32c.hpp"
#include "stream_error.hpp"

namespace vqi::detail {
namespace {

std::string quoted(const std::string& type) { return "\"" + type + "\""; }

}  // namespace

std::uint32_t SectionFrame::actual_crc(std::uint32_t payload_crc) const noexcept {
  return crc32c_joined(frame_crc, payload_crc, payload_bytes);
}

bool Section::crc_ok() const noexcept { return crc32c(payload, frame_crc) == stored_crc; }

SectionFrame read_frame(StreamBytes& stream, std::uint64_t offset) {
  const std::uint64_t left = stream.size() - offset;
  if (left == 0) throw stream_error(ErrorCode::truncated, offset, "the file ends where a section should begin");
  if (left < section_overhead_bytes)
    throw stream_error(ErrorCode::truncated, stream.size(), "the file ends within a section's frame");
  const std::span<const std::byte> at = stream.look(offset, section_frame_bytes);
  SectionFrame section;
  section.offset = offset;
  section.frame_crc = crc32c(at);
  for (std::size_t i = 0; i < frame_field::flags; ++i) {
    const auto character = static_cast<unsigned char>(at[i]);
    if (character < 0x20 || character > 0x7E)
      throw stream_error(ErrorCode::corrupt_section, offset + i, "section type is not printable ASCII");
    section.type.push_back(static_cast<char>(character));
  }
  section.flags =
      static_cast<std::uint16_t>(load_le(at.data() + frame_field::flags, frame_field::length - frame_field::flags));
  if ((section.flags & ~skippable_flag) != 0)
    throw stream_error(ErrorCode::reserved_set, offset + frame_field::flags,
                       "reserved flag of section " + quoted(section.type) + " is set");
  section.payload_bytes = load_le(at.data() + frame_field::length, frame_field::length_bytes);
  if (section.payload_bytes > left - section_overhead_bytes)
    throw stream_error(ErrorCode::truncated, offset + frame_field::length,
                       "section " + quoted(section.type) + " claims " + std::to_string(section.payload_bytes) +
                           " bytes and the file has " + std::to_string(left - section_overhead_bytes) + " left");
  return section;
}

std::uint32_t read_stored_crc(StreamBytes& stream, const SectionFrame& frame) {
  return static_cast<std::uint32_t>(
      load_le(stream.look(frame.payload_offset() + frame.payload_bytes, section_crc_bytes).data(), section_crc_bytes));
}

Section read_section(std::span<const std::byte> stream, std::uint64_t offset) {
  MemoryBytes bytes(stream);
  Section section{read_frame(bytes, offset), {}};
  section.payload = stream.subspan(section.payload_offset(), section.payload_bytes);
  section.stored_crc = read_stored_crc(bytes, section);
  return section;
}

void check_crc(const Section& section) { check_crc(section, crc32c(section.payload)); }

void check_crc(const SectionFrame& section, std::uint32_t payload_crc) {
  if (section.actual_crc(payload_crc) != section.stored_crc)
    throw stream_error(ErrorCode::checksum_mismatch, section.offset,
                       "checksum of section " + quoted(section.type) + " does not match");
}

bool is_critical_type(std::string_view type) noexcept {
  return std::find(critical_order.begin(), critical_order.end(), type) != critical_order.end();
}

Error unknown_critical_error(const SectionFrame& section) {
  return {ErrorCode::corrupt_section,
          "unknown critical section " + quoted(section.type) + " (at byte " + std::to_string(section.offset) +
              "), use a newer release of vqi",
          section.offset};
}

void check_payload_size(const SectionFrame& section, std::uint64_t wanted) {
  if (section.payload_bytes != wanted)
    throw stream_error(ErrorCode::corrupt_section, section.offset + frame_field::length,
                       "section " + quoted(section.type) + " has " + std::to_string(section.payload_bytes) +
                           " bytes, not " + std::to_string(wanted));
}

std::uint32_t append_frame(std::vector<std::byte>& stream, std::string_view type, std::uint16_t flags,
                           std::uint64_t length) {
  const std::size_t begin = stream.size();
  ByteWriter writer(stream);
  writer.text(type);
  writer.integer(flags, frame_field::length - frame_field::flags);
  writer.integer(length, frame_field::length_bytes);
  return crc32c(std::span(stream).subspan(begin));
}

void append_section(std::vector<std::byte>& stream, std::string_view type, std::uint16_t flags,
                    std::span<const std::byte> payload) {
  const std::uint32_t frame_crc = append_frame(stream, type, flags, payload.size());
  ByteWriter writer(stream);
  writer.append(payload);
  writer.integer(crc32c(payload, frame_crc), section_crc_bytes);
}

}  // namespace vqi::detail
