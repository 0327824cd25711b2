// LooseStream: the parts of a .vqi stream or a .vqb file that need not be valid, from which a stream with right
// checksums is made.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace vqi::fuzz {

struct LooseSection {
  std::array<std::byte, 4> type{};
  std::uint16_t flags = 0;
  std::vector<std::byte> payload;

  [[nodiscard]] bool is(std::string_view name) const noexcept;
};

struct LooseStream {
  std::vector<std::byte> header;  ///< 64 bytes; of a .vqb file 32
  std::vector<LooseSection> sections;
  std::vector<std::byte> tail;  ///< bytes after the last whole section

  [[nodiscard]] LooseSection* find(std::string_view type) noexcept;
};

/// Splits a stream without checking it; nullopt if the bytes are shorter than a header.
[[nodiscard]] std::optional<LooseStream> split_stream(std::span<const std::byte> bytes, std::size_t header_size = 64);

/// Makes the codebook, coded or not, the strip table and the strips as long as the header says. Leaves them as they
/// are if one is missing, or if the header cannot be read or asks for more than `size_max` bytes.
void fit_to_header(LooseStream& stream, std::size_t size_max);

/// The same for the codebook of a .vqb file.
void fit_codebook_file(LooseStream& file, std::size_t size_max);

/// The bytes of the stream, with all checksums right and the file's length in END.
[[nodiscard]] std::vector<std::byte> join_stream(LooseStream stream);

}  // namespace vqi::fuzz
