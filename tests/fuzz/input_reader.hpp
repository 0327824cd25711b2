// InputReader: reads numbers from the bytes that a fuzzer makes up.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::fuzz {
using namespace detail;

/// Reads from the front; after the end it reads zeros.
class InputReader {
 public:
  explicit InputReader(std::span<const std::byte> bytes) : left_(bytes) {}

  std::uint8_t byte() {
    if (left_.empty()) return 0;
    const auto value = std::to_integer<std::uint8_t>(left_.front());
    left_ = left_.subspan(1);
    return value;
  }
  /// A number from `least` to `most`, made of as few bytes as that range needs.
  std::uint64_t number(std::uint64_t least, std::uint64_t most) {
    const std::uint64_t range = most - least;
    std::uint64_t value = 0;
    for (std::uint64_t rest = range; rest != 0; rest >>= 8) value = value << 8 | byte();
    return range == ~std::uint64_t{0} ? value : least + value % (range + 1);
  }
  std::uint32_t number32(std::uint32_t least, std::uint32_t most) {
    return static_cast<std::uint32_t>(number(least, most));
  }
  bool flag() { return (byte() & 1) != 0; }

  [[nodiscard]] std::span<const std::byte> rest() const noexcept { return left_; }

 private:
  std::span<const std::byte> left_;
};

}  // namespace vqi::fuzz
