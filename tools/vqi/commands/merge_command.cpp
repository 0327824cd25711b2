// vqi merge: one file of statistics from many.
#include <optional>

#include "commands.hpp"
#include "gather_parts.hpp"
#include "output_names.hpp"
#include "output_target.hpp"
#include "statistics_options.hpp"
#include "statistics_report.hpp"
#include "stopwatch.hpp"
#include "written_statistics.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"merge", "PART.vqs... -o ALL.vqs [OPTIONS]",
                       "Adds up files that \"vqi stats\" or \"vqi merge\" wrote, in any order. A part that is given\n"
                       "twice, or that another part holds, counts once; parts that share only some of their\n"
                       "shards are refused.",
                       "Examples:\n"
                       "  vqi merge part*.vqs -o all.vqs\n"
                       "  vqi merge -r parts -o all.vqs      all .vqs files below parts\n"
                       "  vqi train all.vqs -k 256 -o all.vqb",
                       "Adds up files of statistics, each shard once.\n"
                       "\n"
                       "Common options:\n"
                       "  -o ALL.vqs       Write the statistics to ALL.vqs\n"
                       "  -r, --recursive  Work on all .vqs files below the named folders\n"
                       "  -f, --force      Replace statistics that exist\n"
                       "\n"
                       "Examples:\n"
                       "  vqi merge part*.vqs -o all.vqs"};

}  // namespace

CommandOutline outline_merge() {
  MergeOptions options;
  return outline_of(help, [&](CommandLine& line) { add_merge_options(line, options); });
}

int run_merge(const std::vector<std::string>& arguments) {
  MergeOptions options;
  CommandLine line(help);
  add_merge_options(line, options);
  const std::optional<std::vector<std::string>> named = line.parse(arguments);
  if (!named) return exit_done;
  const std::vector<std::string> names = input_names(*named, options.input, options.common);
  check_named_output(options.output, ".vqs", "file of statistics", options.common.json);
  const std::vector<InputFile> inputs = find_inputs(names, options.input.recursive, is_part_name);
  if (*options.output != "-") check_not_an_input("-o", *options.output, inputs, options.input.kept_files());
  const OutputTarget target(*options.output, OutputRules{options.common.force});

  Stopwatch watch;
  Console console(options.common.show_progress());
  MergedParts merged;
  const int code = gather_parts(inputs, options.common, console, merged);
  if (code != exit_done) return code;  // no statistics of some of the parts
  StatisticsResult result;
  result.command = "merge";
  result.inputs = names_of(inputs);
  result.repeated = merged.repeated;
  return write_and_report(merged.statistics, target, options.common, console, watch, result);
}

}  // namespace vqi::tool
