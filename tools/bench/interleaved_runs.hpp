// Interleaved measurement: contenders take turns, so that other work on the machine disturbs all of them alike.
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

/// The times of several runs of one contender or stage, in seconds.
class Times {
 public:
  void add(double seconds) { seconds_.push_back(seconds); }
  [[nodiscard]] std::size_t runs() const noexcept { return seconds_.size(); }
  /// The mean of the middle two if the number of runs is even. There must be at least one run.
  [[nodiscard]] double median() const;
  [[nodiscard]] double least() const;

 private:
  std::vector<double> seconds_;
};

/// A piece of work that is measured against others.
struct Contender {
  std::string name;
  /// Runs once and returns the seconds of each stage; the number of stages is always the same. It times itself, so that
  /// preparation and clean-up are left out.
  std::function<std::vector<double>()> run;
  unsigned runs_max = std::numeric_limits<unsigned>::max();  ///< fewer runs for slow contenders
};

/// Runs every contender `repeats` times, or `runs_max` times if that is less, in rounds. Each round begins with the
/// next contender. Returns the times by contender, then stage.
[[nodiscard]] std::vector<std::vector<Times>> run_interleaved(std::span<const Contender> contenders, unsigned repeats);

/// The time that a piece of work took.
struct Elapsed {
  double wall_seconds = 0;
  double cpu_seconds = 0;  ///< processor time of all threads of this process; other processes hardly disturb it
};

template <typename Work>
[[nodiscard]] Elapsed elapsed_in(Work&& work) {
  const std::clock_t cpu_start = std::clock();
  const auto start = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  return {wall.count(), static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC};
}

/// Makes the compiler assume that the memory is read, so that it cannot leave out the code that fills it.
inline void keep(const void* memory) { asm volatile("" : : "r"(memory) : "memory"); }

}  // namespace vqi::bench
