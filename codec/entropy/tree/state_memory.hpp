// StateMemory: one block for all tables of a model, which huge pages can hold and whose parts begin at cache lines.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>

#include "large_memory.hpp"

namespace vqi::detail {

/// Tables that are read at random cost a miss of the page table for each 4 kB page, beside that of the cache, and their
/// first use a page fault.
class StateMemory {
 public:
  /// For parts of `size` bytes in all, as size_of tells it. Throws std::bad_alloc.
  explicit StateMemory(std::uint64_t size)
      : memory_(static_cast<std::byte*>(::operator new(static_cast<std::size_t>(size), block_alignment))),
        next_(memory_.get()) {
    prefer_huge_pages(std::span(memory_.get(), static_cast<std::size_t>(size)));
  }

  /// Bytes that a part of `count` numbers takes.
  template <class Number>
  [[nodiscard]] static constexpr std::uint64_t size_of(std::uint64_t count) noexcept {
    return (count * sizeof(Number) + part_alignment - 1) / part_alignment * part_alignment;
  }

  /// The next part, `count` times `value`.
  template <class Number>
  [[nodiscard]] Number* filled(std::size_t count, Number value) noexcept {
    auto* const numbers = reinterpret_cast<Number*>(next_);
    next_ += size_of<Number>(count);
    std::uninitialized_fill_n(numbers, count, value);
    return numbers;
  }

 private:
  static constexpr std::uint64_t part_alignment = 64;
  // A block at a border of huge pages would take up to one page more than the memory limit counts.
  static constexpr std::align_val_t block_alignment{part_alignment};

  struct Deleter {
    void operator()(std::byte* memory) const noexcept { ::operator delete(memory, block_alignment); }
  };

  std::unique_ptr<std::byte, Deleter> memory_;
  std::byte* next_;
};

}  // namespace vqi::detail
