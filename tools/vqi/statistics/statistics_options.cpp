// Declares the options of vqi stats and vqi merge, and picks the inputs of a shard.
#include "statistics_options.hpp"

#include <limits>

#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

}  // namespace

void add_sample_option(CommandLine& line, Settings& settings) {
  line.add_setting("--sample", settings, "N",
                   "Of blocks and of 16 bits keep N vectors of each type\nof image at most. Default 1048576");
}

void add_stats_options(CommandLine& line, StatsOptions& options) {
  line.start_group("Statistics");
  line.add_setting("--block", options, "WxH",
                   "Vectors are blocks of W x H pixels, 1x1..16x16.\nDefault 1x1, single pixels");
  add_sample_option(line, options);
  line.add_value(
      "--shard", [&options](const std::string& text) { options.shard = parse_shard(text); }, "I/N",
      "Take only every N-th input, from the I-th on");
  line.start_group("Files");
  line.add_text("-o,--output", options.output, "PART", "Write the statistics to PART.vqs; - is standard output");
  add_input_options(line, options.input, "images");
  add_reading_options(line, options.common.reading);
  add_common_options(line, options.common);
}

void add_merge_options(CommandLine& line, MergeOptions& options) {
  line.start_group("Files");
  line.add_text("-o,--output", options.output, "ALL", "Write the statistics to ALL.vqs; - is standard output");
  add_input_options(line, options.input, ".vqs files");
  add_common_options(line, options.common);
}

void check_named_output(const std::optional<std::string>& output, const std::string& extension, const std::string& what,
                        bool json) {
  if (!output || output->empty()) refuse("-o is missing, give -o FILE" + extension);
  if (*output != standard_stream && lower_extension(*output) != extension)
    refuse("the output " + *output + " is no " + what + " by its extension, name it " + extension);
  if (*output == standard_stream && json)
    refuse("--json and the output cannot share standard output, use -o FILE" + extension);
}

Shard parse_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) refuse("--shard is \"" + text + "\"; give a number and a count, such as 3/8");
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  const std::uint64_t count = parse_integer("--shard", text.substr(slash + 1), 1, most);
  const std::uint64_t number = parse_integer("--shard", text.substr(0, slash), 1, count);
  return {static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(count)};
}

std::vector<InputFile> inputs_of(const Shard& shard, const std::vector<InputFile>& inputs) {
  std::vector<InputFile> own;
  for (std::size_t i = shard.number - 1; i < inputs.size(); i += shard.count) own.push_back(inputs[i]);
  if (own.empty())
    refuse("--shard " + std::to_string(shard.number) + "/" + std::to_string(shard.count) + " has none of " +
           std::to_string(inputs.size()) + (inputs.size() == 1 ? " input" : " inputs") + ", make fewer shards");
  return own;
}

}  // namespace vqi::tool
