// vqi stats: the statistics of images, from which a codebook is learned later.
#include <optional>

#include "commands.hpp"
#include "gather_images.hpp"
#include "output_names.hpp"
#include "output_target.hpp"
#include "statistics_options.hpp"
#include "statistics_report.hpp"
#include "stopwatch.hpp"
#include "written_statistics.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"stats", "INPUT... -o PART.vqs [OPTIONS]",
                       "Gathers what \"vqi train\" learns from, so that images may lie on many machines. Colours\n"
                       "of 8 bits are all counted; of blocks and 16 bits a sample is kept. However images are\n"
                       "split into parts, the codebook learned from all parts is the same.",
                       "Examples:\n"
                       "  vqi stats -r tiles -o tiles.vqs                   all images below tiles\n"
                       "  vqi stats -r tiles --shard 3/8 -o part3.vqs       every eighth, from the third on\n"
                       "  vqi merge part*.vqs -o tiles.vqs\n"
                       "  vqi train tiles.vqs -k 256 -o tiles.vqb",
                       "Gathers what \"vqi train\" learns from, in parts that can be merged.\n"
                       "\n"
                       "Common options:\n"
                       "  -o PART.vqs      Write the statistics to PART.vqs\n"
                       "  --block WxH      Blocks of pixels instead of single ones, such as 4x4\n"
                       "  --shard I/N      Take only every N-th input, from the I-th on\n"
                       "  -r, --recursive  Work on all images below the named folders\n"
                       "  -f, --force      Replace statistics that exist\n"
                       "\n"
                       "Examples:\n"
                       "  vqi stats -r tiles --shard 3/8 -o part3.vqs\n"
                       "  vqi merge part*.vqs -o tiles.vqs"};

}  // namespace

CommandOutline outline_stats() {
  StatsOptions options{{.command = Command::train}};
  return outline_of(help, [&](CommandLine& line) { add_stats_options(line, options); });
}

int run_stats(const std::vector<std::string>& arguments) {
  StatsOptions options{{.command = Command::train}};
  CommandLine line(help);
  add_stats_options(line, options);
  const std::optional<std::vector<std::string>> named = line.parse(arguments);
  if (!named) return exit_done;
  const std::vector<std::string> names = input_names(*named, options.input, options.common);
  check_named_output(options.output, ".vqs", "file of statistics", options.common.json);
  const std::vector<InputFile> all = find_inputs(names, options.input.recursive, is_image_name);
  check_one_standard_input(names_of(all));
  if (*options.output != "-") check_not_an_input("-o", *options.output, all, options.input.kept_files());
  const std::vector<InputFile> inputs = inputs_of(options.shard, all);
  const OutputTarget target(*options.output, OutputRules{options.common.force});

  Stopwatch watch;
  Console console(options.common.show_progress());
  Statistics statistics(options.encode.block_width_px, options.encode.block_height_px, options.sample_size,
                        options.shard);
  const int code = gather_images(inputs, options.common, console, statistics);
  if (code != exit_done) return code;  // no statistics of some of the images
  StatisticsResult result;
  result.command = "stats";
  result.inputs = names_of(inputs);
  return write_and_report(statistics, target, options.common, console, watch, result);
}

}  // namespace vqi::tool
