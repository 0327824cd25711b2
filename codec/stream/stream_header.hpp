// StreamHeader: the fixed header of a stream (FORMAT.md, "Fixed header").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "block_grid.hpp"
#include "restore_settings.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

inline constexpr std::size_t header_bytes = 64;
inline constexpr std::uint32_t format_major = 1;
inline constexpr std::uint32_t format_minor = 3;  ///< the latest revision that is read
/// The revision that brought context models and coded codebooks.
inline constexpr std::uint32_t context_model_minor = 1;
/// The revision that brought detached codebooks.
inline constexpr std::uint32_t detached_minor = 2;
/// The revision that brought the decode filter.
inline constexpr std::uint32_t restore_minor = 3;
inline constexpr std::uint32_t codewords_max = 65536;
/// A strip in the strip table: its length and its checksum.
inline constexpr std::size_t strip_length_bytes = 4;
inline constexpr std::size_t strip_crc_bytes = 4;
inline constexpr std::size_t strip_entry_bytes = strip_length_bytes + strip_crc_bytes;
/// A strip has at least this many vectors, unless the map is one strip.
inline constexpr std::uint64_t strip_vectors_min = 65536;

/// The values of the field `coding`.
enum class IndexCoding : std::uint8_t { fixed_width = 1, uniform_range = 2, context_model = 3 };
inline constexpr auto index_coding_min = static_cast<std::uint8_t>(IndexCoding::fixed_width);
inline constexpr auto index_coding_max = static_cast<std::uint8_t>(IndexCoding::context_model);

/// The value of the field `model`; with codings other than context_model it is 0.
[[nodiscard]] constexpr std::uint8_t model_number(Model model) noexcept {
  return static_cast<std::uint8_t>(1 + static_cast<std::uint8_t>(model));
}
inline constexpr std::uint8_t model_number_max = model_number(Model::max);

struct StreamHeader {
  std::uint32_t version_minor = 0;
  BlockGrid grid;
  std::uint32_t k = 0;
  IndexCoding coding = IndexCoding::fixed_width;
  std::optional<Model> model;      ///< of IndexCoding::context_model
  bool coded_codebook = false;     ///< only with IndexCoding::context_model
  bool detached_codebook = false;  ///< the stream has the codebook's hash in its place; then it is not coded
  std::uint32_t strip_rows = 1;
  RestoreSettings restore;  ///< the decode filter
  double mse = 0;

  [[nodiscard]] std::uint64_t codebook_bytes() const noexcept { return std::uint64_t{k} * grid.vector_bytes(); }
  [[nodiscard]] std::uint64_t strip_count() const noexcept;
  /// The first row of the map in strip `i`, and the number of its rows.
  [[nodiscard]] std::uint32_t strip_begin(std::uint64_t i) const noexcept;
  [[nodiscard]] std::uint32_t strip_row_count(std::uint64_t i) const noexcept;
  [[nodiscard]] std::uint64_t strip_vectors(std::uint64_t i) const noexcept {
    return std::uint64_t{strip_row_count(i)} * grid.map_width();
  }
};

/// The lowest revision that a stream with this header needs.
[[nodiscard]] std::uint32_t least_minor(const StreamHeader& header) noexcept;

[[nodiscard]] std::array<std::byte, header_bytes> write_header(const StreamHeader& header) noexcept;

/// Reads the header, and checks all that can be checked without the rest of the stream. Throws Error of class data.
[[nodiscard]] StreamHeader read_header(std::span<const std::byte> bytes);

/// Throws Error{limit_exceeded} if the image would pass a limit on pixels or sides.
void check_limits(const StreamHeader& header, const DecodeLimits& limits);

}  // namespace vqi::detail
