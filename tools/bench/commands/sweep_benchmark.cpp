// vqi_bench sweep: times a whole sweep against encoding its rows one by one.
#include <iostream>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "interleaved_runs.hpp"
#include "result_table.hpp"
#include "vqi/sweep.hpp"

namespace vqi::bench {
namespace {

std::vector<EncodeOptions> rows_of(const SweepSettings& settings) {
  std::vector<EncodeOptions> rows;
  for (const std::uint32_t k : settings.k) {
    EncodeOptions row;
    row.k = k;
    row.effort = settings.effort;
    row.coding = settings.coding;
    row.block_width_px = row.block_height_px = settings.block_side_px;
    rows.push_back(row);
  }
  return rows;
}

std::vector<double> seconds_of(const Elapsed& elapsed) { return {elapsed.wall_seconds, elapsed.cpu_seconds}; }

/// First every row by itself on one thread, then a whole sweep for each number of threads.
std::vector<Contender> contenders_of(const BenchImage& image, const SweepSettings& settings) {
  std::vector<Contender> contenders{{"alone", [&image, &settings] {
                                       return seconds_of(elapsed_in([&] {
                                         for (const EncodeOptions& row : rows_of(settings))
                                           static_cast<void>(encode(image.image, row, {.threads = 1}));
                                       }));
                                     }}};
  for (const std::uint32_t threads : settings.threads) {
    contenders.push_back({"sweep", [&image, &settings, threads] {
                            const std::vector<EncodeOptions> rows = rows_of(settings);
                            return seconds_of(elapsed_in(
                                [&] { static_cast<void>(sweep(image.image, rows, {}, {.threads = threads})); }));
                          }});
  }
  return contenders;
}

}  // namespace

void run_sweep(const SweepSettings& settings) {
  std::cout << "A sweep against its rows one by one on one thread, " << settings.k.size()
            << " rows from K = " << settings.k.front() << " to " << settings.k.back() << ", blocks of "
            << settings.block_side_px << " pixels a side, effort " << settings.effort << ".\n\n";
  ResultTable table({{"image", 16},
                     {"what", 5},
                     {"threads", 7},
                     {"median ms", 9},
                     {"least ms", 8},
                     {"CPU ms", 6},
                     {"x alone", 7},
                     {"x alone, CPU", 12}},
                    settings.csv);
  for (const std::filesystem::path& path : settings.images) {
    const std::optional<BenchImage> image = read_rgb(path);
    if (!image) continue;
    const std::vector<Contender> contenders = contenders_of(*image, settings);
    const std::vector<std::vector<Times>> times = run_interleaved(contenders, settings.repeats);
    for (std::size_t i = 0; i < contenders.size(); ++i) {
      const Times& wall = times[i][0];
      const Times& cpu = times[i][1];
      table.add({image->name, contenders[i].name, std::to_string(i == 0 ? 1 : settings.threads[i - 1]),
                 number(wall.median() * 1e3), number(wall.least() * 1e3), number(cpu.median() * 1e3),
                 fixed(wall.median() / times[0][0].median(), 3), fixed(cpu.median() / times[0][1].median(), 3)});
    }
  }
  std::cout << '\n';
}

}  // namespace vqi::bench
