// vqi_bench methods: compares ECVQ with nearest codewords under the same coder, in bytes at equal PSNR and in time.
#include <iostream>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "interleaved_runs.hpp"
#include "rate_difference.hpp"
#include "result_table.hpp"
#include "vqi/codec.hpp"

namespace vqi::bench {
namespace {

/// The results of one method on one image, for all K.
struct MethodCurve {
  std::vector<RatedQuality> points;
  std::vector<double> cpu_seconds;  // one for each K
};

MethodCurve curve_of(const Image& image, Method method, const MethodSettings& settings) {
  MethodCurve curve;
  for (const std::uint32_t k : settings.k) {
    EncodeOptions options;
    options.k = k;
    options.method = method;
    options.coding = Coding::entropy;
    options.effort = settings.effort;
    options.block_width_px = options.block_height_px = settings.block_side_px;
    Encoded encoded;
    const Elapsed elapsed = elapsed_in([&] { encoded = encode(image, options, {.threads = settings.threads}); });
    curve.cpu_seconds.push_back(elapsed.cpu_seconds);
    if (const std::optional<double> psnr_db = encoded.report.distortion.psnr_db)
      curve.points.push_back({*psnr_db, static_cast<double>(encoded.bytes.size())});
  }
  return curve;
}

std::string percent(const std::optional<double>& part) { return part ? fixed(*part * 100, 1) + " %" : "-"; }

}  // namespace

void run_methods(const MethodSettings& settings) {
  std::cout << "ECVQ at its default lambda against nearest codewords at the same K, effort " << settings.effort
            << ", blocks of " << settings.block_side_px << " pixels a side, " << settings.threads
            << " thread(s): mean difference of the bytes at equal PSNR, and at each K the CPU seconds per megapixel, "
               "nearest / ECVQ.\n\n";
  std::vector<ResultTable::Column> columns{{"image", 12}, {"bytes", 8}};
  for (const std::uint32_t k : settings.k) columns.push_back({"K = " + std::to_string(k), 11});
  ResultTable table(columns, settings.csv);
  double sum = 0;
  int count = 0;
  for (const std::filesystem::path& path : settings.images) {
    const std::optional<BenchImage> image = read_rgb(path);
    if (!image) continue;
    const MethodCurve nearest = curve_of(image->image, Method::kmeans, settings);
    const MethodCurve constrained = curve_of(image->image, Method::ecvq, settings);
    const std::optional<double> difference = mean_rate_difference(nearest.points, constrained.points);
    std::vector<std::string> cells{image->name, percent(difference)};
    for (std::size_t i = 0; i < settings.k.size(); ++i)
      cells.push_back(fixed(nearest.cpu_seconds[i] / image->megapixels(), 1) + " / " +
                      fixed(constrained.cpu_seconds[i] / image->megapixels(), 1));
    table.add(cells);
    if (!difference) continue;
    sum += *difference;
    ++count;
  }
  if (count > 0) std::cout << "\nMean of " << count << " images: " << percent(sum / count) << '\n';
  std::cout << '\n';
}

}  // namespace vqi::bench
