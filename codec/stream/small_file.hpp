// What codebook and statistics files share: a header of 32 bytes, then sections up to END (FORMAT.md, "Codebook
// files").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "sections.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {

/// A kind of file: how it begins, and the words of errors about it.
struct FileKind {
  std::array<std::uint8_t, 8> magic;
  std::uint32_t version_major;
  std::uint32_t version_minor;   ///< the highest that is known
  std::string_view wrong_magic;  ///< "not a .vqb file: wrong signature"
  std::string_view wanted;       ///< "give a codebook that vqi train wrote"
  std::string_view name;         ///< "codebook"
};

inline constexpr std::size_t small_header_bytes = 32;
/// Byte offset of the header's checksum.
inline constexpr std::size_t small_header_crc = 28;

/// A header with magic and version, the rest 0.
[[nodiscard]] std::vector<std::byte> new_file(const FileKind& kind);
/// Sets the checksum of the header that `file` begins with.
void seal_header(std::span<std::byte> file);
/// Appends the section END.
void append_end(std::vector<std::byte>& file);

/// Throws Error{bad_magic, truncated, checksum_mismatch, unsupported_version, reserved_set} unless `file` begins with a
/// header of this kind.
void check_small_header(std::span<const std::byte> file, const FileKind& kind);
/// Throws Error{reserved_set} unless the header's bytes `begin` to `end` - 1 are 0.
void check_reserved(std::span<const std::byte> file, std::size_t begin, std::size_t end);
[[nodiscard]] Error newer_version_error(const FileKind& kind);

/// Calls `visit` for each section after the header that is not skippable, END the last; it throws for a section that
/// may not stand there. Throws Error{truncated, checksum_mismatch, reserved_set, corrupt_section, trailing_bytes}
/// unless frames, checksums and the length in END are right.
void walk_sections(std::span<const std::byte> file, const FileKind& kind,
                   const std::function<void(const Section&)>& visit);
/// The Error for a section of a known type where another one should be.
[[nodiscard]] Error misplaced_error(const Section& section);

}  // namespace vqi::detail
