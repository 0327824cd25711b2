// The fixed header of a stream (FORMAT.md, "Fixed header").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "block_grid.hpp"
#include "vqi/options.hpp"

namespace vqi {

inline constexpr std::size_t header_bytes = 64;
inline constexpr std::uint32_t format_major = 1;
inline constexpr std::uint32_t format_minor = 0;
inline constexpr std::uint32_t codewords_max = 65536;
/// Fewer vectors than this are in a strip only where the map has no more than one strip.
inline constexpr std::uint64_t strip_vectors_min = 65536;

/// The values of the field `coding`.
enum class IndexCoding : std::uint8_t { fixed_width = 1, uniform_range = 2 };

struct StreamHeader {
  std::uint32_t version_minor = format_minor;
  BlockGrid grid;
  std::uint32_t k = 0;
  IndexCoding coding = IndexCoding::fixed_width;
  std::uint32_t strip_rows = 1;
  double mse = 0;

  [[nodiscard]] std::uint64_t codebook_bytes() const noexcept { return std::uint64_t{k} * grid.vector_bytes(); }
  [[nodiscard]] std::uint64_t strip_count() const noexcept;
  /// First row of the map in strip `i`, and the rows in it.
  [[nodiscard]] std::uint32_t strip_begin(std::uint64_t i) const noexcept;
  [[nodiscard]] std::uint32_t strip_row_count(std::uint64_t i) const noexcept;
  [[nodiscard]] std::uint64_t strip_vectors(std::uint64_t i) const noexcept {
    return std::uint64_t{strip_row_count(i)} * grid.map_width();
  }
};

/// The rows in a strip that our encoder chooses: the fewest with strip_vectors_min vectors.
[[nodiscard]] std::uint32_t choose_strip_rows(const BlockGrid& grid) noexcept;

[[nodiscard]] std::array<std::byte, header_bytes> write_header(const StreamHeader& header) noexcept;

/// Checks everything that the header alone can tell. Throws Error of class data.
[[nodiscard]] StreamHeader read_header(std::span<const std::byte> bytes);

/// Throws Error{limit_exceeded} if the image would pass a limit on pixels or sides.
void check_limits(const StreamHeader& header, const DecodeLimits& limits);

}  // namespace vqi
