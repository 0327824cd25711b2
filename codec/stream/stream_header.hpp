// The fixed header of a stream (FORMAT.md, "Fixed header").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "block_grid.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

inline constexpr std::size_t header_bytes = 64;
inline constexpr std::uint32_t format_major = 1;
inline constexpr std::uint32_t format_minor = 1;  // the latest that is read
inline constexpr std::uint32_t codewords_max = 65536;
/// Bytes of a strip in the strip table: its length and its checksum, four each.
inline constexpr std::size_t strip_entry_bytes = 8;
/// Fewer vectors than this are in a strip only where the map has no more than one strip.
inline constexpr std::uint64_t strip_vectors_min = 65536;

/// The values of the field `coding`.
enum class IndexCoding : std::uint8_t { fixed_width = 1, uniform_range = 2, context_model = 3 };

/// The values of the field `model`, which is 0 with the other codings.
[[nodiscard]] constexpr std::uint8_t model_number(Model model) noexcept {
  return static_cast<std::uint8_t>(1 + static_cast<std::uint8_t>(model));
}
inline constexpr std::uint8_t model_number_max = model_number(Model::max);

struct StreamHeader {
  std::uint32_t version_minor = 0;
  BlockGrid grid;
  std::uint32_t k = 0;
  IndexCoding coding = IndexCoding::fixed_width;
  std::optional<Model> model;   // of IndexCoding::context_model
  bool coded_codebook = false;  // only with IndexCoding::context_model
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

/// The rows in a strip that our encoder chooses: the fewest with so many vectors. Packed strips are short, for parallel
/// work and regions; a context model starts anew in each, so its strips are long, those of `fast` the longest, as it
/// learns most slowly and works the quickest.
inline constexpr std::uint64_t packed_strip_vectors = strip_vectors_min;
[[nodiscard]] constexpr std::uint64_t model_strip_vectors(Model model) noexcept {
  return model == Model::fast ? std::uint64_t{3} << 21 : std::uint64_t{1} << 22;
}
[[nodiscard]] std::uint32_t choose_strip_rows(const BlockGrid& grid,
                                              std::uint64_t vectors = packed_strip_vectors) noexcept;

[[nodiscard]] std::array<std::byte, header_bytes> write_header(const StreamHeader& header) noexcept;

/// Checks everything that the header alone can tell. Throws Error of class data.
[[nodiscard]] StreamHeader read_header(std::span<const std::byte> bytes);

/// Throws Error{limit_exceeded} if the image would pass a limit on pixels or sides.
void check_limits(const StreamHeader& header, const DecodeLimits& limits);

}  // namespace vqi::detail
