// vqi_bench train: times vqi and its peers from RGB bytes in memory to codebook and index map.
#include <iostream>
#include <optional>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "imagequant_peer.hpp"
#include "interleaved_runs.hpp"
#include "opencv_kmeans.hpp"
#include "result_table.hpp"
#include "vqi_contender.hpp"

namespace vqi::bench {
namespace {

// cv::kmeans needs minutes for larger images, so it is left out there, and gets fewer runs.
constexpr double opencv_megapixels_max = 1.0;
constexpr unsigned opencv_runs_max = 3;

/// The contenders for one image and K, and the distortion of each. The first run of a contender is measured for
/// distortion: its other runs give the same result or, for cv::kmeans, one of about the same quality.
class Contest {
 public:
  Contest(const BenchImage& image, std::uint32_t k, const TrainSettings& settings)
      : image_(image), k_(k), settings_(settings) {
    for (const std::uint32_t effort : settings.efforts) add_vqi(effort);
    if (ImagequantPeer::available() && k <= imagequant_colours_max && k >= 2 && !settings.imagequant_speeds.empty()) {
      imagequant_.emplace(image.image);
      for (const int speed : settings.imagequant_speeds) add_imagequant(speed);
    }
    if (settings.slow && image.megapixels() < opencv_megapixels_max) {
      opencv_.emplace(image.image);
      add(
          "cv::kmeans", [this](PaletteImage& result) { return opencv_->run(k_, result); }, opencv_runs_max);
    }
  }
  Contest(const Contest&) = delete;
  Contest& operator=(const Contest&) = delete;

  void run(ResultTable& table) {
    const std::vector<std::vector<Times>> times = run_interleaved(contenders_, settings_.repeats);
    const Times& reference_wall = times.front()[0];
    const Times& reference_cpu = times.front()[1];
    for (std::size_t i = 0; i < contenders_.size(); ++i) {
      const Times& wall = times[i][0];
      const Times& cpu = times[i][1];
      table.add({image_.name, std::to_string(k_), contenders_[i].name, std::to_string(wall.runs()),
                 number(wall.median() * 1e3), number(wall.least() * 1e3), number(cpu.median() * 1e3),
                 number(wall.median() * 1e3 / image_.megapixels()), fixed(wall.median() / reference_wall.median(), 2),
                 fixed(cpu.median() / reference_cpu.median(), 2), number(*sum_mse_[i], 5)});
    }
  }

 private:
  template <typename Run>
  void add(const std::string& name, Run run, unsigned runs_max = std::numeric_limits<unsigned>::max()) {
    const std::size_t which = contenders_.size();
    sum_mse_.emplace_back();
    contenders_.push_back({name,
                           [this, which, run] {
                             PaletteImage result;
                             const Elapsed elapsed = run(result);
                             if (!sum_mse_[which]) sum_mse_[which] = sum_mse(image_.image, result);
                             return std::vector<double>{elapsed.wall_seconds, elapsed.cpu_seconds};
                           },
                           runs_max});
  }

  void add_vqi(std::uint32_t effort) {
    const EncodeOptions options = effort_options(k_, effort);
    const PaletteImage learned =
        palette_image(decode_indexed(encode(image_.image, options, {.threads = settings_.threads}).bytes));
    add("vqi effort " + std::to_string(effort), [this, options, learned](PaletteImage& result) {
      result = learned;
      return time_codebook_and_map(image_.image, options, settings_.threads);
    });
  }

  void add_imagequant(int speed) {
    add("libimagequant speed " + std::to_string(speed),
        [this, speed](PaletteImage& result) { return imagequant_->run(k_, speed, result); });
  }

  const BenchImage& image_;
  std::uint32_t k_;
  const TrainSettings& settings_;
  std::optional<ImagequantPeer> imagequant_;
  std::optional<OpencvKmeans> opencv_;
  std::vector<Contender> contenders_;
  std::vector<std::optional<double>> sum_mse_;
};

}  // namespace

void run_train(const TrainSettings& settings) {
  ImagequantPeer::set_threads(settings.threads);
  set_opencv_threads(settings.threads);
  std::cout << "RGB bytes in memory to codebook and index map, " << settings.threads
            << " thread(s), interleaved.\nRatios: medians against the first row's, in wall time and CPU time; sum MSE: "
               "the three squared errors of a "
               "pixel.\n"
            << "OpenCV " << opencv_version() << ", libimagequant " << ImagequantPeer::version() << "\n\n";
  ResultTable table({{"image", 16},
                     {"K", 4},
                     {"method", 22},
                     {"runs", 4},
                     {"median ms", 9},
                     {"least ms", 8},
                     {"CPU ms", 6},
                     {"ms/MP", 6},
                     {"ratio", 7},
                     {"CPU ratio", 9},
                     {"sum MSE", 8}},
                    settings.csv);
  for (const std::filesystem::path& path : settings.images) {
    const std::optional<BenchImage> image = read_rgb(path);
    if (!image) continue;
    for (const std::uint32_t k : settings.k) Contest(*image, k, settings).run(table);
  }
  std::cout << '\n';
}

}  // namespace vqi::bench
