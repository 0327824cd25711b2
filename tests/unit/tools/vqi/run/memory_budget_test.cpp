// Shares of the memory of a batch: which jobs wait, and for how long.
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

TEST_CASE("shares that fit together are granted at once") {
  MemoryBudget budget(100);
  const auto first = budget.take(60, never);
  const auto second = budget.take(40, never);
  std::atomic<bool> asked{false};
  const auto third = budget.take(1, [&] { return asked.exchange(true); });
  CHECK(asked);  // it had to wait until it was told to stop
}

TEST_CASE("a job that runs alone gets a share above the limit") {
  MemoryBudget budget(100);
  { const auto share = budget.take(1000, never); }
  const auto share = budget.take(1000, at_once);
  std::atomic<bool> asked{false};
  const auto other = budget.take(1, [&] { return asked.exchange(true); });
  CHECK(asked);
}

TEST_CASE("returning a share wakes another thread that waits for it") {
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
