// Sections of a stream: frames, checksums, and the walk over them (FORMAT.md, "Sections").
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vqi::detail {

inline constexpr std::size_t section_frame_bytes = 12;  // type, flags, length
inline constexpr std::size_t section_overhead_bytes = section_frame_bytes + 4;
inline constexpr std::uint16_t skippable_flag = 1;

namespace section_type {
inline constexpr std::string_view codebook = "CBOK";
inline constexpr std::string_view strip_table = "STRP";
inline constexpr std::string_view indices = "INDX";
inline constexpr std::string_view end = "END ";
}  // namespace section_type

/// A section as it lies in the stream; `payload` borrows.
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

/// The section at `offset`. Throws Error{truncated, reserved_set, corrupt_section}; its checksum is
/// not looked at.
[[nodiscard]] Section read_section(std::span<const std::byte> stream, std::uint64_t offset);

/// Throws Error{checksum_mismatch} naming the section.
void check_crc(const Section& section);

/// Appends a whole section.
void append_section(std::vector<std::byte>& stream, std::string_view type, std::uint16_t flags,
                    std::span<const std::byte> payload);

/// Appends a section whose payload is the joined `parts` with the checksums `part_crcs`.
void append_section(std::vector<std::byte>& stream, std::string_view type,
                    std::span<const std::vector<std::byte>> parts, std::span<const std::uint32_t> part_crcs);

}  // namespace vqi::detail
