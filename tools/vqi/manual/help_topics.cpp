// A topic's name is the heading of its section in small letters, with dashes for spaces.
#include "help_topics.hpp"

#include <algorithm>
#include <cctype>
#include <span>
#include <utility>

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

/// The first word of a piece of code without the dashes of an option: "block" of "--block WxH".
std::string bare_word(const std::string& code) {
  const std::size_t first = std::min(code.find_first_not_of('-'), code.size());
  return code.substr(first, code.find(' ', first) - first);
}

/// Whether a cell names the word, alone or among others: an option, or a value of one.
bool names_word(const std::string& cell, const std::string& word) {
  const std::vector<Span> spans = spans_of(cell);
  return std::any_of(spans.begin(), spans.end(),
                     [&](const Span& span) { return span.code && bare_word(span.text) == word; });
}

/// What a block tells of the word: the rows of a table that name it in their first two columns, or a paragraph that
/// begins with it in bold letters.
std::optional<Block> part_about(const Block& block, const std::string& word) {
  if (block.kind == BlockKind::paragraph) {
    const std::vector<Span> spans = spans_of(block.text);
    const bool is_about = !spans.empty() && spans.front().bold && spans.front().code && spans.front().text == word;
    return is_about ? std::optional(block) : std::nullopt;
  }
  if (block.kind != BlockKind::table) return std::nullopt;
  constexpr std::size_t naming_columns = 2;
  Block part{.kind = BlockKind::table, .rows = {block.rows.front()}};
  for (const std::vector<std::string>& row : std::span(block.rows).subspan(1)) {
    const auto naming = std::span(row).first(std::min(naming_columns, row.size()));
    if (std::any_of(naming.begin(), naming.end(), [&](const std::string& cell) { return names_word(cell, word); }))
      part.rows.push_back(row);
  }
  return part.rows.size() > 1 ? std::optional(std::move(part)) : std::nullopt;
}

/// What CLI.md tells of an option or a value of one, below the headings where it does.
std::optional<std::string> text_about(const std::string& word) {
  std::vector<Block> found;
  std::string command;
  Block heading;
  for (const Block& block : parse_markdown(cli_document)) {
    if (block.kind == BlockKind::heading) {
      if (block.level <= 2) command = block.text.starts_with("vqi ") ? block.text + ": " : "";
      heading = block;
      heading.text = block.level == 3 ? command + block.text : block.text;
    } else if (std::optional<Block> part = part_about(block, word)) {
      if (!heading.text.empty()) found.push_back(std::exchange(heading, Block{}));
      found.push_back(*std::move(part));
    }
  }
  return found.empty() ? std::nullopt : std::optional(plain_blocks(found));
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
  if (!topic) return text_about(bare_word(name));
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
