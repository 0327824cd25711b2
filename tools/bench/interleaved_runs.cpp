// Runs rounds in rotating order.
#include "interleaved_runs.hpp"

#include <algorithm>

namespace vqi::bench {

double Times::median() const {
  std::vector<double> sorted = seconds_;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

double Times::least() const { return *std::min_element(seconds_.begin(), seconds_.end()); }

std::vector<std::vector<Times>> run_interleaved(std::span<const Contender> contenders, unsigned repeats) {
  std::vector<std::vector<Times>> times(contenders.size());
  for (unsigned round = 0; round < repeats; ++round) {
    for (std::size_t turn = 0; turn < contenders.size(); ++turn) {
      const std::size_t which = (round + turn) % contenders.size();
      if (round >= contenders[which].runs_max) continue;
      const std::vector<double> stages = contenders[which].run();
      times[which].resize(stages.size());
      for (std::size_t stage = 0; stage < stages.size(); ++stage) times[which][stage].add(stages[stage]);
    }
  }
  return times;
}

}  // namespace vqi::bench
