// Hooks of the sanitizers' allocators, which are looked for as weak symbols.
#include "taken_memory.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>

// compiler-rt's sanitizer/allocator_interface.h
extern "C" {
__attribute__((weak)) int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void*,
                                                                                        std::size_t),
                                                                    void (*free_hook)(const volatile void*));
__attribute__((weak)) std::size_t __sanitizer_get_allocated_size(const volatile void* memory);
}

namespace vqi::fuzz {
namespace {

std::atomic<std::int64_t> in_use{0};
std::atomic<std::int64_t> most{0};
std::atomic<std::uint64_t> all{0};

void count(const volatile void* /*memory*/, std::size_t size) {
  all += size;
  const std::int64_t now = in_use += static_cast<std::int64_t>(size);
  if (now > most) most = now;  // harnesses run on one thread
}

void uncount(const volatile void* memory) {
  if (memory != nullptr) in_use -= static_cast<std::int64_t>(__sanitizer_get_allocated_size(memory));
}

bool install() {
  if (__sanitizer_install_malloc_and_free_hooks == nullptr || __sanitizer_get_allocated_size == nullptr) return false;
  return __sanitizer_install_malloc_and_free_hooks(count, uncount) != 0;
}

}  // namespace

TakenMemory taken_memory(const std::function<void()>& work) {
  static const bool is_counting = install();
  const std::int64_t before = in_use;
  const std::uint64_t all_before = all;
  most = before;
  work();
  if (!is_counting) return {};
  return {all - all_before, static_cast<std::uint64_t>(std::max<std::int64_t>(0, most - before))};
}

}  // namespace vqi::fuzz
