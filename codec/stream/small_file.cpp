// Writes and checks the parts that small files have in common.
#include "small_file.hpp"

#include <algorithm>
#include <string>

#include "bytes.hpp"
#include "crc32c.hpp"
#include "stream_error.hpp"

namespace vqi::detail {
namespace {

/// Byte offsets of the fields.
namespace field {
constexpr std::size_t version_major = 8;
constexpr std::size_t version_minor = 9;
constexpr std::size_t reserved_after_version = 10;
constexpr std::size_t after_reserved = 12;
}  // namespace field

}  // namespace

std::vector<std::byte> new_file(const FileKind& kind) {
  std::vector<std::byte> file(small_header_bytes);
  for (std::size_t i = 0; i < kind.magic.size(); ++i) file[i] = static_cast<std::byte>(kind.magic[i]);
  file[field::version_major] = static_cast<std::byte>(kind.version_major);
  file[field::version_minor] = static_cast<std::byte>(kind.version_minor);
  return file;
}

void seal_header(std::span<std::byte> file) {
  store_le(file.data() + small_header_crc, crc32c(file.first(small_header_crc)), section_crc_bytes);
}

void append_end(std::vector<std::byte>& file) {
  std::vector<std::byte> end;
  ByteWriter(end).integer(file.size() + section_overhead_bytes + end_payload_bytes, end_payload_bytes);
  append_section(file, section_type::end, 0, end);
}

Error newer_version_error(const FileKind& kind) {
  return {ErrorCode::unsupported_version,
          "the " + std::string(kind.name) + " is of a newer version (at byte 8), use a newer release of vqi",
          field::version_major};
}

void check_reserved(std::span<const std::byte> file, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i)
    if (file[i] != std::byte{0}) throw stream_error(ErrorCode::reserved_set, i, "reserved byte of the header is not 0");
}

void check_small_header(std::span<const std::byte> file, const FileKind& kind) {
  for (std::size_t i = 0; i < std::min(file.size(), kind.magic.size()); ++i)
    if (static_cast<std::uint8_t>(file[i]) != kind.magic[i])
      throw Error(ErrorCode::bad_magic,
                  std::string(kind.wrong_magic) + " (at byte " + std::to_string(i) + "), " + std::string(kind.wanted),
                  i);
  if (file.size() < small_header_bytes)
    throw stream_error(ErrorCode::truncated, file.size(), "the file ends within its header");
  if (load_le(file.data() + small_header_crc, section_crc_bytes) != crc32c(file.first(small_header_crc)))
    throw stream_error(ErrorCode::checksum_mismatch, small_header_crc, "checksum of the header does not match");
  if (load_le(file.data() + field::version_major, 1) != kind.version_major ||
      load_le(file.data() + field::version_minor, 1) > kind.version_minor)
    throw newer_version_error(kind);
  check_reserved(file, field::reserved_after_version, field::after_reserved);
}

Error misplaced_error(const Section& section) {
  return stream_error(ErrorCode::corrupt_section, section.offset,
                      "section \"" + section.type + "\" stands where another should");
}

void walk_sections(std::span<const std::byte> file, const FileKind& kind,
                   const std::function<void(const Section&)>& visit) {
  std::uint64_t offset = small_header_bytes;
  for (bool ended = false; !ended;) {
    const Section section = read_section(file, offset);
    check_crc(section);
    offset += section.size_bytes();
    if (section.skippable()) continue;
    visit(section);
    ended = section.type == section_type::end;
    if (!ended) continue;
    check_payload_size(section, end_payload_bytes);
    if (load_le(section.payload.data(), end_payload_bytes) != offset)
      throw stream_error(ErrorCode::corrupt_section, section.payload_offset(),
                         "the file has another length than it says");
  }
  if (offset != file.size()) throw trailing_error(file.size() - offset, offset, std::string(kind.name));
}

}  // namespace vqi::detail
