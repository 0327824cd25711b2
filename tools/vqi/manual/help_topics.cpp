// A topic's name is the heading of its section in small letters, with dashes for spaces.
#include "help_topics.hpp"

#include <algorithm>
#include <cctype>

#include "manual_sources.hpp"
#include "markdown.hpp"
#include "plain_blocks.hpp"

namespace vqi::tool {
namespace {

constexpr const char* format_topic = "file-format";

std::string topic_of(const std::string& heading) {
  std::string name = plain(heading);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char letter) { return letter == ' ' ? '-' : static_cast<char>(std::tolower(letter)); });
  return name;
}

/// Whether the section is a topic: one below the title that is about no command, or one below a command's heading that
/// explains something other than its options and its JSON.
bool is_topic(const Block& block) {
  if (block.kind != BlockKind::heading) return false;
  if (block.level == 2) return !block.text.starts_with("vqi ");
  return block.level == 3 && !block.text.starts_with("Options ") && !block.text.starts_with("JSON ");
}

std::optional<std::string> meant_topic(const std::string& name) {
  const std::vector<std::string> names = topic_names();
  if (std::find(names.begin(), names.end(), name) != names.end()) return name;
  std::vector<std::string> fitting;
  for (const std::string& each : names)
    if (each.starts_with(name)) fitting.push_back(each);
  if (fitting.empty())
    for (const std::string& each : names)
      if (each.find("-" + name) != std::string::npos) fitting.push_back(each);
  return fitting.size() == 1 ? std::optional(fitting.front()) : std::nullopt;
}

}  // namespace

std::vector<std::string> topic_names() {
  std::vector<std::string> names;
  for (const Block& block : parse_markdown(cli_document))
    if (is_topic(block)) names.push_back(topic_of(block.text));
  names.emplace_back(format_topic);
  return names;
}

std::optional<std::string> topic_text(const std::string& name) {
  const std::optional<std::string> topic = meant_topic(name);
  if (!topic) return std::nullopt;
  if (topic == format_topic) return plain_blocks(parse_markdown(format_document));
  const std::vector<Block> document = parse_markdown(cli_document);
  const auto heading = std::find_if(document.begin(), document.end(), [&](const Block& block) {
    return is_topic(block) && topic_of(block.text) == *topic;
  });
  std::vector<Block> blocks = section_of(document, heading->level, heading->text);
  blocks.insert(blocks.begin(), *heading);
  return plain_blocks(blocks);
}

}  // namespace vqi::tool
