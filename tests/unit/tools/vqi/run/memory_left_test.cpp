// with_memory_left: the limit that a call gets, and the words about it.
#include "memory_left.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "byte_tools.hpp"

using vqi::tool::with_memory_left;

namespace {

vqi::RunOptions run_of(std::uint64_t limit_bytes) {
  vqi::RunOptions run;
  run.max_memory_bytes = limit_bytes;
  return run;
}

}  // namespace

TEST_CASE("a call gets the memory that is left, and none where more is held than allowed") {
  const auto left = [](const vqi::RunOptions& run) { return run.max_memory_bytes; };
  CHECK(with_memory_left(run_of(100), 30, left) == 70);
  CHECK(with_memory_left(run_of(100), 0, left) == 100);
  CHECK(with_memory_left(run_of(100), 101, left) == 0);
}

TEST_CASE("an error about the limit of memory names what is held, and others come through as they are") {
  const auto message = [](std::uint64_t held_bytes, const vqi::Error& error) {
    return vqi::testing::message_of(
        [&] { with_memory_left(run_of(100), held_bytes, [&](const vqi::RunOptions&) -> int { throw error; }); });
  };
  const vqi::Error memory(vqi::Limit::memory, "it takes 80 bytes and the limit is 70");
  CHECK(message(30, memory) ==
        "it takes 80 bytes and the limit is 70, as the input holds 30 of the 100 that are allowed");
  CHECK(message(0, memory) == memory.what());
  const vqi::Error pixels(vqi::Limit::pixels, "too many");
  CHECK(message(30, pixels) == "too many");
}
