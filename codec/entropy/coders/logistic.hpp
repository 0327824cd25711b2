// Integer logistic functions: log odds in 1/256 and probabilities in 1/65536 (FORMAT.md, "Logistic functions").
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace vqi::detail {

/// Log odds are kept within +-logit_limit, which is +-11: a probability of 1 - 1/59875 or its contrary.
inline constexpr std::int32_t logit_limit = 2815;

/// Probabilities of the log odds -logit_limit .. logit_limit.
using SquashTable = std::array<std::uint16_t, 2 * logit_limit + 1>;
/// Log odds of the probabilities (i + 1/2) / 4096; the first and the last are those of their neighbours.
using StretchTable = std::array<std::int16_t, 4096>;

/// Where log odds within the limits stand in a table of what they give.
[[nodiscard]] constexpr std::size_t logit_place(std::int32_t logit) noexcept {
  const std::int32_t place = logit + logit_limit;
  return static_cast<std::size_t>(place);
}

/// Both tables follow from the powers of exp(-1/256), by integer operations alone.
[[nodiscard]] constexpr SquashTable make_squash_table() noexcept {
  constexpr std::uint64_t one = std::uint64_t{1} << 60;
  SquashTable table{};
  std::uint64_t power = one;  // exp(-x / 256) * 2^60
  for (std::size_t x = 0; x <= logit_limit; ++x) {
    const auto probability = static_cast<std::uint16_t>(one / ((one + power) >> 16));
    table[logit_limit + x] = probability;
    table[logit_limit - x] = static_cast<std::uint16_t>(65536 - probability);
    power = power - (power >> 8) + (power >> 17) - (power >> 24) / 6;
  }
  return table;
}

[[nodiscard]] constexpr StretchTable make_stretch_table(const SquashTable& squash) noexcept {
  StretchTable table{};
  std::int32_t x = -logit_limit;
  for (std::size_t i = 0; i < table.size(); ++i) {
    while (x < logit_limit && squash[logit_place(x)] < 16 * i + 8) ++x;
    table[i] = static_cast<std::int16_t>(x);
  }
  table.front() = table[1];
  table.back() = table[table.size() - 2];
  return table;
}

inline constexpr SquashTable squash_table = make_squash_table();
inline constexpr StretchTable stretch_table = make_stretch_table(squash_table);

[[nodiscard]] constexpr std::int32_t clamp_logit(std::int32_t x) noexcept {
  return std::clamp(x, -logit_limit, logit_limit);
}

/// The probability, 2 .. 65534, of log odds within the limits.
[[nodiscard]] constexpr std::int32_t squash(std::int32_t logit) noexcept { return squash_table[logit_place(logit)]; }

/// The log odds of a probability of 12 bits.
[[nodiscard]] constexpr std::int32_t stretch(std::uint32_t p12) noexcept { return stretch_table[p12]; }

/// Log odds of probabilities in 1/65536, exact near 0 and 1 and in steps of 16 between: 24 kB, which stay
/// in the fastest cache.
class LogitTable {
 public:
  static constexpr std::int32_t lower_end = 1024;    ///< from here on in steps of 16
  static constexpr std::int32_t upper_from = 64512;  ///< from here on exact again
  static constexpr std::int32_t middle_at = 1024;    ///< where the steps would begin from the probability 0
  static constexpr std::int32_t upper_at = 1024 + 4096;

  LogitTable() {
    std::int32_t x = -logit_limit;
    for (std::int32_t i = 0; i < 65536; ++i) {
      while (x < logit_limit && squash(x) < i) ++x;
      if (i % 16 == 8) table_[middle_at + static_cast<std::size_t>(i / 16)] = x;
      if (i < lower_end) table_[static_cast<std::size_t>(i)] = x;
      if (i >= upper_from) table_[static_cast<std::size_t>(upper_at + i - upper_from)] = x;
    }
  }

  /// p16: 0 .. 65535.
  [[nodiscard]] std::int32_t operator()(std::int32_t p16) const noexcept {
    const std::int32_t place = p16 < lower_end    ? p16
                               : p16 < upper_from ? middle_at + (p16 >> 4)
                                                  : upper_at + p16 - upper_from;
    return table_[static_cast<std::size_t>(place)];
  }
  /// For vector arithmetic, which finds the places itself.
  [[nodiscard]] const std::int32_t* data() const noexcept { return table_.data(); }

 private:
  std::array<std::int32_t, 1024 + 4096 + 1024> table_{};
};

}  // namespace vqi::detail
