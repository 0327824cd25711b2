// MemoryBudget: limits the memory that all running jobs together may take.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>

namespace vqi::tool {

/// Of the machine's memory; where that is not known, 2^64 - 1.
[[nodiscard]] std::uint64_t half_of_memory() noexcept;

/// A job takes a share before it allocates, and waits while the other jobs leave too little. A job that runs alone gets
/// a share of any size: DecodeLimits decides how much one image may take.
class MemoryBudget {
 public:
  /// `limit_bytes` is for all jobs together; more than half of the machine's memory counts as half.
  explicit MemoryBudget(std::uint64_t limit_bytes);

  /// A reserved amount of memory; its destructor gives it back.
  class Share {
   public:
    Share(MemoryBudget& budget, std::uint64_t bytes) noexcept : budget_(&budget), bytes_(bytes) {}
    Share(Share&& other) noexcept : budget_(std::exchange(other.budget_, nullptr)), bytes_(other.bytes_) {}
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share() {
      if (budget_ != nullptr) budget_->give_back(bytes_);
    }

   private:
    MemoryBudget* budget_;
    std::uint64_t bytes_;
  };

  /// Waits until a share of `bytes` is free. Returns an empty share if `stop` returns true first. A job may hold only
  /// one share at a time; otherwise two jobs could wait for each other.
  [[nodiscard]] Share take(std::uint64_t bytes, const std::function<bool()>& stop);

 private:
  void give_back(std::uint64_t bytes) noexcept;

  std::mutex mutex_;
  std::condition_variable freed_;
  std::uint64_t limit_bytes_;
  std::uint64_t taken_bytes_ = 0;
};

}  // namespace vqi::tool
