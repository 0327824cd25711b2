// StripFeed: codes strips as soon as their rows are there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "map_coding.hpp"
#include "stream_ends.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Borrows the coding.
class StripFeed {
 public:
  /// Takes the bytes of each strip, in order.
  using Use = std::function<void(std::span<const std::byte> strip)>;

  /// Codes up to `at_once` strips in parallel. An empty `use`: only sizes are wanted.
  StripFeed(const MapCoding& coding, std::uint32_t at_once, Use use);

  /// The next rows of the map, as many as there are.
  void add(std::span<const std::uint16_t> indices, const Work& work);

  /// What was coded; all strips once all rows of the map were added.
  [[nodiscard]] const std::vector<CodedStrip>& strips() const noexcept { return strips_; }
  [[nodiscard]] std::uint64_t index_bytes() const noexcept { return index_bytes_; }

 private:
  /// The vectors of the strips that are complete, and how many these are.
  [[nodiscard]] std::uint64_t complete_strips() const noexcept;
  void code(std::uint64_t count, const Work& work);

  const MapCoding& coding_;
  std::uint32_t at_once_;
  Use use_;
  std::vector<std::uint16_t> pending_;
  std::vector<CodedStrip> strips_;
  std::uint64_t index_bytes_ = 0;
};

}  // namespace vqi::detail
