// Reading, checking and writing section frames.
#include "sections.hpp"

#include <algorithm>

#include "bytes.hpp"
#include "crc32c.hpp"
#include "stream_error.hpp"

namespace vqi::detail {
namespace {

std::string quoted(const std::string& type) { return "\"" + type + "\""; }

void append_frame(std::vector<std::byte>& stream, std::string_view type, std::uint16_t flags, std::uint64_t length) {
  ByteWriter writer(stream);
  writer.text(type);
  writer.integer(flags, 2);
  writer.integer(length, 6);
}

}  // namespace

std::uint32_t Section::actual_crc(std::uint32_t payload_crc) const noexcept {
  return crc32c_joined(crc32c(frame), payload_crc, payload.size());
}

bool Section::crc_ok() const noexcept { return crc32c(payload, crc32c(frame)) == stored_crc; }

Section read_section(std::span<const std::byte> stream, std::uint64_t offset) {
  const std::uint64_t left = stream.size() - offset;
  if (left == 0) throw stream_error(ErrorCode::truncated, offset, "the file ends where a section should begin");
  if (left < section_overhead_bytes)
    throw stream_error(ErrorCode::truncated, stream.size(), "the file ends within a section's frame");
  const std::byte* const at = stream.data() + offset;
  Section section;
  section.offset = offset;
  section.frame = stream.subspan(offset, section_frame_bytes);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto character = static_cast<unsigned char>(at[i]);
    if (character < 0x20 || character > 0x7E)
      throw stream_error(ErrorCode::corrupt_section, offset + i, "section type is not printable ASCII");
    section.type.push_back(static_cast<char>(character));
  }
  section.flags = static_cast<std::uint16_t>(load_le(at + 4, 2));
  if ((section.flags & ~skippable_flag) != 0)
    throw stream_error(ErrorCode::reserved_set, offset + 4,
                       "reserved flag of section " + quoted(section.type) + " is set");
  const std::uint64_t length = load_le(at + 6, 6);
  if (length > left - section_overhead_bytes)
    throw stream_error(ErrorCode::truncated, offset + 6,
                       "section " + quoted(section.type) + " claims " + std::to_string(length) +
                           " bytes and the file has " + std::to_string(left - section_overhead_bytes) + " left");
  section.payload = stream.subspan(offset + section_frame_bytes, length);
  section.stored_crc = static_cast<std::uint32_t>(load_le(at + section_frame_bytes + length, 4));
  return section;
}

void check_crc(const Section& section) {
  if (!section.crc_ok())
    throw stream_error(ErrorCode::checksum_mismatch, section.offset,
                       "checksum of section " + quoted(section.type) + " does not match");
}

void append_section(std::vector<std::byte>& stream, std::string_view type, std::uint16_t flags,
                    std::span<const std::byte> payload) {
  const std::size_t begin = stream.size();
  append_frame(stream, type, flags, payload.size());
  ByteWriter writer(stream);
  writer.append(payload);
  writer.integer(crc32c(std::span(stream).subspan(begin)), 4);
}

void append_section(std::vector<std::byte>& stream, std::string_view type,
                    std::span<const std::vector<std::byte>> parts, std::span<const std::uint32_t> part_crcs) {
  std::uint64_t length = 0;
  for (const std::vector<std::byte>& part : parts) length += part.size();
  const std::size_t begin = stream.size();
  append_frame(stream, type, 0, length);
  std::uint32_t crc = crc32c(std::span(stream).subspan(begin));
  ByteWriter writer(stream);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    writer.append(parts[i]);
    crc = crc32c_joined(crc, part_crcs[i], parts[i].size());
  }
  writer.integer(crc, 4);
}

}  // namespace vqi::detail
