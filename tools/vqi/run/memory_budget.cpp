// Grants shares of memory, at most half of the machine's.
#include "memory_budget.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <limits>

namespace vqi::tool {
namespace {

constexpr std::chrono::milliseconds stop_interval{20};  // a waiting job checks this often whether to stop

}  // namespace

std::uint64_t half_of_memory() noexcept {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page_bytes = ::sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0) return std::numeric_limits<std::uint64_t>::max();
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page_bytes) / 2;
}

MemoryBudget::MemoryBudget(std::uint64_t limit_bytes) : limit_bytes_(std::min(limit_bytes, half_of_memory())) {}

MemoryBudget::Share MemoryBudget::take(std::uint64_t bytes, const std::function<bool()>& stop) {
  std::unique_lock lock(mutex_);
  const auto has_room = [&] {
    return taken_bytes_ == 0 || (bytes <= limit_bytes_ && taken_bytes_ <= limit_bytes_ - bytes);
  };
  while (!freed_.wait_for(lock, stop_interval, has_room))
    if (stop()) return {*this, 0};
  taken_bytes_ += bytes;
  return {*this, bytes};
}

void MemoryBudget::give_back(std::uint64_t bytes) noexcept {
  {
    const std::lock_guard lock(mutex_);
    taken_bytes_ -= bytes;
  }
  freed_.notify_all();
}

}  // namespace vqi::tool
