// What the tables of CLI.md say of options.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "markdown.hpp"

namespace vqi::tool {

/// The names in the first column of an option's row: "-o", "--output" of "`-o FILE`, `--output FILE`".
[[nodiscard]] std::vector<std::string> names_in_cell(std::string_view cell);

/// The names of all options that tables of these blocks have.
[[nodiscard]] std::vector<std::string> options_in_tables(const std::vector<Block>& blocks);

/// The values of an option that can be told one by one: names ("`rgb`, `oklab`"), small numbers ("1, 2, 4", "1..9").
/// None where the column has anything else.
[[nodiscard]] std::vector<std::string> values_in_cell(std::string_view cell);

/// The values of an option as the document gives them: in the section of the command, in that of the options of every
/// command, or, as that is where options of the same name are explained, in those of compress and decompress. A row
/// that refers to another section ("as compress") counts as none.
[[nodiscard]] std::vector<std::string> documented_values(const std::vector<Block>& document, std::string_view command,
                                                         std::string_view option);

}  // namespace vqi::tool
