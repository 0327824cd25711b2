// How a table is set: as columns, or as a list of terms where its last column has sentences.
#pragma once

#include <algorithm>
#include <cstddef>

#include "markdown.hpp"

namespace vqi::tool {

inline constexpr std::size_t most_term_columns = 3;
inline constexpr std::size_t sentence_length = 44;  // a cell of more letters is one of sentences

/// Whether the table has the options of a command.
[[nodiscard]] inline bool is_option_table(const Block& block) {
  return block.kind == BlockKind::table && !block.rows.empty() && !block.rows.front().empty() &&
         block.rows.front().front() == "option";
}

/// Whether a table has few columns and sentences in the last.
[[nodiscard]] inline bool is_list_of_terms(const Block& table) {
  if (table.rows.front().size() > most_term_columns) return false;
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [](const auto& row) { return row.back().size() > sentence_length; });
}

/// Values and default of an option's row, as a sentence; empty if it has neither.
[[nodiscard]] inline std::string values_sentence(const std::vector<std::string>& row) {
  const std::string& values = row.at(1);
  const std::string& usual = row.at(2);
  std::string text;
  if (!values.empty())
    text = "Values: " + values + (usual.empty() ? "" : "; default: " + usual);
  else if (!usual.empty())
    text = "Default: " + usual;
  return text;
}

}  // namespace vqi::tool
