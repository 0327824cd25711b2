// vqi_bench target: times the search for the K of a target against one encode at that K.
#include <iostream>

#include "bench_images.hpp"
#include "benchmarks.hpp"
#include "interleaved_runs.hpp"
#include "result_table.hpp"
#include "vqi/sweep.hpp"

namespace vqi::bench {
namespace {

struct NamedTarget {
  std::string name;
  Target target;
};

std::vector<NamedTarget> targets_of(const TargetSettings& settings) {
  std::vector<NamedTarget> targets;
  for (const double value : settings.psnr_db) targets.push_back({number(value) + " dB", {value, {}, {}, {}}});
  for (const double value : settings.bpp) targets.push_back({number(value) + " bpp", {{}, {}, {}, value}});
  return targets;
}

}  // namespace

void run_target(const TargetSettings& settings) {
  std::cout << "encode_to_target against encode at the K that it finds, effort " << settings.effort << ", "
            << settings.threads << " threads, blocks of " << settings.block_side_px << " pixels a side.\n\n";
  ResultTable table(
      {{"image", 16}, {"target", 8}, {"K", 5}, {"encode ms", 9}, {"target ms", 9}, {"ratio", 5}, {"ratio, CPU", 10}},
      settings.csv);
  EncodeOptions options;
  options.effort = settings.effort;
  options.coding = settings.coding;
  const RunOptions run{.threads = settings.threads};
  options.block_width_px = options.block_height_px = settings.block_side_px;
  for (const std::filesystem::path& path : settings.images) {
    const std::optional<BenchImage> image = read_rgb(path);
    if (!image) continue;
    for (const NamedTarget& named : targets_of(settings)) {
      EncodeOptions at_k = options;
      const std::uint32_t k = encode_to_target(image->image, named.target, options, run).report.k;
      at_k.k = k;
      const auto timed = [&](const auto& work) {
        const Elapsed elapsed = elapsed_in([&] { static_cast<void>(work()); });
        return std::vector{elapsed.wall_seconds, elapsed.cpu_seconds};
      };
      const std::vector<Contender> contenders{
          {"encode", [&] { return timed([&] { return encode(image->image, at_k, run); }); }},
          {"target",
           [&] { return timed([&] { return encode_to_target(image->image, named.target, options, run); }); }}};
      const std::vector<std::vector<Times>> times = run_interleaved(contenders, settings.repeats);
      table.add({image->name, named.name, std::to_string(k), number(times[0][0].median() * 1e3),
                 number(times[1][0].median() * 1e3), fixed(times[1][0].median() / times[0][0].median(), 2),
                 fixed(times[1][1].median() / times[0][1].median(), 2)});
    }
  }
  std::cout << '\n';
}

}  // namespace vqi::bench
