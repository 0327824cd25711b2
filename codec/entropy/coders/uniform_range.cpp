// The uniform range coder.
#include "uniform_range.hpp"

#include <algorithm>
#include <array>

#include "bytes.hpp"
#include "integer.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t lanes = 4;
constexpr std::size_t state_bytes = 8;
constexpr std::size_t word_bytes = 4;

/// L: the least number a lane may hold between two symbols, a multiple of k.
constexpr std::uint64_t least_state(std::uint64_t k) noexcept {
  return k * divide_up<std::uint64_t>(std::uint64_t{1} << 31, k);
}

/// Division by a number that is known for long, through its reciprocal.
class Divider {
 public:
  explicit Divider(std::uint64_t divisor) noexcept : divisor_(divisor), reciprocal_(~std::uint64_t{0} / divisor) {}

  /// The quotient; `remainder` receives the rest.
  [[nodiscard]] std::uint64_t divide(std::uint64_t value, std::uint64_t& remainder) const noexcept {
    // floor((2^64 - 1) / d) is at most one part in 2^64 / d too small: the quotient at most 1.
    std::uint64_t quotient = static_cast<std::uint64_t>((uint128{value} * reciprocal_) >> 64);
    remainder = value - quotient * divisor_;
    const std::uint64_t over = remainder >= divisor_ ? 1 : 0;
    quotient += over;
    remainder -= over * divisor_;
    return quotient;
  }

 private:
  std::uint64_t divisor_;
  std::uint64_t reciprocal_;
};

}  // namespace

std::vector<std::byte> encode_uniform(std::span<const std::uint16_t> indices, std::uint32_t k) {
  const std::uint64_t least = least_state(k);
  const std::uint64_t full = least / k << 32;
  std::array<std::uint64_t, lanes> states;
  states.fill(least);
  std::vector<std::uint32_t> words;
  words.reserve(indices.size() / 2 + 1);
  for (std::size_t i = indices.size(); i-- > 0;) {
    std::uint64_t& state = states[i % lanes];
    if (state >= full) {
      words.push_back(static_cast<std::uint32_t>(state));
      state >>= 32;
    }
    state = state * k + indices[i];
  }
  std::vector<std::byte> coded(lanes * state_bytes + words.size() * word_bytes);
  std::byte* at = coded.data();
  for (const std::uint64_t state : states) {
    store_le(at, state, state_bytes);
    at += state_bytes;
  }
  for (std::size_t w = words.size(); w-- > 0; at += word_bytes) store_le(at, words[w], word_bytes);
  return coded;
}

bool decode_uniform(std::span<const std::byte> coded, std::uint32_t k, std::span<std::uint16_t> indices) noexcept {
  if (coded.size() < lanes * state_bytes || coded.size() % word_bytes != 0) return false;
  const std::uint64_t least = least_state(k);
  const Divider divider(k);
  std::array<std::uint64_t, lanes> states{};
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    states[lane] = load_le(coded.data() + lane * state_bytes, state_bytes);
    if (states[lane] < least || states[lane] >> 32 >= least) return false;
  }
  const std::byte* at = coded.data() + lanes * state_bytes;
  const std::byte* const end = coded.data() + coded.size();
  const auto decode_one = [&](std::size_t i, std::uint64_t& state) {
    std::uint64_t index = 0;
    state = divider.divide(state, index);
    indices[i] = static_cast<std::uint16_t>(index);
    if (state >= least) return true;
    if (at == end) return false;
    state = state << 32 | load_le(at, word_bytes);
    at += word_bytes;
    return true;
  };
  std::size_t i = 0;
  for (; i + lanes <= indices.size(); i += lanes) {
    bool enough = true;
    for (std::size_t lane = 0; lane < lanes; ++lane) enough &= decode_one(i + lane, states[lane]);
    if (!enough) return false;
  }
  for (; i < indices.size(); ++i)
    if (!decode_one(i, states[i % lanes])) return false;
  return at == end && std::all_of(states.begin(), states.end(), [&](std::uint64_t state) { return state == least; });
}

}  // namespace vqi::detail
