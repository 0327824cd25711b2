// Reads the part of Markdown that our documents are written in: headings, paragraphs, lists, tables, code, and inside a
// line `code`, **bold**, *italic* and links.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vqi::tool {

enum class BlockKind { heading, paragraph, item, code, table };

/// A heading, a paragraph, an item of a list, lines of code or a table.
struct Block {
  BlockKind kind = BlockKind::paragraph;
  int level = 0;                                 ///< of a heading, 1 is the title of the document
  std::string text{};                            ///< without line breaks, but for code; of no use for a table
  std::string marker{};                          ///< of an item: "-" or "1."
  std::vector<std::vector<std::string>> rows{};  ///< of a table; the first row has the headings of its columns
};

/// A piece of text in one style.
struct Span {
  std::string text;
  bool code = false;
  bool bold = false;
  bool italic = false;
};

/// The blocks of a document in their order. Comments are left out.
[[nodiscard]] std::vector<Block> parse_markdown(std::string_view document);

/// The pieces of a text. A link becomes its text.
[[nodiscard]] std::vector<Span> spans_of(std::string_view text);

/// The text without its marks.
[[nodiscard]] std::string plain(std::string_view text);

/// The blocks below the heading `title` of that level, up to the next heading that is not below it. None if there is no
/// such heading.
[[nodiscard]] std::vector<Block> section_of(const std::vector<Block>& blocks, int level, std::string_view title);

/// The blocks before the first heading.
[[nodiscard]] std::vector<Block> before_headings(const std::vector<Block>& blocks);

}  // namespace vqi::tool
