// Huge pages through madvise.
#include "large_memory.hpp"

#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace vqi::detail {

#if defined(__linux__)

namespace {
constexpr std::uintptr_t huge_page_bytes = std::uintptr_t{1} << 21;
}

void prefer_huge_pages(std::span<std::byte> memory) noexcept {
  const auto begin = reinterpret_cast<std::uintptr_t>(memory.data());
  const std::uintptr_t first = (begin + huge_page_bytes - 1) / huge_page_bytes * huge_page_bytes;
  const std::uintptr_t last = (begin + memory.size()) / huge_page_bytes * huge_page_bytes;
  // It is advice: a system that refuses it gives small pages.
  if (first < last) static_cast<void>(madvise(memory.data() + (first - begin), last - first, MADV_HUGEPAGE));
}

#else

void prefer_huge_pages(std::span<std::byte>) noexcept {}

#endif

}  // namespace vqi::detail
