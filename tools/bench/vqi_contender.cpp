// Times stages through the progress callback.
#include "vqi_contender.hpp"

#include <chrono>

namespace vqi::bench {

EncodeOptions effort_options(std::uint32_t k, std::uint32_t effort) {
  EncodeOptions options;
  options.k = k;
  options.effort = effort;
  return options;
}

EncodeOptions converged_kmeanspp_options(std::uint32_t k, std::uint64_t seed) {
  EncodeOptions options;
  options.k = k;
  options.effort = 1;  // effort 1 has one start and no search after Lloyd's steps
  options.seeding = Seeding::kmeanspp;
  options.seed = seed;
  options.max_iterations = 100'000;  // never reached: at K = 256, 110 steps are usual
  return options;
}

TimedEncode timed_encode(const ImageView& image, const EncodeOptions& options, std::uint32_t threads) {
  // The report has no CPU time. The stage `encode`, which follows the index map, reports when it begins.
  std::clock_t map_done = 0;
  RunOptions run{.threads = threads};
  run.progress = [&map_done](const Progress& progress) {
    if (progress.stage == Stage::encode && map_done == 0) map_done = std::clock();
    return true;
  };
  const std::clock_t start = std::clock();
  TimedEncode result;
  result.encoded = encode(image, options, run);
  const EncodeSeconds& seconds = result.encoded.report.seconds;
  result.codebook_and_map = {seconds.train + seconds.assign, static_cast<double>(map_done - start) / CLOCKS_PER_SEC};
  return result;
}

Elapsed time_codebook_and_map(const ImageView& image, const EncodeOptions& options, std::uint32_t threads) {
  const std::clock_t cpu_start = std::clock();
  const auto start = std::chrono::steady_clock::now();
  Elapsed elapsed;
  RunOptions run{.threads = threads};
  run.progress = [&](const Progress& progress) {
    if (progress.stage != Stage::encode) return true;
    elapsed.cpu_seconds = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
    elapsed.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return false;
  };
  try {
    static_cast<void>(encode(image, options, run));
  } catch (const Error& error) {
    if (error.error_code() != ErrorCode::cancelled) throw;
  }
  return elapsed;
}

}  // namespace vqi::bench
