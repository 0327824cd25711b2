// The options that every command has, and those that say where outputs go.
#include "common_options.hpp"

#include <algorithm>
#include <limits>

#include "file_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::uint64_t most_threads = 1024;
constexpr std::uint64_t largest_limit = std::uint64_t{1} << 62;  // above any machine, and safe to multiply by 2

}  // namespace

DecodeLimits CommonOptions::limits() const {
  DecodeLimits limits;
  limits.max_pixels = max_pixels;
  // Who raises the limit on pixels means long sides as well; there is no option of its own for them.
  if (max_pixels > DecodeLimits{}.max_pixels) limits.max_side_px = std::numeric_limits<std::uint32_t>::max();
  return limits;
}

RunOptions CommonOptions::run(const JobContext& context) const {
  return {context.threads(), max_memory_bytes, context.progress()};
}

void add_common_options(CommandLine& line, CommonOptions& options) {
  line.start_group("Every command has");
  line.add_flag("--json", options.json, "Print one JSON object a line and input instead of text");
  line.add_flag("-q,--quiet", options.quiet, "Print nothing but errors");
  line.add_flag("-v,--verbose", options.verbose, "Print more");
  line.add_flag("-f,--force", options.force, "Replace outputs that exist");
  line.add_integer("--threads", options.threads, 0, most_threads,
                   "Threads to use, 0..1024; 0, the default, means all.\nNever changes a result");
  line.add_size("--max-pixels", options.max_pixels, 1, largest_limit, "N",
                "Refuse images of more pixels; k, M, G stand for 1000,\n10^6, 10^9. Default 268435456 (2^28)");
  line.add_size("--max-memory", options.max_memory_bytes, 1, largest_limit, "BYTES",
                "Refuse images that take more memory, and work on several\nat once only within it; k, M, G as "
                "above.\nDefault 17179869184 (2^34)");
  line.add_flag("--no-progress", options.no_progress, "Show no progress, not even on a terminal");
}

void add_recursive_option(CommandLine& line, bool& recursive, const std::string& files) {
  line.add_flag("-r,--recursive", recursive, "Work on all " + files + " below the folders that are\nnamed");
}

void add_output_options(CommandLine& line, OutputChoice& choice, const std::string& files) {
  line.add_text("-o,--output", choice.file, "FILE", "Write to FILE, with one input; - is standard output");
  line.add_text(
      "--output-dir", choice.folder, "DIR",
      "Write to the folder DIR under the default names; it is\nmade if need be, and keeps the tree of --recursive");
  add_recursive_option(line, choice.recursive, files);
}

void check_common(const CommonOptions& options, const std::vector<std::string>& inputs) {
  if (inputs.empty()) throw Error(ErrorCode::invalid_option, "no input is named, give a file or - for standard input");
  if (std::find(inputs.begin(), inputs.end(), "") != inputs.end())
    throw Error(ErrorCode::invalid_option, "an input has an empty name, give a file");
  if (options.quiet && options.verbose)
    throw Error(ErrorCode::invalid_option, "-q and -v exclude each other, give one of them");
}

void check_streams(const CommonOptions& options, const std::vector<std::string>& outputs) {
  if (options.json && std::find(outputs.begin(), outputs.end(), standard_stream) != outputs.end())
    throw Error(ErrorCode::invalid_option, "--json and the output cannot share standard output, use -o FILE");
}

OutputRules output_rules(const CommonOptions& options, const OutputChoice& choice, const std::string& input) {
  return {options.force, choice.folder.has_value(), output_mode(input)};
}

Outcome report_outcome(const CommonOptions& options, const std::string& output, const std::string& text,
                       const std::string& json) {
  Outcome outcome;
  const bool output_is_stdout = output == standard_stream;
  if (options.json)
    outcome.out = json;
  else if (output_is_stdout && options.verbose)
    outcome.err = text;
  else if (!output_is_stdout && !options.quiet)
    outcome.out = text;
  return outcome;
}

}  // namespace vqi::tool
