// Declares the options that every command has.
#include "common_options.hpp"

#include <algorithm>
#include <limits>

#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::uint64_t most_threads = 1024;  // far more than any machine has cores
// In pixels and in bytes: more than any machine holds, and twice the value still fits 64 bits.
constexpr std::uint64_t largest_limit = std::uint64_t{1} << 62;

}  // namespace

DecodeLimits CommonOptions::limits() const {
  DecodeLimits limits;
  limits.max_pixels = max_pixels;
  // Sides have no option of their own: raising the limit on pixels lifts the limit on sides as well.
  if (max_pixels > DecodeLimits{}.max_pixels) limits.max_side_px = std::numeric_limits<std::uint32_t>::max();
  return limits;
}

ReadOptions CommonOptions::read_options() const {
  Damage damage = Damage::refuse_lost_pixels;
  if (reading.strict) damage = Damage::refuse_any;
  if (reading.salvage) damage = Damage::salvage;
  return {limits(), damage, reading.page};
}

RunOptions CommonOptions::run(const JobContext& context) const {
  return {context.threads(), max_memory_bytes, context.progress()};
}

void add_common_options(CommandLine& line, CommonOptions& options) {
  line.start_group("Options of all commands");
  line.add_flag("--json", options.json, "Print JSON instead of text, each object on one line");
  line.add_flag("-q,--quiet", options.quiet, "Print nothing but errors");
  line.add_flag("-v,--verbose", options.verbose, "Print more");
  line.add_flag("-f,--force", options.force, "Replace outputs that exist");
  line.add_integer("--threads", options.threads, 0, most_threads,
                   "Number of threads, 0..1024; 0, the default, means one\nfor each core. Never changes a result");
  line.add_size(
      "--max-pixels", options.max_pixels, 1, largest_limit, "N",
      "Refuse images with more pixels; k, M, G, KiB, MiB, GiB\nmay follow the number. Default 268435456 (2^28)");
  line.add_size("--max-memory", options.max_memory_bytes, 1, largest_limit, "BYTES",
                "Refuse images that need more memory, and work on\nseveral at once only as far as it lasts; units as\n"
                "above. Default 17179869184 (2^34)");
  line.add_flag("--no-progress", options.no_progress, "Show no progress, not even on a terminal");
}

void check_common(const CommonOptions& options, const std::vector<std::string>& inputs) {
  if (inputs.empty()) throw Error(ErrorCode::invalid_option, "no input is named, give a file or - for standard input");
  if (std::find(inputs.begin(), inputs.end(), "") != inputs.end())
    throw Error(ErrorCode::invalid_option, "an input has an empty name, give a file");
  if (options.quiet && options.verbose)
    throw Error(ErrorCode::invalid_option, "-q and -v exclude each other, give one of them");
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
