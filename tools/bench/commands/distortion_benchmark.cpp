// vqi_bench distortion: mean distortion over a data folder, compared with the best of many converged k-means++ runs.
#include <algorithm>
#include <iostream>
#include <optional>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "imagequant_peer.hpp"
#include "result_table.hpp"
#include "vqi_contender.hpp"

namespace vqi::bench {
namespace {

/// Sum MSE and CPU time of one image, or their sums over several images.
struct Score {
  double sum_mse = 0;
  double cpu_seconds = 0;
  Score& operator+=(const Score& other) {
    sum_mse += other.sum_mse;
    cpu_seconds += other.cpu_seconds;
    return *this;
  }
};

struct Method {
  std::string name;
  Score total;
};

Score score_of(const Image& image, const EncodeOptions& options, std::uint32_t threads) {
  const TimedEncode timed = timed_encode(image, options, threads);
  const EncodeReport& report = timed.encoded.report;
  return {report.distortion.mse * report.channels, timed.codebook_and_map.cpu_seconds};
}

/// The mean over all seeds; and the best distortion, with the time of all seeds together.
struct KmeansppScores {
  Score mean;
  Score best;
};

KmeansppScores score_kmeanspp(const Image& image, std::uint32_t k, unsigned runs, std::uint32_t threads) {
  KmeansppScores scores;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    const Score score = score_of(image, converged_kmeanspp_options(k, seed), threads);
    scores.mean += score;
    scores.best.sum_mse = seed == 1 ? score.sum_mse : std::min(scores.best.sum_mse, score.sum_mse);
    scores.best.cpu_seconds += score.cpu_seconds;
  }
  scores.mean.sum_mse /= runs;
  scores.mean.cpu_seconds /= runs;
  return scores;
}

/// Scores all methods on one image. The reference, if there is one, comes first.
std::vector<Method> score_image(const Image& image, std::uint32_t k, const DistortionSettings& settings) {
  std::vector<Method> methods;
  if (settings.runs > 0) {
    const KmeansppScores scores = score_kmeanspp(image, k, settings.runs, settings.threads);
    methods.push_back({"best of " + std::to_string(settings.runs) + " k-means++, converged", scores.best});
    methods.push_back({"k-means++, converged, mean", scores.mean});
  }
  // A run to warm up: the first run pays for memory that later runs reuse.
  if (!settings.efforts.empty())
    static_cast<void>(score_of(image, effort_options(k, settings.efforts.front()), settings.threads));
  for (const std::uint32_t effort : settings.efforts)
    methods.push_back(
        {"vqi effort " + std::to_string(effort), score_of(image, effort_options(k, effort), settings.threads)});
  if (ImagequantPeer::available() && k >= 2 && k <= imagequant_colours_max && !settings.imagequant_speeds.empty()) {
    const ImagequantPeer peer(image);
    for (const int speed : settings.imagequant_speeds) {
      PaletteImage result;
      const Elapsed elapsed = peer.run(k, speed, result);
      methods.push_back(
          {"libimagequant speed " + std::to_string(speed), {sum_mse(image, result), elapsed.cpu_seconds}});
    }
  }
  return methods;
}

void add_rows(const std::string& images, std::uint32_t k, const std::vector<Method>& methods, double image_count,
              ResultTable& table) {
  const double yardstick = methods.front().total.sum_mse;
  for (const Method& method : methods) {
    const double mean = method.total.sum_mse / image_count;
    const double percent = yardstick > 0 ? (method.total.sum_mse / yardstick - 1) * 100 : 0;
    table.add({images, std::to_string(k), method.name, number(mean, 6), number(mean / 3, 6), fixed(percent, 2) + " %",
               fixed(method.total.cpu_seconds, 3)});
  }
}

}  // namespace

void run_distortion(const DistortionSettings& settings) {
  ImagequantPeer::set_threads(settings.threads);
  std::vector<BenchImage> images;
  for (const std::filesystem::path& path : png_files(settings.data))
    if (std::optional<BenchImage> image = read_rgb(path)) images.push_back(std::move(*image));
  if (images.empty()) throw Error(ErrorCode::io_failed, settings.data.string() + " holds no 8-bit RGB images");
  std::cout << "Mean distortion over " << images.size()
            << " images; sum MSE: the three squared errors of a pixel, mse: "
            << "a third of it;\nagainst the first row of each K; CPU seconds to codebook and index map, all images, "
            << settings.threads << " thread(s), one run.\n\n";
  ResultTable table(
      {{"images", 12}, {"K", 4}, {"method", 31}, {"sum MSE", 8}, {"mse", 8}, {"to first", 9}, {"CPU s", 8}},
      settings.csv);
  for (const std::uint32_t k : settings.k) {
    std::vector<Method> totals;
    for (const BenchImage& image : images) {
      const std::vector<Method> methods = score_image(image.image, k, settings);
      if (settings.per_image) add_rows(image.name, k, methods, 1, table);
      if (totals.empty()) {
        totals = methods;
      } else {
        for (std::size_t i = 0; i < methods.size(); ++i) totals[i].total += methods[i].total;
      }
    }
    add_rows("mean of " + std::to_string(images.size()), k, totals, static_cast<double>(images.size()), table);
  }
  std::cout << '\n';
}

}  // namespace vqi::bench
