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
/// States; each codes the symbols of its own rows, so that four chains of operations overlap.
inline constexpr std::size_t lanes = 4;
inline constexpr std::uint32_t frequency_bits = 15;
inline constexpr std::uint32_t frequency_total = 1U << frequency_bits;
/// A state before its first symbol that is coded; it never falls below.
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
  /// Takes memory for so many symbols at once, which growing would copy; more may be put.
  explicit RansEncoder(std::size_t symbols) { symbols_.reserve(symbols); }

  void put(std::size_t lane, SymbolRange range) {
    symbols_.push_back(static_cast<std::uint32_t>(lane) << (2 * rans::frequency_bits) |
                       range.start << rans::frequency_bits | (range.frequency - 1));
  }

  /// The bytes of all symbols so far, behind one that is the caller's.
  [[nodiscard]] std::vector<std::byte> finish(std::byte first) const {
    std::vector<std::uint16_t> words;
    words.reserve(symbols_.size() / 4);
    std::array<std::uint32_t, rans::lanes> states{};
    states.fill(rans::least_state);
    for (std::size_t i = symbols_.size(); i-- > 0;) {
      const std::uint32_t start = symbols_[i] >> rans::frequency_bits & (rans::frequency_total - 1);
      const std::uint32_t frequency = (symbols_[i] & (rans::frequency_total - 1)) + 1;
      std::uint32_t& lane = states[symbols_[i] >> (2 * rans::frequency_bits)];
      std::uint32_t state = lane;
      if (state >> 17 >= frequency) {
        words.push_back(static_cast<std::uint16_t>(state));
        state >>= 16;
      }
      lane = ((state / frequency) << rans::frequency_bits) + state % frequency + start;
    }
    std::vector<std::byte> bytes(1 + rans::lanes * rans::state_bytes + words.size() * rans::word_bytes);
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
  std::vector<std::uint32_t> symbols_;  // from the top: 2 bits of lane, 15 of start, 15 of frequency - 1
};

/// Reads what RansEncoder wrote behind its first byte. Behind the last word it finds zeros, and `finished` tells.
class RansDecoder {
 public:
  explicit RansDecoder(std::span<const std::byte> bytes) noexcept {
    constexpr std::size_t head = rans::lanes * rans::state_bytes;
    states_.fill(rans::least_state);
    well_formed_ = bytes.size() >= head && (bytes.size() - head) % rans::word_bytes == 0;
    if (!well_formed_) return;
    for (std::size_t lane = 0; lane < rans::lanes; ++lane) {
      states_[lane] = static_cast<std::uint32_t>(load_le(bytes.data() + lane * rans::state_bytes, rans::state_bytes));
      well_formed_ &= states_[lane] >= rans::least_state;
    }
    words_ = bytes.subspan(head);
  }

  /// A number in the range of the lane's next symbol.
  [[nodiscard]] std::uint32_t slot(std::size_t lane) const noexcept {
    return states_[lane] & (rans::frequency_total - 1);
  }

  void advance(std::size_t lane, SymbolRange range) noexcept {
    const std::uint32_t state = range.frequency * (states_[lane] >> rans::frequency_bits) + slot(lane) - range.start;
    // Whether a word is due cannot be foreseen, so both outcomes are computed; that there is one can.
    std::uint32_t word = 0;
    if (next_ < words_.size()) word = static_cast<std::uint32_t>(load_le(words_.data() + next_, rans::word_bytes));
    const std::uint32_t due = state < rans::least_state ? 1 : 0;
    states_[lane] = state << (16 * due) | (word & (0U - due));
    next_ += due * rans::word_bytes;
  }

  /// False if the bytes cannot be an encoder's, or once a word was wanted that is not there: nothing decoded then has
  /// a meaning.
  [[nodiscard]] bool intact() const noexcept { return well_formed_ && next_ <= words_.size(); }
  /// True if the bytes were well formed and have been used exactly.
  [[nodiscard]] bool finished() const noexcept {
    bool ended = well_formed_ && next_ == words_.size();
    for (const std::uint32_t state : states_) ended &= state == rans::least_state;
    return ended;
  }

 private:
  std::array<std::uint32_t, rans::lanes> states_{};
  bool well_formed_ = false;
  std::span<const std::byte> words_;
  std::size_t next_ = 0;  // byte of words_
};

}  // namespace vqi::detail
