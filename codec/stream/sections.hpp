// Sections of a stream: their frames, checksums and critical types (FORMAT.md, "Sections").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vqi/error.hpp"

namespace vqi::detail {

/// Byte offsets of the fields in a section's frame, and the bytes of the length.
namespace frame_field {
inline constexpr std::size_t flags = 4;
inline constexpr std::size_t length = 6;
inline constexpr std::size_t length_bytes = 6;
}  // namespace frame_field
inline constexpr std::size_t section_frame_bytes = frame_field::length + frame_field::length_bytes;
inline constexpr std::size_t section_crc_bytes = 4;
inline constexpr std::size_t section_overhead_bytes = section_frame_bytes + section_crc_bytes;
inline constexpr std::uint16_t skippable_flag = 1;

/// The payload of section END: the bytes of the stream.
inline constexpr std::size_t end_payload_bytes = 8;

/// The types of the critical sections. Those of colour metadata are in metadata_sections.cpp.
namespace section_type {
inline constexpr std::string_view codebook = "CBOK";
inline constexpr std::string_view strip_table = "STRP";
inline constexpr std::string_view indices = "INDX";
inline constexpr std::string_view end = "END ";
}  // namespace section_type

/// The critical sections in the order that they have in a stream.
inline constexpr std::array critical_order{section_type::codebook, section_type::strip_table, section_type::indices,
                                           section_type::end};

/// A section as it lies in the stream; borrows frame and payload.
struct Section {
  std::string type;
  std::uint16_t flags = 0;
  std::uint64_t offset = 0;  ///< of the frame
  std::span<const std::byte> payload;
  std::span<const std::byte> frame;
  std::uint32_t stored_crc = 0;

  [[nodiscard]] bool skippable() const noexcept { return (flags & skippable_flag) != 0; }
  [[nodiscard]] std::uint64_t size_bytes() const noexcept { return section_overhead_bytes + payload.size(); }
  [[nodiscard]] std::uint64_t payload_offset() const noexcept { return offset + section_frame_bytes; }
  /// The checksum that frame and payload have, given the payload's own.
  [[nodiscard]] std::uint32_t actual_crc(std::uint32_t payload_crc) const noexcept;
  [[nodiscard]] bool crc_ok() const noexcept;
};

/// The section at `offset`; its checksum is not checked. Throws Error{truncated, reserved_set, corrupt_section}.
[[nodiscard]] Section read_section(std::span<const std::byte> stream, std::uint64_t offset);

/// Throws Error{checksum_mismatch} naming the section.
void check_crc(const Section& section);

/// True for the types of critical_order.
[[nodiscard]] bool is_critical_type(std::string_view type) noexcept;

/// The Error for a critical section of any other type.
[[nodiscard]] Error unknown_critical_error(const Section& section);

/// Throws Error{corrupt_section} unless the section's payload has `wanted` bytes.
void check_payload_size(const Section& section, std::uint64_t wanted);

/// Appends a section with its frame and checksum.
void append_section(std::vector<std::byte>& stream, std::string_view type, std::uint16_t flags,
                    std::span<const std::byte> payload);

/// Appends a section whose payload is the `parts` one after the other; `part_crcs` are their checksums.
void append_section(std::vector<std::byte>& stream, std::string_view type,
                    std::span<const std::vector<std::byte>> parts, std::span<const std::uint32_t> part_crcs);

}  // namespace vqi::detail
