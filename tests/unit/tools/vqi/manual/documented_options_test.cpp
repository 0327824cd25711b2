// Options and values in the tables of a document.
#include "documented_options.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;

namespace {

const char* const head = "| option | values | default | meaning |\n|---|---|---|---|\n";

}  // namespace

TEST_CASE("names of options are those of the first column", "[manual]") {
  CHECK(names_in_cell("`-o FILE`, `--output FILE`") == std::vector<std::string>{"-o", "--output"});
  const auto blocks = parse_markdown(std::string(head) + "| `-k N` | `--no` | | |\n\n| other |\n|---|\n| `-x` |\n");
  CHECK(options_in_tables(blocks) == std::vector<std::string>{"-k"});
}

TEST_CASE("values are names and small numbers, and nothing else", "[manual]") {
  using Values = std::vector<std::string>;
  CHECK(values_in_cell("`a`, `b-c`") == Values{"a", "b-c"});
  CHECK(values_in_cell("1, 2, 14") == Values{"1", "2", "14"});
  CHECK(values_in_cell("2..4") == Values{"2", "3", "4"});
  for (const char* const other : {"0..1", "1..65536", "1x1..16x16", "a file, `-`", "`.svg` or `.png`", "above 0", ""})
    CHECK(values_in_cell(other).empty());
}

TEST_CASE("values come from the command's own section, and where it refers to compress from there", "[manual]") {
  const auto document = parse_markdown(
      std::string("# t\n\n## vqi compress\n\n") + head + "| `--m N` | `a`, `b` | | |\n" + "\n## vqi sweep\n\n" + head +
      "| `--m LIST` | as compress | | |\n\n## vqi quantize\n\n" + head + "| `--m N` | `c` | | |\n");
  CHECK(documented_values(document, "sweep", "--m") == std::vector<std::string>{"a", "b"});
  CHECK(documented_values(document, "quantize", "--m") == std::vector<std::string>{"c"});
  CHECK(documented_values(document, "compress", "--n").empty());
}
