// A .vqi stream taken apart without judging it, and put together again with lengths and checksums that fit.
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
  std::vector<std::byte> header;  ///< 64 bytes
  std::vector<LooseSection> sections;
  std::vector<std::byte> tail;  ///< what is no section

  [[nodiscard]] LooseSection* find(std::string_view type) noexcept;
};

/// Nothing where the bytes are shorter than a header.
[[nodiscard]] std::optional<LooseStream> split_stream(std::span<const std::byte> bytes);

/// Makes the codebook, coded or not, the strip table and the strips as long as the header says, as far as it is
/// one that can be read and asks for no more than `size_max` bytes.
void fit_to_header(LooseStream& stream, std::size_t size_max);

/// The bytes, with every checksum right, and the file's length in END.
[[nodiscard]] std::vector<std::byte> join_stream(LooseStream stream);

}  // namespace vqi::fuzz
