// ByteWindow: bounds-checked integers out of an untrusted image file in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "vqi/error.hpp"

namespace vqi::detail {

/// Throws the Error{corrupt_image} of a file of `size_bytes`, of which more was wanted.
[[noreturn]] inline void throw_file_ends(std::string_view format, std::uint64_t size_bytes) {
  throw Error(
      ErrorCode::corrupt_image,
      std::string(format) + " ends early, at byte " + std::to_string(size_bytes) + "; the file is truncated or damaged",
      size_bytes);
}

/// Borrows the bytes of an image file. Reading outside them throws Error{corrupt_image} with the
/// offset; nothing here trusts an offset or a length.
class ByteWindow {
 public:
  ByteWindow(std::span<const std::byte> bytes, std::string_view format) : bytes_(bytes), format_(format) {}

  [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
  [[nodiscard]] std::string_view format() const noexcept { return format_; }

  /// `length` bytes at `offset`.
  [[nodiscard]] std::span<const std::byte> at(std::uint64_t offset, std::uint64_t length) const {
    if (offset > bytes_.size() || length > bytes_.size() - offset) throw_file_ends(format_, bytes_.size());
    return bytes_.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
  }

  [[nodiscard]] std::uint8_t u8(std::uint64_t offset) const { return std::to_integer<std::uint8_t>(at(offset, 1)[0]); }
  [[nodiscard]] std::uint16_t be16(std::uint64_t offset) const { return big<std::uint16_t>(offset); }
  [[nodiscard]] std::uint32_t be32(std::uint64_t offset) const { return big<std::uint32_t>(offset); }
  [[nodiscard]] std::uint16_t le16(std::uint64_t offset) const { return little<std::uint16_t>(offset); }
  [[nodiscard]] std::uint32_t le32(std::uint64_t offset) const { return little<std::uint32_t>(offset); }

  template <typename Integer>
  [[nodiscard]] Integer big(std::uint64_t offset) const {
    Integer value = 0;
    for (const std::byte byte : at(offset, sizeof(Integer)))
      value = static_cast<Integer>((std::uint64_t{value} << 8) | std::to_integer<std::uint64_t>(byte));
    return value;
  }
  template <typename Integer>
  [[nodiscard]] Integer little(std::uint64_t offset) const {
    const auto window = at(offset, sizeof(Integer));
    Integer value = 0;
    for (std::size_t i = window.size(); i-- > 0;)
      value = static_cast<Integer>((std::uint64_t{value} << 8) | std::to_integer<std::uint64_t>(window[i]));
    return value;
  }

  /// True if `text` lies at `offset`; false also where the bytes end before.
  [[nodiscard]] bool has(std::uint64_t offset, std::string_view text) const noexcept {
    return offset <= bytes_.size() && text.size() <= bytes_.size() - offset &&
           std::memcmp(bytes_.data() + offset, text.data(), text.size()) == 0;
  }

 private:
  std::span<const std::byte> bytes_;
  std::string_view format_;
};

}  // namespace vqi::detail
