// Searches rows of tables whose first column is headed "option".
#include "documented_options.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "table_shape.hpp"

namespace vqi::tool {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// "1..9" in full, where both ends have one digit; else none. A range from 0 on is one of fractions.
std::vector<std::string> range_values(std::string_view cell) {
  std::vector<std::string> values;
  constexpr std::size_t length = 4;  // digit, two dots, digit
  if (cell.size() != length || cell.substr(1, 2) != ".." || cell.front() < '1' || !is_number(cell.substr(0, 1)) ||
      !is_number(cell.substr(3)))
    return values;
  for (char digit = cell.front(); digit <= cell.back(); ++digit) values.emplace_back(1, digit);
  return values;
}

/// None if there is no row, or if it refers to another section ("as compress").
std::optional<std::vector<std::string>> values_in_rows(const std::vector<Block>& blocks, std::string_view option) {
  for (const Block& block : blocks) {
    if (!is_option_table(block)) continue;
    for (const std::vector<std::string>& row : block.rows) {
      const std::vector<std::string> names = names_in_cell(row.front());
      if (std::find(names.begin(), names.end(), option) == names.end()) continue;
      if (row.at(1).starts_with("as ")) return std::nullopt;
      return values_in_cell(row.at(1));
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> names_in_cell(std::string_view cell) {
  std::vector<std::string> names;
  for (const Span& span : spans_of(cell))
    if (span.code && span.text.starts_with('-')) names.push_back(span.text.substr(0, span.text.find(' ')));
  return names;
}

std::vector<std::string> options_in_tables(const std::vector<Block>& blocks) {
  std::vector<std::string> all;
  for (const Block& block : blocks) {
    if (!is_option_table(block)) continue;
    for (const std::vector<std::string>& row : block.rows)
      for (std::string& name : names_in_cell(row.front())) all.push_back(std::move(name));
  }
  return all;
}

std::vector<std::string> values_in_cell(std::string_view cell) {
  std::vector<std::string> values = range_values(cell);
  for (const Span& span : spans_of(values.empty() ? cell : "")) {
    if (span.code) {
      values.push_back(span.text);
      continue;
    }
    // Between names stand commas; numbers stand between commas without marks.
    std::string_view rest = span.text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(", "), rest.size());
      const std::string_view piece = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 2, rest.size()));
      if (is_number(piece))
        values.emplace_back(piece);
      else if (!piece.empty())
        return {};
    }
  }
  return values;
}

std::vector<std::string> documented_values(const std::vector<Block>& document, std::string_view command,
                                           std::string_view option) {
  for (const std::string& title : {"vqi " + std::string(command), std::string("Options of every command"),
                                   std::string("vqi compress"), std::string("vqi decompress")}) {
    if (const auto values = values_in_rows(section_of(document, 2, title), option)) return *values;
  }
  return {};
}

}  // namespace vqi::tool
