// A range variant of asymmetric numeral systems with 15-bit frequencies (FORMAT.md, "Model fast").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "bytes.hpp"

namespace vqi {

namespace rans {
inline constexpr std::uint32_t frequency_bits = 15;
inline constexpr std::uint32_t frequency_total = 1U << frequency_bits;
/// The state before the first symbol that is coded; it never falls below.
inline constexpr std::uint32_t least_state = 1U << 16;
inline constexpr std::size_t state_bytes = 4;
inline constexpr std::size_t word_bytes = 2;
}  // namespace rans

/// A symbol's part of the numbers 0 .. 32767. `frequency` is at least 1.
struct SymbolRange {
  std::uint32_t start = 0;
  std::uint32_t frequency = 1;
};

/// Collects symbols in the order of decoding; the numeral system runs backwards over them at the end.
class RansEncoder {
 public:
  void put(SymbolRange range) { symbols_.push_back(range.start << rans::frequency_bits | (range.frequency - 1)); }

  [[nodiscard]] std::vector<std::byte> finish() const {
    std::vector<std::uint16_t> words;
    words.reserve(symbols_.size() / 4);
    std::uint32_t state = rans::least_state;
    for (std::size_t i = symbols_.size(); i-- > 0;) {
      const std::uint32_t start = symbols_[i] >> rans::frequency_bits;
      const std::uint32_t frequency = (symbols_[i] & (rans::frequency_total - 1)) + 1;
      if (state >> 17 >= frequency) {
        words.push_back(static_cast<std::uint16_t>(state));
        state >>= 16;
      }
      state = ((state / frequency) << rans::frequency_bits) + state % frequency + start;
    }
    std::vector<std::byte> bytes(rans::state_bytes + words.size() * rans::word_bytes);
    store_le(bytes.data(), state, rans::state_bytes);
    std::byte* at = bytes.data() + rans::state_bytes;
    for (std::size_t w = words.size(); w-- > 0; at += rans::word_bytes) store_le(at, words[w], rans::word_bytes);
    return bytes;
  }

 private:
  std::vector<std::uint32_t> symbols_;  // start above, frequency - 1 below
};

/// Reads what RansEncoder wrote. Behind the last word it finds zeros, and `finished` tells.
class RansDecoder {
 public:
  explicit RansDecoder(std::span<const std::byte> bytes) noexcept {
    if (bytes.size() < rans::state_bytes || bytes.size() % rans::word_bytes != 0) {
      overrun_ = true;
      return;
    }
    state_ = static_cast<std::uint32_t>(load_le(bytes.data(), rans::state_bytes));
    overrun_ = state_ < rans::least_state;
    at_ = bytes.data() + rans::state_bytes;
    end_ = bytes.data() + bytes.size();
  }

  /// A number in the range of the next symbol.
  [[nodiscard]] std::uint32_t slot() const noexcept { return state_ & (rans::frequency_total - 1); }

  void advance(SymbolRange range) noexcept {
    state_ = range.frequency * (state_ >> rans::frequency_bits) + slot() - range.start;
    if (state_ >= rans::least_state) return;
    std::uint32_t word = 0;
    if (at_ != end_) {
      word = static_cast<std::uint32_t>(load_le(at_, rans::word_bytes));
      at_ += rans::word_bytes;
    } else {
      overrun_ = true;
    }
    state_ = state_ << 16 | word;
  }

  /// True if the bytes were well formed and have been used exactly.
  [[nodiscard]] bool finished() const noexcept { return !overrun_ && at_ == end_ && state_ == rans::least_state; }
  /// True once a word was wanted that is not there: nothing decoded after that has a meaning.
  [[nodiscard]] bool overrun() const noexcept { return overrun_; }

 private:
  std::uint32_t state_ = rans::least_state;
  bool overrun_ = false;
  const std::byte* at_ = nullptr;
  const std::byte* end_ = nullptr;
};

}  // namespace vqi
