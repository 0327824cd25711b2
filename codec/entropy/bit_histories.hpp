// BitHistories: hashed contexts' probabilities with how sure they are, and what such a state has meant so far
// (FORMAT.md, "Histories").
#pragma once

#include <hwy/cache_control.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "context_hash.hpp"
#include "logistic.hpp"

namespace vqi {

/// Moves a probability of 16 bits by a part 2^-shift of the way to a bit.
inline void approach(std::uint16_t& probability, bool bit, int shift) noexcept {
  const std::int32_t target = bit ? 65535 : 0;
  probability = static_cast<std::uint16_t>(probability + ((target - probability) >> shift));
}

/// A context's probability of a 1 in 1/65536, how many bits it has seen, and a check of its number.
struct BitHistory {
  std::uint16_t probability = 32768;
  std::uint8_t seen = 0;
  std::uint8_t check = 0;
};

/// One table of histories. Its second table tells how often a 1 really came behind a history of about
/// that probability and that many bits: few alike bits in a row mean more in one context than in another.
class BitHistories {
 public:
  static constexpr unsigned place_bits = 17;
  static constexpr std::uint32_t seen_max = 127;

  explicit BitHistories(std::uint16_t first_probability)
      : first_probability_(first_probability),
        histories_(std::size_t{1} << place_bits, BitHistory{first_probability, 0, 0}),
        outcomes_(seen_classes * probability_classes) {
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
      const auto step = static_cast<std::int32_t>(i % probability_classes);
      outcomes_[i] = static_cast<std::uint16_t>(squash(clamp_logit((2 * step - 33) * 64)));
    }
  }

  void prefetch(std::uint64_t context) const noexcept {
    hwy::Prefetch(histories_.data() + table_place(context, place_bits));
  }

  /// Chooses a context's history for the next bit.
  void select(std::uint64_t context, const FineStretchTable& stretch) noexcept {
    const std::uint64_t product = context * hash_factor;
    chosen_ = &histories_[product >> (64 - place_bits)];
    const auto check = static_cast<std::uint8_t>(product >> 32);
    if (chosen_->check != check) *chosen_ = {first_probability_, 0, check};
    const std::int32_t step = std::clamp((stretch[chosen_->probability] >> 7) + 17, 0, 32);
    outcome_ = &outcomes_[seen_class(chosen_->seen) * probability_classes + static_cast<std::size_t>(step)];
  }
  /// What the outcomes of such histories say, in log odds; 0 if nothing was seen.
  [[nodiscard]] std::int32_t outcome_logit(const FineStretchTable& stretch) const noexcept {
    return chosen_->seen == 0 ? 0 : stretch[*outcome_];
  }
  /// What the history says, as a probability less one half, the stronger the more was seen.
  [[nodiscard]] std::int32_t lean() const noexcept {
    const std::int32_t strength = chosen_->seen == 0 ? 0 : std::min(20, 4 + chosen_->seen) * 25;
    return ((chosen_->probability - 32768) * strength) >> 16;
  }
  void update(bool bit) noexcept {
    const std::int32_t target = bit ? 65535 : 0;
    const std::int32_t rate = 655360 / (10 * chosen_->seen + 16);
    chosen_->probability = static_cast<std::uint16_t>(chosen_->probability +
                                                      (((target - chosen_->probability) * std::int64_t{rate}) >> 16));
    if (chosen_->seen < seen_max) ++chosen_->seen;
    approach(*outcome_, bit, 6);
  }

  [[nodiscard]] static constexpr std::uint64_t size_bytes() noexcept {
    return (std::uint64_t{sizeof(BitHistory)} << place_bits) +
           seen_classes * probability_classes * sizeof(std::uint16_t);
  }

 private:
  static constexpr std::size_t seen_classes = 29;
  static constexpr std::size_t probability_classes = 33;

  [[nodiscard]] static std::size_t seen_class(std::uint32_t seen) noexcept {
    if (seen < 16) return seen;
    if (seen < 24) return 16 + (seen - 16) / 2;
    if (seen < 64) return 20 + (seen - 24) / 8;
    return 25 + (seen - 64) / 16;
  }

  std::uint16_t first_probability_;
  std::vector<BitHistory> histories_;
  std::vector<std::uint16_t> outcomes_;
  BitHistory* chosen_ = nullptr;
  std::uint16_t* outcome_ = nullptr;
};

}  // namespace vqi
