// The shares of the memory of a batch: who waits, who does not, and for how long.
#include "memory_budget.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <thread>

using vqi::tool::MemoryBudget;

namespace {

bool never() { return false; }
bool at_once() { return true; }

}  // namespace

TEST_CASE("shares that fit together are had together") {
  MemoryBudget budget(100);
  const auto first = budget.take(60, never);
  const auto second = budget.take(40, never);
  std::atomic<bool> asked{false};
  const auto third = budget.take(1, [&] { return asked.exchange(true); });
  CHECK(asked);  // it had to wait, until it was told to stop
}

TEST_CASE("one that is alone gets more than there is") {
  MemoryBudget budget(100);
  { const auto share = budget.take(1000, never); }
  const auto share = budget.take(1000, at_once);
  std::atomic<bool> asked{false};
  const auto other = budget.take(1, [&] { return asked.exchange(true); });
  CHECK(asked);
}

TEST_CASE("a share that is given back wakes who waits for it in another thread") {
  MemoryBudget budget(100);
  auto first = std::make_unique<MemoryBudget::Share>(budget.take(80, never));
  std::atomic<bool> had{false};
  std::thread other([&] {
    const auto share = budget.take(30, never);
    had = true;
  });
  CHECK_FALSE(had);
  first.reset();
  other.join();
  CHECK(had);
}
