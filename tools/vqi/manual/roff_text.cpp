// Each kind of block has its macros. Text is broken into short lines, which man pages are expected to have.
#include "roff_text.hpp"

#include <algorithm>
#include <cctype>

#include "filled_text.hpp"
#include "table_shape.hpp"

namespace vqi::tool {
namespace {

constexpr std::size_t line_width = 78;

std::string escaped(std::string_view text, bool literal) {
  std::string roff;
  for (const char letter : text) {
    if (letter == '\\')
      roff += "\\e";
    else if (letter == '^')
      roff += "\\(ha";
    else if (letter == '~')
      roff += "\\(ti";
    else if (letter == '`')
      roff += "\\(ga";
    else if (letter == '\'')
      roff += "\\(aq";
    else if (letter == '-' && literal)
      roff += "\\-";
    else
      roff += letter;
  }
  return roff;
}

/// A line that begins with a dot would be a request.
std::string guarded(const std::string& line) { return line.starts_with('.') ? "\\&" + line : line; }

/// An option's row: its names, what it means, its values and default.
std::string option_entry(const std::vector<std::string>& row) {
  std::string text = roff_filled(roff_text(row.at(3)));
  const std::string values = values_sentence(row);
  if (!values.empty()) text += (row.at(3).empty() ? "" : ".br\n") + roff_filled(roff_text(values));
  return ".TP\n" + roff_text(row.front()) + "\n" + text;
}

std::string term_list(const Block& table) {
  std::string roff;
  for (std::size_t index = 1; index < table.rows.size(); ++index) {
    const std::vector<std::string>& row = table.rows[index];
    std::string term = "\\fB" + escaped(plain(row.front()), true) + "\\fR";
    if (row.size() > 2 && !row[1].empty()) term += "  (" + roff_text(row[1]) + ")";
    roff += roff_entry(term, roff_text(row.back()));
  }
  return roff;
}

std::string columns(const Block& table) {
  const std::size_t count = table.rows.front().size();
  std::string head;
  std::string body;
  for (std::size_t column = 0; column < count; ++column) {
    const std::string end = column + 1 == count ? "x" : " ";
    head += "lb" + end;
    body += "l" + end;
  }
  // groff 1.23 adjusts lines to both margins after each heading, which it cannot in cells of few words.
  std::string roff = ".ad l\n.TS\n" + head + "\n" + body + ".\n";
  for (const std::vector<std::string>& row : table.rows) {
    std::string cells;
    for (std::size_t column = 0; column + 1 < row.size(); ++column) cells += roff_text(row[column]) + "\t";
    roff += guarded(cells) + "T{\n" + roff_filled(roff_text(row.back())) + "T}\n";
  }
  return roff + ".TE\n";
}

std::string table_roff(const Block& table) {
  if (is_list_of_terms(table)) return term_list(table);
  if (!is_option_table(table)) return columns(table);
  std::string roff;
  for (std::size_t row = 1; row < table.rows.size(); ++row) roff += option_entry(table.rows[row]);
  return roff;
}

std::string heading_roff(const Block& heading, int top_level) {
  if (heading.level <= top_level) return roff_section(plain(heading.text));
  if (heading.level == top_level + 1) return roff_subsection(plain(heading.text));
  return ".PP\n\\fB" + escaped(plain(heading.text), false) + "\\fR\n";
}

}  // namespace

std::string roff_text(std::string_view text) {
  std::string roff;
  for (const Span& span : spans_of(text)) {
    const char* const font = span.code || span.bold ? "\\fB" : span.italic ? "\\fI" : nullptr;
    const std::string words = escaped(span.text, span.code);
    roff += font == nullptr ? words : font + words + "\\fR";
  }
  return roff;
}

std::string roff_literal(std::string_view text) { return escaped(text, true); }

std::string roff_filled(std::string_view roff) {
  std::string text;
  for (const std::string& line : filled_lines(roff, line_width))
    if (!line.empty()) text += guarded(line) + "\n";
  return text;
}

std::string roff_entry(const std::string& term_roff, const std::string& text_roff) {
  return ".TP\n" + guarded(term_roff) + "\n" + roff_filled(text_roff);
}

std::string upper_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return std::toupper(letter); });
  return text;
}

std::string roff_section(std::string_view title) {
  return ".SH " + escaped(upper_case(std::string(title)), false) + "\n";
}

std::string roff_subsection(std::string_view title) { return ".SS " + escaped(title, false) + "\n"; }

std::string roff_code(std::string_view lines) {
  std::string roff = ".RS 4\n.nf\n";
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    roff += guarded(escaped(lines.substr(0, end), true)) + "\n";
    lines.remove_prefix(std::min(end, lines.size() - 1) + 1);
  }
  return roff + ".fi\n.RE\n";
}

std::string roff_blocks(const std::vector<Block>& blocks, int top_level) {
  std::string roff;
  bool after_heading = true;
  for (const Block& block : blocks) {
    const std::string paragraph = after_heading ? "" : ".PP\n";
    switch (block.kind) {
      case BlockKind::heading:
        roff += heading_roff(block, top_level);
        break;
      case BlockKind::paragraph:
        roff += paragraph + roff_filled(roff_text(block.text));
        break;
      case BlockKind::item:
        roff += (block.marker == "-" ? ".IP \\(bu 2\n" : ".IP " + block.marker + " 4\n") +
                roff_filled(roff_text(block.text));
        break;
      case BlockKind::code:
        roff += paragraph + roff_code(block.text);
        break;
      case BlockKind::table:
        roff += (is_list_of_terms(block) || is_option_table(block) ? "" : paragraph) + table_roff(block);
        break;
    }
    after_heading = block.kind == BlockKind::heading && block.level <= top_level + 1;
  }
  return roff;
}

}  // namespace vqi::tool
