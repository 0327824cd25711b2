// Writes blocks of a document in roff with the macros of man pages (man(7)), tables with tbl(1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "markdown.hpp"

namespace vqi::tool {

/// Text as roff prints it: letters with a meaning are escaped, `code` and **bold** are bold, *italic* is italic.
[[nodiscard]] std::string roff_text(std::string_view text);

/// The same for text without marks, in which a dash is that of an option.
[[nodiscard]] std::string roff_literal(std::string_view text);

/// Lines of text, none of which roff takes for a request.
[[nodiscard]] std::string roff_filled(std::string_view roff);

/// A term and what is said of it.
[[nodiscard]] std::string roff_entry(const std::string& term_roff, const std::string& text_roff);

/// Headings of `top_level` become sections, those below it subsections, and those below these lines in bold.
[[nodiscard]] std::string roff_blocks(const std::vector<Block>& blocks, int top_level);

/// Text in capital letters, as titles are.
[[nodiscard]] std::string upper_case(std::string text);

/// A section's heading.
[[nodiscard]] std::string roff_section(std::string_view title);

/// A subsection's heading.
[[nodiscard]] std::string roff_subsection(std::string_view title);

/// Lines of code, each as it is.
[[nodiscard]] std::string roff_code(std::string_view lines);

}  // namespace vqi::tool
