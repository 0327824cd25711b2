// The memory that the jobs at work may take together.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>

namespace vqi::tool {

/// Jobs take a share before they take memory, and wait while the others leave too little. A job that is
/// alone gets any share: what one image may take is another limit's to say.
class MemoryBudget {
 public:
  /// `limit_bytes` for all jobs together; never more than half of the machine's memory.
  explicit MemoryBudget(std::uint64_t limit_bytes);

  /// Gives the memory back when it dies.
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

  /// Waits for a share of `bytes`, or until `stop` says so: the share is then empty. A job holds one
  /// share at a time, so that jobs cannot wait for each other.
  [[nodiscard]] Share take(std::uint64_t bytes, const std::function<bool()>& stop);

 private:
  void give_back(std::uint64_t bytes) noexcept;

  std::mutex mutex_;
  std::condition_variable freed_;
  std::uint64_t limit_bytes_;
  std::uint64_t taken_bytes_ = 0;
};

}  // namespace vqi::tool
