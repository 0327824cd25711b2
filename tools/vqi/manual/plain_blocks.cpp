// Columns of a table are as wide as their cells; the last one has the rest of the line.
#include "plain_blocks.hpp"

#include <algorithm>

#include "filled_text.hpp"
#include "plain_text.hpp"
#include "table_shape.hpp"

namespace vqi::tool {
namespace {

constexpr std::size_t page_width = 80;
constexpr std::size_t least_last_column = 20;
const std::string indent(6, ' ');

/// A term, and below it what is said of it.
std::string entry(const std::string& term, const std::vector<std::string>& texts) {
  std::string lines = "  " + term + "\n";
  for (const std::string& text : texts)
    if (!text.empty()) lines += hanging(indent, plain(text), page_width);
  return lines;
}

std::string terms(const Block& table) {
  std::string lines;
  for (std::size_t index = 1; index < table.rows.size(); ++index) {
    const std::vector<std::string>& row = table.rows[index];
    std::string term = plain(row.front());
    for (std::size_t column = 1; column + 1 < row.size(); ++column)
      if (!row[column].empty()) term += " (" + plain(row[column]) + ")";
    lines += entry(term, {row.back()});
  }
  return lines;
}

std::string columns(const Block& table) {
  std::vector<std::size_t> widths(table.rows.front().size(), 0);
  std::size_t before_last = 0;
  for (std::size_t column = 0; column + 1 < widths.size(); ++column) {
    for (const auto& row : table.rows) widths[column] = std::max(widths[column], plain(row.at(column)).size() + 2);
    before_last += widths[column];
  }
  if (before_last + least_last_column > page_width) return terms(table);
  std::string lines;
  for (const auto& row : table.rows) {
    std::string begin;
    for (std::size_t column = 0; column + 1 < widths.size(); ++column)
      begin += left_aligned(plain(row.at(column)), widths[column]);
    std::string line = hanging(begin, plain(row.back()), page_width);
    if (row.back().empty()) line = begin.substr(0, begin.find_last_not_of(' ') + 1) + "\n";
    lines += line;
  }
  return lines;
}

std::string table_text(const Block& table) {
  if (is_option_table(table)) {
    std::string lines;
    for (std::size_t index = 1; index < table.rows.size(); ++index) {
      const std::vector<std::string>& row = table.rows[index];
      lines += entry(plain(row.front()), {row.at(3), values_sentence(row)});
    }
    return lines;
  }
  return is_list_of_terms(table) ? terms(table) : columns(table);
}

std::string code_text(std::string_view code) {
  std::string lines;
  while (!code.empty()) {
    const std::size_t end = code.find('\n');
    lines += (end == 0 ? "" : "    ") + std::string(code.substr(0, end)) + "\n";
    code.remove_prefix(std::min(end, code.size() - 1) + 1);
  }
  return lines;
}

std::string block_text(const Block& block) {
  switch (block.kind) {
    case BlockKind::heading:
      return plain(block.text) + "\n";
    case BlockKind::item:
      return hanging(block.marker + " ", plain(block.text), page_width);
    case BlockKind::code:
      return code_text(block.text);
    case BlockKind::table:
      return table_text(block);
    case BlockKind::paragraph:
      break;
  }
  return hanging("", plain(block.text), page_width);
}

}  // namespace

std::string plain_blocks(const std::vector<Block>& blocks) {
  std::string text;
  const Block* before = nullptr;
  for (const Block& block : blocks) {
    const bool is_list = before != nullptr && before->kind == BlockKind::item && block.kind == BlockKind::item;
    if (before != nullptr && !is_list) text += "\n";
    text += block_text(block);
    before = &block;
  }
  return text;
}

}  // namespace vqi::tool
