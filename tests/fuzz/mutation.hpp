// Mutation: random numbers for a harness's changes, and the fuzzer's own change of plain bytes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "random.hpp"

namespace vqi::fuzz {
using namespace detail;

/// Changes the `size` bytes at `data`, where there is room for `capacity`, and returns how many they are afterwards, as
/// libFuzzer's LLVMFuzzerMutate does.
using PlainMutation = std::size_t (*)(std::uint8_t* data, std::size_t size, std::size_t capacity);

class Mutation {
 public:
  Mutation(std::uint64_t seed, std::size_t size_max, PlainMutation plain)
      : random_(seed), size_max_(size_max), plain_(plain) {}

  [[nodiscard]] std::size_t size_max() const noexcept { return size_max_; }
  /// A number below `count`.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_.below(count)); }
  /// True in one of `count` calls on average.
  bool one_in(std::size_t count) { return below(count) == 0; }

  /// Changes any bytes; afterwards there may be up to 64 more, or fewer.
  void change(std::vector<std::byte>& bytes) {
    constexpr std::size_t growth = 64;
    const std::size_t size = std::min(bytes.size(), size_max_);
    bytes.resize(std::max<std::size_t>(1, std::min(size + growth, size_max_)));
    bytes.resize(plain_(reinterpret_cast<std::uint8_t*>(bytes.data()), size, bytes.size()));
  }
  /// Changes any bytes and keeps their number.
  void change_in_place(std::vector<std::byte>& bytes) {
    const std::size_t size = bytes.size();
    change(bytes);
    bytes.resize(size);
  }

 private:
  Random random_;
  std::size_t size_max_;
  PlainMutation plain_;
};

}  // namespace vqi::fuzz
