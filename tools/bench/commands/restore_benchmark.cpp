// vqi_bench restore: what the decode filter adds to codewords, beside filters that nobody learned.
#include <algorithm>
#include <array>
#include <iostream>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "plain_filters.hpp"
#include "rate_difference.hpp"
#include "result_table.hpp"
#include "vqi/codec.hpp"
#include "vqi/metrics.hpp"

namespace vqi::bench {
namespace {

/// Pictures made of one file, in the order of the table.
constexpr std::array<const char*, 4> pictures{"codewords", "convolution", "total variation", "filter"};

/// PSNR and SSIM of a picture; 0 where nothing differs.
struct Figures {
  double psnr_db = 0;
  double ssim = 1;
};

Figures figures_of(const Image& original, const Image& other) {
  const Distortion distortion = measure_distortion(original, other);
  return {distortion.psnr_db.value_or(0), distortion.ssim.value_or(1)};
}

/// The files of one image by ECVQ at all K: plain, and with the filter.
struct ImageCurves {
  std::vector<RatedQuality> plain;
  std::array<std::vector<RatedQuality>, pictures.size()> restored;
};

void measure_at(const BenchImage& image, std::uint32_t k, const RestoreBenchSettings& settings, ResultTable& table,
                ImageCurves& curves) {
  EncodeOptions options;
  options.k = k;
  options.method = settings.method;
  options.coding = Coding::entropy;
  options.effort = settings.effort;
  const RunOptions run{.threads = settings.threads};
  const Encoded plain = encode(image.image, options, run);
  options.restore = true;
  const Encoded restored = encode(image.image, options, run);
  DecodeLimits without;
  without.restore = false;
  const Image codewords = decode(restored.bytes, without, run);
  const std::array<Figures, pictures.size()> figures{
      figures_of(image.image, codewords), figures_of(image.image, convolved(image.image, codewords)),
      figures_of(image.image, smoothed_by_total_variation(image.image, codewords)),
      figures_of(image.image, decode(restored.bytes, {}, run))};
  const Figures before{plain.report.distortion.psnr_db.value_or(0), plain.report.distortion.ssim.value_or(1)};
  curves.plain.push_back({before.psnr_db, static_cast<double>(plain.bytes.size())});
  std::vector<std::string> cells{image.name,
                                 std::to_string(k),
                                 std::to_string(plain.bytes.size()),
                                 fixed(before.psnr_db, 2),
                                 fixed(before.ssim, 4),
                                 std::to_string(restored.bytes.size()),
                                 fixed(figures.front().psnr_db, 2)};
  for (std::size_t i = 1; i < pictures.size(); ++i)
    cells.push_back("+" + fixed(figures[i].psnr_db - figures.front().psnr_db, 2));
  cells.push_back(fixed(figures.back().ssim, 4));
  table.add(cells);
  for (std::size_t i = 0; i < pictures.size(); ++i)
    curves.restored[i].push_back({figures[i].psnr_db, static_cast<double>(restored.bytes.size())});
}

}  // namespace

void run_restore(const RestoreBenchSettings& settings) {
  std::cout << "Files without and with the decode filter, effort " << settings.effort
            << ". Of those with it: PSNR of codewords, and what a convolution, total variation and the filter add to "
               "it in dB, each with the strength that comes nearest to the image.\n\n";
  ResultTable table({{"image", 12},
                     {"K", 4},
                     {"plain bytes", 8},
                     {"PSNR", 5},
                     {"SSIM", 6},
                     {"bytes", 8},
                     {pictures[0], 5},
                     {pictures[1], 5},
                     {pictures[2], 5},
                     {pictures[3], 5},
                     {"filter's SSIM", 6}},
                    settings.csv);
  std::array<std::vector<double>, pictures.size()> differences;
  for (const std::filesystem::path& path : settings.images) {
    const std::optional<BenchImage> image = read_rgb(path);
    if (!image) continue;
    ImageCurves curves;
    for (const std::uint32_t k : settings.k) measure_at(*image, k, settings, table, curves);
    for (std::size_t i = 0; i < pictures.size(); ++i)
      if (const std::optional<double> part = mean_rate_difference(curves.plain, curves.restored[i]))
        differences[i].push_back(*part);
  }
  std::cout << "\nBytes at equal PSNR against plain files, image by image and in the mean:\n";
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    std::cout << pictures[i] << ':';
    double sum = 0;
    for (const double part : differences[i]) {
      std::cout << ' ' << fixed(100 * part, 1);
      sum += part;
    }
    if (!differences[i].empty())
      std::cout << ", mean " << fixed(100 * sum / static_cast<double>(differences[i].size()), 1) << " %";
    std::cout << '\n';
  }
}

}  // namespace vqi::bench
