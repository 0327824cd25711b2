// One table, and the words for a name that is not in it.
#include "command_list.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "find_inputs.hpp"
#include "vqi/error.hpp"
#include "vqi/option_values.hpp"

namespace vqi::tool {
namespace {

constexpr std::array all_commands{
    NamedCommand{"compress", "encode images as .vqi files", run_compress, outline_compress},
    NamedCommand{"decompress", "decode .vqi files to images", run_decompress, outline_decompress},
    NamedCommand{"quantize", "turn images into palette PNGs", run_quantize, outline_quantize},
    NamedCommand{"sweep", "a table of size and distortion at many K", run_sweep, outline_sweep},
    NamedCommand{"info", "what a .vqi file holds, and whether it is whole", run_info, outline_info},
    NamedCommand{"compare", "how far one image is from another", run_compare, outline_compare},
    NamedCommand{"train", "one codebook for many images", run_train, outline_train},
    NamedCommand{"stats", "what train learns from, in parts", run_stats, outline_stats},
    NamedCommand{"merge", "one file of statistics from its parts", run_merge, outline_merge},
    NamedCommand{"palette", "the colours of a file, in another form", run_palette, outline_palette},
};

}  // namespace

std::span<const NamedCommand> commands() noexcept { return all_commands; }

const NamedCommand* find_command(const std::string& name) noexcept {
  const auto found = std::find_if(all_commands.begin(), all_commands.end(),
                                  [&](const NamedCommand& command) { return name == command.name; });
  return found == all_commands.end() ? nullptr : &*found;
}

std::vector<CommandOutline> command_outlines() {
  std::vector<CommandOutline> outlines;
  for (const NamedCommand& command : all_commands) {
    outlines.push_back(command.outline());
    outlines.back().summary = command.summary;
  }
  return outlines;
}

void refuse_command(const std::string& name, std::vector<std::string> others) {
  const bool may_be_topic = others.size() > 1;
  std::vector<std::string> known = std::move(others);
  for (const NamedCommand& command : all_commands) known.emplace_back(command.name);
  std::string what(may_be_topic ? " is no command and no topic" : " is not a command");
  if (name.starts_with('-')) {
    what = " stands where a command should, give the command first";
  } else if (const std::optional<std::string> meant = similar_name(name, known)) {
    throw Error(ErrorCode::invalid_option, "\"" + name + "\"" + what + ", did you mean \"" + *meant + "\"?");
  } else if (is_image_name(name)) {
    what += ", give the command first, as in \"vqi compress " + name + "\"";
  } else if (is_stream_name(name)) {
    what += ", give the command first, as in \"vqi decompress " + name + "\"";
  }
  throw Error(ErrorCode::invalid_option, "\"" + name + "\"" + what + ", see \"vqi --help\"");
}

}  // namespace vqi::tool
