// ColourCode: colours of one to three bytes as numbers, which are their bins in a histogram.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::detail {

/// Colours, vectors of `vector_bytes` bytes (1 to 3), and their codes below code_count(). The code of one or two bytes
/// is a little-endian number; that of three is a Morton code, so that colours near in space have codes near each other.
class ColourCode {
 public:
  explicit ColourCode(std::size_t vector_bytes) noexcept : vector_bytes_(vector_bytes) {}

  [[nodiscard]] std::size_t code_count() const noexcept { return std::size_t{1} << (8 * vector_bytes_); }
  /// True if neighbouring codes are near in space.
  [[nodiscard]] bool in_morton_order() const noexcept { return vector_bytes_ != 2; }

  /// Writes the codes of the first codes.size() of `vectors`.
  void read_codes(const std::byte* vectors, std::span<std::uint32_t> codes) const noexcept;
  /// Writes the vectors of `codes`, one after the other.
  void write_vectors(std::span<const std::uint32_t> codes, std::byte* vectors) const noexcept;

 private:
  std::size_t vector_bytes_;
};

}  // namespace vqi::detail
