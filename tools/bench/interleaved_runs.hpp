// Interleaved measurement: all contenders take turns, so that what else the machine does meets each of them alike.
#pragma once

#include <chrono>
#include <cstddef>
#include <ctime>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace vqi::bench {

/// Seconds of several runs of one thing.
class Times {
 public:
  void add(double seconds) { seconds_.push_back(seconds); }
  [[nodiscard]] std::size_t runs() const noexcept { return seconds_.size(); }
  /// With an even number of runs the mean of the middle two; there must be a run.
  [[nodiscard]] double median() const;
  [[nodiscard]] double least() const;

 private:
  std::vector<double> seconds_;
};

/// What is measured against others.
struct Contender {
  std::string name;
  /// Works once and returns the seconds of each of its stages, always as many. It times itself, so
  /// that preparation and clean-up stay out.
  std::function<std::vector<double>()> run;
  unsigned runs_max = std::numeric_limits<unsigned>::max();  ///< for what is too slow to run every time
};

/// Runs every contender `repeats` times (or its runs_max), round by round; each round begins with
/// another one. Returns the times by contender, then stage.
[[nodiscard]] std::vector<std::vector<Times>> run_interleaved(std::span<const Contender> contenders, unsigned repeats);

/// What a piece of work took.
struct Elapsed {
  double wall_seconds = 0;
  double cpu_seconds = 0;  ///< of all threads of this process; hardly disturbed by other processes
};

template <typename Work>
[[nodiscard]] Elapsed elapsed_in(Work&& work) {
  const std::clock_t cpu_start = std::clock();
  const auto start = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  return {wall.count(), static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC};
}

/// Makes the compiler believe that somebody reads what `memory` points to, so that it cannot leave out filling it.
inline void keep(const void* memory) { asm volatile("" : : "r"(memory) : "memory"); }

}  // namespace vqi::bench
