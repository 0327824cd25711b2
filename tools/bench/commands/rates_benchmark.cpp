// vqi_bench rates: bytes at equal PSNR beside lossy files of other programs, by bands of bits per pixel.
#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <map>
#include <utility>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "lossy_peers.hpp"
#include "rate_difference.hpp"
#include "result_table.hpp"
#include "temporary_folder.hpp"
#include "vqi/codec.hpp"
#include "vqi/image_io.hpp"
#include "vqi/metrics.hpp"

namespace vqi::bench {
namespace {

/// Bits per pixel of the peer's files.
using Band = std::pair<double, double>;
constexpr std::array<Band, 2> bands{{{0.5, 1.5}, {1.5, 3}}};

/// From ECVQ with the filter at all K, at its default lambda and at the multiples that are asked for.
std::vector<RatedQuality> points_of(const Image& image, const RatesSettings& settings) {
  std::vector<RatedQuality> points;
  for (const std::uint32_t k : settings.k) {
    EncodeOptions options;
    options.k = k;
    options.method = Method::ecvq;
    options.restore = settings.restore;
    options.effort = settings.effort;
    const RunOptions run{.threads = settings.threads};
    const auto add = [&] {
      const Encoded encoded = encode(image, options, run);
      if (const std::optional<double> psnr_db = encoded.report.distortion.psnr_db)
        points.push_back({*psnr_db, static_cast<double>(encoded.bytes.size())});
      return encoded.report.lambda.value_or(0);
    };
    const double lambda = add();
    for (const double factor : settings.lambda_factors) {
      options.lambda = factor * lambda;
      if (factor != 1) static_cast<void>(add());
    }
  }
  return points;
}

/// The lower convex hull of ln(bytes) over PSNR, with the points that no other point beats in both.
std::vector<RatedQuality> hull_of(std::vector<RatedQuality> points) {
  std::sort(points.begin(), points.end(), [](const RatedQuality& a, const RatedQuality& b) {
    return std::pair(a.bytes, -a.quality) < std::pair(b.bytes, -b.quality);
  });
  std::vector<RatedQuality> hull;
  const auto slope = [](const RatedQuality& a, const RatedQuality& b) {
    return (std::log(b.bytes) - std::log(a.bytes)) / (b.quality - a.quality);
  };
  for (const RatedQuality& point : points) {
    if (!hull.empty() && point.quality <= hull.back().quality) continue;
    while (hull.size() > 1 && slope(hull[hull.size() - 2], hull.back()) >= slope(hull.back(), point)) hull.pop_back();
    hull.push_back(point);
  }
  return hull;
}

/// The part of a curve, whose points rise, inside a band, with points at the band's ends between its own.
std::vector<RatedQuality> part_in(const std::vector<RatedQuality>& curve, const Band& band, double pixels) {
  const double low = band.first * pixels / 8;
  const double high = band.second * pixels / 8;
  std::vector<RatedQuality> part;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    if (i > 0)
      for (const double end : {low, high})
        if (curve[i - 1].bytes < end && end < curve[i].bytes) {
          const double share = std::log(end / curve[i - 1].bytes) / std::log(curve[i].bytes / curve[i - 1].bytes);
          part.push_back({curve[i - 1].quality + share * (curve[i].quality - curve[i - 1].quality), end});
        }
    if (low <= curve[i].bytes && curve[i].bytes <= high) part.push_back(curve[i]);
  }
  return part;
}

std::vector<RatedQuality> curve_of(const LossyPeer& peer, const BenchImage& image, const TemporaryFolder& folder) {
  const std::filesystem::path input = folder.path() / "input.png";
  write_image(image.image, input);
  std::vector<RatedQuality> curve;
  for (const std::string& quality : peer.qualities)
    if (const std::optional<LossyFile> file = compress_lossy(peer, quality, input, folder.path()))
      if (const std::optional<double> psnr_db = measure_distortion(image.image, file->decoded).psnr_db)
        curve.push_back({*psnr_db, static_cast<double>(file->size_bytes)});
  return hull_of(std::move(curve));
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::string name_of(const LossyPeer& peer, const Band& band) {
  return peer.name + " " + fixed(band.first, 1) + "-" + fixed(band.second, 1);
}

}  // namespace

void run_rates(const RatesSettings& settings) {
  std::cout << "Bytes of ECVQ" << (settings.restore ? " with" : " without")
            << " the decode filter at the PSNR of other programs' files, in percent of theirs less 100, by bits per "
               "pixel of theirs.\n\n";
  const std::vector<LossyPeer> peers = installed_lossy_peers(settings.peers);
  std::vector<ResultTable::Column> columns{{"image", 12}};
  for (const LossyPeer& peer : peers)
    for (const Band& band : bands) columns.push_back({name_of(peer, band), 12});
  ResultTable table(columns, settings.csv);
  std::map<std::string, std::vector<double>> differences;
  const TemporaryFolder folder;
  for (const std::filesystem::path& path : settings.images) {
    const std::optional<BenchImage> image = read_rgb(path);
    if (!image) continue;
    const std::vector<RatedQuality> own = hull_of(points_of(image->image, settings));
    std::vector<std::string> cells{image->name};
    for (const LossyPeer& peer : peers) {
      const std::vector<RatedQuality> curve = curve_of(peer, *image, folder);
      for (const Band& band : bands) {
        const std::optional<double> difference =
            mean_rate_difference(part_in(curve, band, image->megapixels() * 1e6), own);
        cells.push_back(difference ? fixed(*difference * 100, 1) : "-");
        if (difference) differences[name_of(peer, band)].push_back(*difference * 100);
      }
    }
    table.add(cells);
  }
  std::cout << '\n';
  for (const auto& [name, values] : differences)
    std::cout << name << " bits per pixel: median " << fixed(median(values), 1) << " % of " << values.size()
              << " images\n";
}

}  // namespace vqi::bench
