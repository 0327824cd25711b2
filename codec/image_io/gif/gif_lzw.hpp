// GifLzwDecoder: the indices of a GIF frame out of its data blocks, and what is wrong with them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "byte_window.hpp"

namespace vqi::detail {

/// Decodes the variable-length LZW codes of one frame. A code that no encoder can have meant is an error: it is never
/// taken for pixels.
class GifLzwDecoder {
 public:
  /// `offset` is that of the least code size, in front of the data blocks. The window must outlive this.
  GifLzwDecoder(const ByteWindow& window, std::uint64_t offset);

  /// Fills `row` with the next indices; false, with `fault`, where the data end or break before.
  [[nodiscard]] bool read(std::span<std::uint8_t> row);

  /// What is wrong behind the last index that was read, or nothing. The end code may be missing, clear codes may stand
  /// in front of it and bytes of 0 behind it, as programs write them.
  [[nodiscard]] std::string_view fault_behind_pixels();

  [[nodiscard]] std::string_view fault() const noexcept { return fault_; }
  [[nodiscard]] std::uint64_t offset() const noexcept { return at_; }

 private:
  static constexpr std::uint32_t table_size = 4096;

  [[nodiscard]] std::optional<std::uint32_t> next_code();
  bool expand_next();
  void push_string(std::uint32_t code);
  void widen_codes();
  bool fail(std::string_view what) {
    fault_ = what;
    return false;
  }

  const ByteWindow& window_;
  std::uint64_t at_;
  std::uint32_t block_left_ = 0;
  bool is_at_end_ = false;
  std::uint32_t bits_ = 0;
  std::uint32_t bit_count_ = 0;
  std::uint32_t literal_bits_ = 0;
  std::uint32_t code_bits_ = 0;
  std::uint32_t clear_code_ = 0;
  std::uint32_t next_ = 0;                 ///< the code that the next string gets
  std::optional<std::uint32_t> previous_;  ///< none: behind a clear code
  std::uint8_t first_ = 0;                 ///< the first index of the last string
  std::array<std::uint16_t, table_size> prefix_{};
  std::array<std::uint8_t, table_size> suffix_{};
  std::array<std::uint8_t, table_size + 1> pending_{};  ///< decoded indices, the next one last
  std::uint32_t pending_count_ = 0;
  std::string_view fault_;
};

}  // namespace vqi::detail
