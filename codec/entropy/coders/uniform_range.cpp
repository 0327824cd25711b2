// Encodes backwards, decodes forwards, and divides by K through its reciprocal.
#include "uniform_range.hpp"

#include <algorithm>
#include <array>

#include "bytes.hpp"
#include "integer.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t state_count = UniformDecoder::state_count;
constexpr std::size_t state_bytes = 8;
constexpr std::size_t word_bytes = uniform_word_bytes;

/// L: the least number that a state may be between two symbols, a multiple of k.
constexpr std::uint64_t least_state(std::uint64_t k) noexcept {
  return k * divide_up<std::uint64_t>(std::uint64_t{1} << 31, k);
}

}  // namespace

std::vector<std::byte> encode_uniform(std::span<const std::uint16_t> indices, std::uint32_t k) {
  const std::uint64_t least = least_state(k);
  const std::uint64_t full = least / k << 32;
  std::array<std::uint64_t, state_count> states;
  states.fill(least);
  std::vector<std::uint32_t> words;
  words.reserve(indices.size() / 2 + 1);
  for (std::size_t i = indices.size(); i-- > 0;) {
    std::uint64_t& state = states[i % state_count];
    if (state >= full) {
      words.push_back(static_cast<std::uint32_t>(state));
      state >>= 32;
    }
    state = state * k + indices[i];
  }
  std::vector<std::byte> coded(state_count * state_bytes + words.size() * word_bytes);
  std::byte* at = coded.data();
  for (const std::uint64_t state : states) {
    store_le(at, state, state_bytes);
    at += state_bytes;
  }
  for (std::size_t w = words.size(); w-- > 0; at += word_bytes) store_le(at, words[w], word_bytes);
  return coded;
}

UniformDecoder::UniformDecoder(std::span<const std::byte> coded, std::uint32_t k) noexcept
    : divider_(k), least_(least_state(k)) {
  is_broken_ = coded.size() < state_count * state_bytes;
  if (is_broken_) return;
  for (std::size_t s = 0; s < state_count; ++s) {
    states_[s] = load_le(coded.data() + s * state_bytes, state_bytes);
    is_broken_ |= states_[s] < least_ || states_[s] >> 32 >= least_;
  }
  words_ = coded.subspan(state_count * state_bytes);
}

std::size_t UniformDecoder::decode(std::span<std::uint16_t> indices) noexcept {
  if (is_broken_) return 0;
  const Divider divider = divider_;
  std::array<std::uint64_t, state_count> states = states_;
  const std::byte* at = words_.data();
  const std::byte* const end = at + words_.size() / word_bytes * word_bytes;
  const auto decode_one = [&](std::size_t i, std::uint64_t& state) {
    std::uint64_t index = 0;
    state = divider.divide(state, index);
    indices[i] = static_cast<std::uint16_t>(index);
    if (state >= least_) return true;
    if (at == end) return false;
    state = state << 32 | load_le(at, word_bytes);
    at += word_bytes;
    return true;
  };
  std::size_t i = 0;
  for (; !is_broken_ && i + state_count <= indices.size(); i += state_count) {
    bool enough = true;
    for (std::size_t s = 0; s < state_count; ++s) enough &= decode_one(i + s, states[s]);
    is_broken_ = !enough;
  }
  for (; !is_broken_ && i < indices.size(); ++i) is_broken_ = !decode_one(i, states[i % state_count]);
  states_ = states;
  words_ = words_.subspan(static_cast<std::size_t>(at - words_.data()));
  return is_broken_ ? i - std::min(i, state_count) : i;
}

bool UniformDecoder::finished() const noexcept {
  return !is_broken_ && words_.empty() &&
         std::all_of(states_.begin(), states_.end(), [&](std::uint64_t state) { return state == least_; });
}

bool decode_uniform(std::span<const std::byte> coded, std::uint32_t k, std::span<std::uint16_t> indices) noexcept {
  UniformDecoder decoder(coded, k);
  return decoder.decode(indices) == indices.size() && decoder.finished();
}

}  // namespace vqi::detail
