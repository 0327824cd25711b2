// A range variant of asymmetric numeral systems: four states share one stream of words (FORMAT.md, "Model 1: fast").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "bytes.hpp"

namespace vqi::detail {

namespace rans {
/// Each state codes the symbols of its own rows, so that four chains of operations overlap.
inline constexpr std::size_t state_count = 4;
inline constexpr std::uint32_t frequency_bits = 15;
inline constexpr std::uint32_t frequency_total = 1U << frequency_bits;
/// What a state is before its first symbol; it never falls below.
inline constexpr std::uint32_t least_state = 1U << 16;
inline constexpr std::size_t state_bytes = 4;
inline constexpr std::size_t word_bytes = 2;
}  // namespace rans

/// A symbol's range of the numbers 0 .. 32767. `frequency` is at least 1.
struct SymbolRange {
  std::uint32_t start = 0;
  std::uint32_t frequency = 1;
};

/// Collects symbols in the order of decoding; the numeral system runs backwards over them at the end.
class RansEncoder {
 public:
  /// Reserves memory for `symbols` symbols, since growing would copy them; more may be put.
  explicit RansEncoder(std::size_t symbols) { symbols_.reserve(symbols); }

  void put(std::size_t state, SymbolRange range) {
    symbols_.push_back(static_cast<std::uint32_t>(state) << (2 * rans::frequency_bits) |
                       range.start << rans::frequency_bits | (range.frequency - 1));
  }

  /// `first`, then the bytes of all symbols so far.
  [[nodiscard]] std::vector<std::byte> finish(std::byte first) const {
    std::vector<std::uint16_t> words;
    words.reserve(symbols_.size() / 4);
    std::array<std::uint32_t, rans::state_count> states{};
    states.fill(rans::least_state);
    for (std::size_t i = symbols_.size(); i-- > 0;) {
      const std::uint32_t start = symbols_[i] >> rans::frequency_bits & (rans::frequency_total - 1);
      const std::uint32_t frequency = (symbols_[i] & (rans::frequency_total - 1)) + 1;
      std::uint32_t& coded = states[symbols_[i] >> (2 * rans::frequency_bits)];
      std::uint32_t state = coded;
      if (state >> 17 >= frequency) {
        words.push_back(static_cast<std::uint16_t>(state));
        state >>= 16;
      }
      coded = ((state / frequency) << rans::frequency_bits) + state % frequency + start;
    }
    std::vector<std::byte> bytes(1 + rans::state_count * rans::state_bytes + words.size() * rans::word_bytes);
    bytes[0] = first;
    std::byte* at = bytes.data() + 1;
    for (const std::uint32_t state : states) {
      store_le(at, state, rans::state_bytes);
      at += rans::state_bytes;
    }
    for (std::size_t w = words.size(); w-- > 0; at += rans::word_bytes) store_le(at, words[w], rans::word_bytes);
    return bytes;
  }

 private:
  std::vector<std::uint32_t> symbols_;  // from the top: 2 bits of state, 15 of start, 15 of frequency - 1
};

/// Reads what RansEncoder wrote after its first byte. After the last word it reads zeros, and
/// `finished` is false then.
class RansDecoder {
 public:
  explicit RansDecoder(std::span<const std::byte> bytes) noexcept {
    constexpr std::size_t head = rans::state_count * rans::state_bytes;
    states_.fill(rans::least_state);
    well_formed_ = bytes.size() >= head && (bytes.size() - head) % rans::word_bytes == 0;
    if (!well_formed_) return;
    for (std::size_t i = 0; i < rans::state_count; ++i) {
      states_[i] = static_cast<std::uint32_t>(load_le(bytes.data() + i * rans::state_bytes, rans::state_bytes));
      well_formed_ &= states_[i] >= rans::least_state;
    }
    words_ = bytes.subspan(head);
  }

  /// A number in the range of the next symbol of state number `state`.
  [[nodiscard]] std::uint32_t slot(std::size_t state) const noexcept {
    return states_[state] & (rans::frequency_total - 1);
  }

  void advance(std::size_t state, SymbolRange range) noexcept {
    const std::uint32_t next = range.frequency * (states_[state] >> rans::frequency_bits) + slot(state) - range.start;
    // Whether a word is due cannot be predicted, so both outcomes are computed. That the word exists can.
    std::uint32_t word = 0;
    if (at_ < words_.size()) word = static_cast<std::uint32_t>(load_le(words_.data() + at_, rans::word_bytes));
    const std::uint32_t due = next < rans::least_state ? 1 : 0;
    states_[state] = next << (16 * due) | (word & (0U - due));
    at_ += due * rans::word_bytes;
  }

  /// False if the bytes cannot be an encoder's, or if a word was read after the last one: nothing decoded then has a
  /// meaning.
  [[nodiscard]] bool intact() const noexcept { return well_formed_ && at_ <= words_.size(); }
  /// True if the bytes were well formed and have been used exactly.
  [[nodiscard]] bool finished() const noexcept {
    bool ended = well_formed_ && at_ == words_.size();
    for (const std::uint32_t state : states_) ended &= state == rans::least_state;
    return ended;
  }

 private:
  std::array<std::uint32_t, rans::state_count> states_{};
  bool well_formed_ = false;
  std::span<const std::byte> words_;
  std::size_t at_ = 0;  // byte of words_
};

}  // namespace vqi::detail
