// Lazy: made once, also when several threads ask first.
#include "lazy.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

TEST_CASE("a lazy value is made by the first of several threads that ask, once") {
  const vqi::detail::Lazy<int> lazy;
  std::atomic<int> made{0};
  std::atomic<int> wrong{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&] { wrong += lazy.get([&] { return 7 + made++; }) == 7 ? 0 : 1; });
  }
  CHECK(made == 1);
  CHECK(wrong == 0);
}

TEST_CASE("a lazy value that could not be made is tried again") {
  const vqi::detail::Lazy<int> lazy;
  CHECK_THROWS_AS(lazy.get([]() -> int { throw std::runtime_error("no memory"); }), std::runtime_error);
  CHECK(lazy.get([] { return 3; }) == 3);
}
