// Documents as text for a terminal.
#include "plain_blocks.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;

namespace {

std::string text_of(const std::string& document) { return plain_blocks(parse_markdown(document)); }

}  // namespace

TEST_CASE("blocks stand apart by an empty line, items of a list do not", "[plain]") {
  CHECK(text_of("## A `b`\n\nc\n\n- d\n- e\n\n```\nf\n```\n") == "A b\n\nc\n\n- d\n- e\n\n    f\n");
}

TEST_CASE("the last column of a table is broken into lines, and the others keep their width", "[plain]") {
  std::string words;
  for (int count = 0; count < 20; ++count) words += "word ";
  const std::string text = text_of("| a | b | c | d |\n|---|---|---|---|\n| one | | x | " + words + "|\n");
  CHECK(text.starts_with("a    b  c  d\none     x  word word"));
  CHECK(text.find("\n           word") != std::string::npos);
}

TEST_CASE("sentences stand below their terms, as those of options do", "[plain]") {
  const std::string sentence = "a sentence that is longer than what a cell of a column has";
  CHECK(text_of("| f | t | m |\n|---|---|---|\n| `x` | text | " + sentence + " |\n") ==
        "  x (text)\n      " + sentence + "\n");
  CHECK(text_of("| option | values | default | meaning |\n|---|---|---|---|\n| `-k N` | 1..9 | 5 | codewords |\n") ==
        "  -k N\n      codewords\n      Values: 1..9; default: 5\n");
}
