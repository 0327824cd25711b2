// HistoryTables: tables of bit histories by hashed context, and of the bits that followed them, laid out for SIMD
// (FORMAT.md, "Histories").
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "aligned_array.hpp"
#include "logistic.hpp"

namespace vqi::detail {

/// A history is a word, from the top: the probability of a 1 in 1/65536 (16 bits), the number of bits seen (8), a check
/// of the context's number (8).
namespace history {
inline constexpr std::uint32_t seen_max = 127;
inline constexpr std::size_t probability_classes = 33;
inline constexpr std::size_t seen_classes = 20;
inline constexpr std::size_t outcome_count = seen_classes * probability_classes;
/// A cache line holds 16 histories: those of one context for four levels of the tree.
inline constexpr std::uint32_t levels_per_line = 4;

/// The class, 0 .. seen_classes - 1, of a number of bits seen.
[[nodiscard]] constexpr std::uint32_t seen_class(std::uint32_t seen) noexcept {
  if (seen < 8) return seen;
  if (seen < 16) return 8 + (seen - 8) / 2;
  if (seen < 32) return 12 + (seen - 16) / 4;
  return 16 + std::min(3U, (seen - 32) / 24);
}

/// What follows from the number of bits seen, in a word from the bottom: the rate of learning in 1/32768 (16 bits), the
/// place of the class's outcomes (16).
[[nodiscard]] constexpr std::array<std::int32_t, seen_max + 1> make_facts() noexcept {
  std::array<std::int32_t, seen_max + 1> facts{};
  for (std::uint32_t seen = 0; seen <= seen_max; ++seen) {
    const std::uint32_t rate = 327680 / (10 * seen + 16);
    const auto outcomes = static_cast<std::uint32_t>(seen_class(seen) * probability_classes);
    facts[seen] = static_cast<std::int32_t>(rate | outcomes << 16);
  }
  return facts;
}
inline constexpr std::array<std::int32_t, seen_max + 1> facts = make_facts();
}  // namespace history

/// `Contexts` tables of histories, each with its outcomes: how often a 1 followed a history of about this probability
/// and this number of bits. A few equal bits in a row mean more in one context than in another. `Contexts` is a
/// multiple of 8; a table has 2^PlaceBits histories.
template <std::size_t Contexts, unsigned PlaceBits>
struct HistoryTables {
  static constexpr std::size_t contexts = Contexts;
  static constexpr unsigned place_bits = PlaceBits;

  explicit HistoryTables(std::uint16_t first)
      : first_probability(first),
        histories(make_aligned_array(Contexts << PlaceBits, static_cast<std::int32_t>(std::uint32_t{first} << 16))),
        outcomes(make_aligned_array(Contexts * history::outcome_count, 0)) {
    for (std::size_t i = 0; i < Contexts * history::outcome_count; ++i) {
      const auto step = static_cast<std::int32_t>(i % history::probability_classes);
      outcomes[i] = squash(clamp_logit((2 * step - 33) * 64));
    }
  }

  [[nodiscard]] static constexpr std::uint64_t size_bytes() noexcept {
    return Contexts * ((std::uint64_t{1} << PlaceBits) + history::outcome_count) * sizeof(std::int32_t);
  }

  std::uint32_t first_probability;
  AlignedArray histories;
  AlignedArray outcomes;
  // Chosen for the next bit.
  alignas(64) std::array<std::int32_t, Contexts> words{};
  alignas(64) std::array<std::int32_t, Contexts> rates{};
  alignas(64) std::array<std::int32_t, Contexts> places{};
  alignas(64) std::array<std::int32_t, Contexts> outcome_values{};
  alignas(64) std::array<std::int32_t, Contexts> outcome_places{};
};

}  // namespace vqi::detail
