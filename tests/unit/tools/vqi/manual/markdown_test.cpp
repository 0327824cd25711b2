// Blocks and spans of documents.
#include "markdown.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;

TEST_CASE("a document is read as its blocks, in their order", "[markdown]") {
  const auto blocks = parse_markdown(
      "# Title\n\nTwo\nlines.\n\n- an item\n  goes on\n- another\n1. counted\n\n<!-- a comment -->\n```sh\n| "
      "code\n\nmore\n"
      "```\n    indented\n\n| a | b |\n|---|---|\n| `x | y` | |\n\nend\n");
  const std::vector<BlockKind> kinds{BlockKind::heading, BlockKind::paragraph, BlockKind::item,
                                     BlockKind::item,    BlockKind::item,      BlockKind::code,
                                     BlockKind::code,    BlockKind::table,     BlockKind::paragraph};
  REQUIRE(blocks.size() == kinds.size());
  for (std::size_t index = 0; index < kinds.size(); ++index) CHECK(blocks[index].kind == kinds[index]);
  CHECK(blocks[0].level == 1);
  CHECK(blocks[0].text == "Title");
  CHECK(blocks[1].text == "Two lines.");
  CHECK(blocks[2].text == "an item goes on");
  CHECK(blocks[4].marker == "1.");
  CHECK(blocks[5].text == "| code\n\nmore\n");
  CHECK(blocks[6].text == "indented\n");
  CHECK(blocks[7].rows == std::vector<std::vector<std::string>>{{"a", "b"}, {"`x | y`", ""}});
}

TEST_CASE("marks inside a line become styles, and a star between spaces stays", "[markdown]") {
  const auto spans = spans_of("W * H of **`bold` words**, *these*, `a*b*` and [`c` d](#e)");
  CHECK(plain("W * H of **`bold` words**, *these*, `a*b*` and [`c` d](#e)") ==
        "W * H of bold words, these, a*b* and c d");
  REQUIRE(spans.size() == 10);
  CHECK((spans[1].text == "bold" && spans[1].bold && spans[1].code));
  CHECK((spans[2].text == " words" && spans[2].bold && !spans[2].code));
  CHECK((spans[4].text == "these" && spans[4].italic));
  CHECK((spans[6].text == "a*b*" && spans[6].code));
  CHECK(plain("block[2] (x)") == "block[2] (x)");
}

TEST_CASE("a section ends where the next of its level or above begins", "[markdown]") {
  const auto blocks = parse_markdown("# t\n\n## a\n\none\n\n### b\n\ntwo\n\n## c\n\nthree\n");
  const auto section = section_of(blocks, 2, "a");
  REQUIRE(section.size() == 3);
  CHECK(section[2].text == "two");
  CHECK(before_headings(section).size() == 1);
  CHECK(section_of(blocks, 2, "c").size() == 1);
  CHECK(section_of(blocks, 3, "a").empty());
}
