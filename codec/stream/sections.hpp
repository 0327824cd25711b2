// Sections of a stream: their frames, checksums and critical types (FORMAT.md, "Sections").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stream_bytes.hpp"
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

/// What stands before and after a section's payload.
struct SectionFrame {
  std::string type;
  std::uint16_t flags = 0;
  std::uint64_t offset = 0;  ///< of the frame
  std::uint64_t payload_bytes = 0;
  std::uint32_t frame_crc = 0;   ///< the checksum of the bytes before the payload
  std::uint32_t stored_crc = 0;  ///< the checksum that stands after it

  [[nodiscard]] bool skippable() const noexcept { return (flags & skippable_flag) != 0; }
  [[nodiscard]] std::uint64_t size_bytes() const noexcept { return section_overhead_bytes + payload_bytes; }
  [[nodiscard]] std::uint64_t payload_offset() const noexcept { return offset + section_frame_bytes; }
  /// The checksum that frame and payload have, given the payload's own.
  [[nodiscard]] std::uint32_t actual_crc(std::uint32_t payload_crc) const noexcept;
};

/// A section as it lies in the stream; borrows the payload.
struct Section : SectionFrame {
  std::span<const std::byte> payload;

  [[nodiscard]] bool crc_ok() const noexcept;
};

/// The frame of the section at `offset`; its payload lies in the stream, and `stored_crc` is not read. Throws
/// Error{truncated, reserved_set, corrupt_section}.
[[nodiscard]] SectionFrame read_frame(StreamBytes& stream, std::uint64_t offset);
/// The checksum that stands after the payload.
[[nodiscard]] std::uint32_t read_stored_crc(StreamBytes& stream, const SectionFrame& frame);

/// The section at `offset`; its checksum is not checked. Throws Error{truncated, reserved_set, corrupt_section}.
[[nodiscard]] Section read_section(std::span<const std::byte> stream, std::uint64_t offset);

/// Throws Error{checksum_mismatch} naming the section.
void check_crc(const Section& section);
/// The same for a section whose payload has the checksum `payload_crc`.
void check_crc(const SectionFrame& section, std::uint32_t payload_crc);

/// True for the types of critical_order.
[[nodiscard]] bool is_critical_type(std::string_view type) noexcept;

/// The Error for a critical section of any other type.
[[nodiscard]] Error unknown_critical_error(const SectionFrame& section);

/// Throws Error{corrupt_section} unless the section's payload has `wanted` bytes.
void check_payload_size(const SectionFrame& section, std::uint64_t wanted);

/// Appends a section with its frame and checksum.
void append_section(std::vector<std::byte>& stream, std::string_view type, std::uint16_t flags,
                    std::span<const std::byte> payload);

/// Appends the frame of a section, what stands before its payload, and returns the frame's checksum.
std::uint32_t append_frame(std::vector<std::byte>& stream, std::string_view type, std::uint16_t flags,
                           std::uint64_t length);

}  // namespace vqi::detail
