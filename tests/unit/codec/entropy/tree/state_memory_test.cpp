// StateMemory: parts are filled, aligned to cache lines and do not overlap.
#include "state_memory.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>

using vqi::detail::StateMemory;

TEST_CASE("parts of a state's memory are filled, aligned and apart") {
  const std::uint64_t size = StateMemory::size_of<std::uint16_t>(33) + StateMemory::size_of<std::int16_t>(1) +
                             StateMemory::size_of<std::uint16_t>(1000);
  CHECK(size == 128 + 64 + 2048);
  StateMemory memory(size);
  std::uint16_t* const first = memory.filled<std::uint16_t>(33, 7);
  std::int16_t* const second = memory.filled<std::int16_t>(1, -5);
  std::uint16_t* const third = memory.filled<std::uint16_t>(1000, 9);
  CHECK(std::count(first, first + 33, 7) == 33);
  CHECK(*second == -5);
  CHECK(std::count(third, third + 1000, 9) == 1000);
  for (const void* part :
       {static_cast<const void*>(first), static_cast<const void*>(second), static_cast<const void*>(third)})
    CHECK(reinterpret_cast<std::uintptr_t>(part) % 64 == 0);
}
