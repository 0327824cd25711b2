// The counters: every allocation of the program and of the libraries that it loads goes through them.
#include "counted_memory.hpp"

#include <malloc.h>

#include <hwy/aligned_allocator.h>
#include <atomic>
#include <catch2/catch.hpp>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace {

std::atomic<std::uint64_t> allocated{0};
std::atomic<std::uint64_t> in_use{0};
std::atomic<std::uint64_t> most{0};
std::atomic<std::uint64_t> at_begin{0};

void* counted(void* memory) noexcept {
  if (memory == nullptr) return nullptr;
  const std::uint64_t bytes = malloc_usable_size(memory);
  allocated += bytes;
  const std::uint64_t now = in_use += bytes;
  std::uint64_t before = most;
  while (now > before && !most.compare_exchange_weak(before, now)) {
  }
  return memory;
}

void uncount(void* memory) noexcept {
  if (memory != nullptr) in_use -= malloc_usable_size(memory);
}

}  // namespace

// The C library's own functions, under the names that remain where these are replaced. operator new calls malloc, and
// for aligned memory aligned_alloc or posix_memalign, as libstdc++ has it: libraries must see them all.
#pragma GCC visibility push(default)
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* memory);

void* malloc(std::size_t size) noexcept { return counted(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) noexcept { return counted(__libc_calloc(count, size)); }
void* realloc(void* memory, std::size_t size) noexcept {
  uncount(memory);
  return counted(__libc_realloc(memory, size));
}
void* memalign(std::size_t alignment, std::size_t size) noexcept { return counted(__libc_memalign(alignment, size)); }
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept { return memalign(alignment, size); }
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
  *memory = memalign(alignment, size);
  return *memory == nullptr ? ENOMEM : 0;
}
void free(void* memory) noexcept {
  uncount(memory);
  __libc_free(memory);
}
}
#pragma GCC visibility pop

namespace vqi::test {

std::uint64_t allocated_bytes() noexcept { return allocated; }

void begin_peak() noexcept {
  at_begin = in_use.load();
  most = in_use.load();
}

std::uint64_t peak_bytes() noexcept { return most - at_begin; }

}  // namespace vqi::test

TEST_CASE("the counters see what new, vectors and Highway's aligned arrays take, and the most at once") {
  const auto twice = vqi::test::memory_of([] {
    for (int i = 0; i < 2; ++i) {
      const std::vector<char> bytes(1'000'000);
      CHECK(bytes.back() == 0);
    }
  });
  CHECK(twice.all_bytes >= 2'000'000);
  CHECK(twice.peak_bytes >= 1'000'000);
  CHECK(twice.peak_bytes < 1'100'000);
  const auto aligned = vqi::test::memory_of([] {
    const auto values = hwy::AllocateAligned<std::int32_t>(250'000);
    CHECK(values != nullptr);
    const auto wide = std::make_unique<std::int64_t[]>(250'000);
    CHECK(wide[0] == 0);
  });
  CHECK(aligned.peak_bytes >= 3'000'000);
  CHECK(aligned.peak_bytes < 3'100'000);
  const auto by_operator = vqi::test::memory_of([] {
    constexpr std::align_val_t alignment{256};
    ::operator delete(::operator new(1'000'000, alignment), alignment);
  });
  CHECK(by_operator.peak_bytes >= 1'000'000);
}
