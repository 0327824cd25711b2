// vqi_bench palettes: palette PNGs by vqi quantize and by other programs: bytes, nearness to the picture, and time.
#include <filesystem>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "palette_makers.hpp"
#include "picture_figures.hpp"
#include "rate_difference.hpp"
#include "result_table.hpp"
#include "temporary_folder.hpp"
#include "vqi/image_io.hpp"

namespace vqi::bench {
namespace fs = std::filesystem;

namespace {

constexpr double bits_in_byte = 8;

/// One palette image, measured.
struct Result {
  fs::path image;
  std::string maker;
  std::uint32_t k = 0;
  double megapixels = 0;
  double bytes = 0;
  PictureFigures figures;
  Elapsed making;
  Elapsed packing;
};

/// A measure of nearness, with the decimals that tables show.
struct Measure {
  const char* name;
  std::optional<double> PictureFigures::*value;
  int decimals;
};

constexpr Measure measures[]{{"PSNR", &PictureFigures::psnr_db, 2},
                             {"blurred", &PictureFigures::blurred_psnr_db, 2},
                             {"SSIM", &PictureFigures::ssim, 4},
                             {"SSIMULACRA2", &PictureFigures::ssimulacra2, 1}};

std::string optional_fixed(std::optional<double> value, int decimals) { return value ? fixed(*value, decimals) : "-"; }

/// A mean over what is there.
class Mean {
 public:
  void add(std::optional<double> value) {
    if (!value) return;
    sum_ += *value;
    ++count_;
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::optional<double> value() const {
    return count_ == 0 ? std::nullopt : std::optional(sum_ / static_cast<double>(count_));
  }

 private:
  double sum_ = 0;
  std::size_t count_ = 0;
};

std::optional<Image> read_picture(const fs::path& path) {
  Image image = read_image(path).image;
  if (image.channels() >= 3 && image.bit_depth() == 8) return image;
  std::cerr << "vqi_bench: " << path.string() << ": not 8-bit RGB or RGBA, left out\n";
  return std::nullopt;
}

std::vector<std::string> cells(const Result& result) {
  std::vector<std::string> cells{result.image.filename().string(), std::to_string(result.k), result.maker,
                                 fixed(result.bytes, 0)};
  for (const Measure& measure : measures)
    cells.push_back(optional_fixed(result.figures.*measure.value, measure.decimals));
  for (const double seconds : {result.making.wall_seconds, result.making.cpu_seconds, result.packing.cpu_seconds})
    cells.push_back(fixed(seconds, 3));
  return cells;
}

/// Runs every maker on every image at every K, and prints a row for each.
std::vector<Result> measure_all(const PalettesSettings& settings, const std::vector<PaletteMaker>& makers) {
  std::vector<Result> results;
  ResultTable table({{"image", 16},
                     {"K", 3},
                     {"program", 18},
                     {"bytes", 7},
                     {"PSNR", 6},
                     {"blurred", 7},
                     {"SSIM", 6},
                     {"SSIMULACRA2", 11},
                     {"seconds", 7},
                     {"CPU", 6},
                     {"CPU packing", 11}},
                    settings.csv);
  for (const fs::path& path : settings.images) {
    const std::optional<Image> image = read_picture(path);
    if (!image) continue;
    const TemporaryFolder folder;
    const PictureComparison comparison(*image, folder.path());
    PaletteJob job{path, image->width_px(), image->height_px(), 0, settings.threads};
    for (const std::uint32_t k : settings.k) {
      job.k = k;
      for (const PaletteMaker& maker : makers) {
        if (k < maker.k_min || (image->channels() == 4 && !maker.takes_alpha)) continue;
        const std::optional<MadePalette> made = make_palette(maker, job, folder.path());
        if (!made) continue;
        results.push_back({path, maker.name, k, static_cast<double>(image->width_px()) * image->height_px() / 1e6,
                           static_cast<double>(fs::file_size(made->file)), comparison.figures(made->image),
                           made->making, made->packing});
        table.add(cells(results.back()));
      }
    }
  }
  return results;
}

/// Prints the means over the images for each K and maker.
void print_means(const std::vector<Result>& results, const PalettesSettings& settings,
                 const std::vector<PaletteMaker>& makers) {
  std::cout << "\nMeans over the images, lossless ones left out of PSNR; seconds are per megapixel of all images.\n\n";
  ResultTable table({{"K", 3},
                     {"program", 18},
                     {"images", 6},
                     {"bits/pixel", 10},
                     {"PSNR", 6},
                     {"blurred", 7},
                     {"SSIM", 6},
                     {"SSIMULACRA2", 11},
                     {"seconds", 7},
                     {"CPU", 6},
                     {"CPU packing", 11}},
                    {});
  for (const std::uint32_t k : settings.k) {
    for (const PaletteMaker& maker : makers) {
      Mean bits;
      Mean quality[std::size(measures)];
      double megapixels = 0;
      Elapsed making;
      Elapsed packing;
      for (const Result& result : results) {
        if (result.k != k || result.maker != maker.name) continue;
        bits.add(bits_in_byte * result.bytes / (result.megapixels * 1e6));
        for (std::size_t i = 0; i < std::size(measures); ++i) quality[i].add(result.figures.*measures[i].value);
        megapixels += result.megapixels;
        making.wall_seconds += result.making.wall_seconds;
        making.cpu_seconds += result.making.cpu_seconds;
        packing.cpu_seconds += result.packing.cpu_seconds;
      }
      if (bits.count() == 0) continue;
      std::vector<std::string> row{std::to_string(k), maker.name, std::to_string(bits.count()),
                                   optional_fixed(bits.value(), 3)};
      for (std::size_t i = 0; i < std::size(measures); ++i)
        row.push_back(optional_fixed(quality[i].value(), measures[i].decimals));
      for (const double seconds : {making.wall_seconds, making.cpu_seconds, packing.cpu_seconds})
        row.push_back(fixed(seconds / megapixels, 3));
      table.add(row);
    }
  }
}

/// Quality and bytes of one maker on one image, over all K. Pictures without a figure, such as lossless ones, are left
/// out.
std::vector<RatedQuality> curve_of(const std::vector<Result>& results, const fs::path& image, const std::string& maker,
                                   const Measure& measure) {
  std::vector<RatedQuality> points;
  for (const Result& result : results)
    if (const std::optional<double> quality = result.figures.*measure.value;
        quality && result.image == image && result.maker == maker)
      points.push_back({*quality, result.bytes});
  return points;
}

/// Prints how many more bytes each maker takes at equal quality than its reference.
void print_rate_differences(const std::vector<Result>& results, const std::vector<PaletteMaker>& makers) {
  std::cout << "\nBytes at equal quality, in percent of those of the reference, interpolated between the K: means over "
               "the images.\n\n";
  std::vector<ResultTable::Column> columns{{"program", 18}, {"reference", 15}};
  for (const Measure& measure : measures) {
    const std::string title = std::string("equal ") + measure.name;
    columns.push_back({title, title.size()});
  }
  ResultTable table(columns, {});
  std::set<fs::path> images;
  for (const Result& result : results) images.insert(result.image);
  for (const PaletteMaker& maker : makers) {
    if (maker.name == maker.reference) continue;
    std::vector<std::string> row{maker.name, maker.reference};
    for (const Measure& measure : measures) {
      Mean mean;
      for (const fs::path& image : images)
        mean.add(mean_rate_difference(curve_of(results, image, maker.reference, measure),
                                      curve_of(results, image, maker.name, measure)));
      row.push_back(mean.count() == 0 ? "-" : fixed(*mean.value() * 100, 1) + " %");
    }
    table.add(row);
  }
  std::cout << '\n';
}

}  // namespace

void run_palettes(const PalettesSettings& settings) {
  const std::vector<PaletteMaker> makers = installed_palette_makers(settings.programs, settings.efforts);
  limit_threads(settings.threads);
  std::cout << "Palette PNGs by vqi quantize, and by other programs with zopflipng --iterations=5 after them; "
            << settings.threads
            << " thread(s), one run each. PSNR in dB, blurred: after a Gaussian blur of sigma 1.5 pixels.\n\n";
  const std::vector<Result> results = measure_all(settings, makers);
  print_means(results, settings, makers);
  print_rate_differences(results, makers);
}

}  // namespace vqi::bench
