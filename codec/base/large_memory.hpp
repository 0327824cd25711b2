// Large blocks of memory whose first use costs less than a page fault for each 4 kB.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace vqi::detail {

/// Asks the system to back what it can of `memory`, a fresh block, with huge pages; does nothing where it has none.
/// Filling 24 megapixels for the first time then takes dozens of page faults, not thousands.
void prefer_huge_pages(std::span<std::byte> memory) noexcept;

/// Leaves elements uninitialised unless they are given a value, and asks for huge pages.
template <typename T>
class LargeAllocator : public std::allocator<T> {
 public:
  LargeAllocator() = default;
  template <typename Other>
  explicit(false) LargeAllocator(const LargeAllocator<Other>&) noexcept {}

  [[nodiscard]] T* allocate(std::size_t count) {
    T* const memory = std::allocator<T>::allocate(count);
    prefer_huge_pages(std::as_writable_bytes(std::span(memory, count)));
    return memory;
  }

  template <typename Element>
  void construct(Element* element) noexcept {
    ::new (static_cast<void*>(element)) Element;
  }
  template <typename Element, typename... Values>
  void construct(Element* element, Values&&... values) {
    std::construct_at(element, std::forward<Values>(values)...);
  }
};

/// A std::vector whose resize() does not fill.
template <typename T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

}  // namespace vqi::detail
