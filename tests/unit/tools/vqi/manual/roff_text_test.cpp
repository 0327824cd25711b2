// Documents as man pages.
#include "roff_text.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;

namespace {

std::string roff_of(const char* document) { return roff_blocks(parse_markdown(document), 2); }

}  // namespace

TEST_CASE("letters with a meaning in roff are escaped, and code and bold words have the bold font", "[roff]") {
  CHECK(roff_text("a\\b ~ 2^3") == "a\\eb \\(ti 2\\(ha3");
  CHECK(roff_text("half-way `--x` **it** *is* 'so'") == "half-way \\fB\\-\\-x\\fR \\fBit\\fR \\fIis\\fR \\(aqso\\(aq");
}

TEST_CASE("no line of text or code begins as a request does", "[roff]") {
  CHECK(roff_filled(".png") == "\\&.png\n");
  CHECK(roff_code(".x\n\n-y\n") == ".RS 4\n.nf\n\\&.x\n\n\\-y\n.fi\n.RE\n");
  CHECK(roff_filled(roff_text("'a")) == "\\(aqa\n");
}

TEST_CASE("headings become sections, and paragraphs after them need no macro", "[roff]") {
  CHECK(roff_of("## Some words\n\none\n\ntwo\n\n### below\n\nthree\n\n#### deep\n\nfour\n") ==
        ".SH SOME WORDS\none\n.PP\ntwo\n.SS below\nthree\n.PP\n\\fBdeep\\fR\n.PP\nfour\n");
  CHECK(roff_of("- a\n\n1. b\n") == ".IP \\(bu 2\na\n.IP 1. 4\nb\n");
}

TEST_CASE("an option's row is an entry with its values and its default", "[roff]") {
  const std::string head = "| option | values | default | meaning |\n|---|---|---|---|\n";
  CHECK(roff_of((head + "| `-k N` | 1..9 | 5 | codewords |\n").c_str()) ==
        ".TP\n\\fB\\-k N\\fR\ncodewords\n.br\nValues: 1..9; default: 5\n");
  CHECK(roff_of((head + "| `--json` | | | print |\n").c_str()) == ".TP\n\\fB\\-\\-json\\fR\nprint\n");
  CHECK(roff_of((head + "| `--x N` | | 1 | |\n").c_str()) == ".TP\n\\fB\\-\\-x N\\fR\nDefault: 1\n");
}

TEST_CASE("a table has columns, or is a list of terms if its last column has sentences", "[roff]") {
  CHECK(roff_of("| a | b |\n|---|---|\n| `.x` | y |\n") ==
        ".ad l\n.TS\nlb lbx\nl lx.\na\tT{\nb\nT}\n\\fB.x\\fR\tT{\ny\nT}\n.TE\n");
  const std::string sentence = "a sentence that is longer than what a cell of a column has";
  CHECK(roff_of(("| f | t | m |\n|---|---|---|\n| `x` | text | " + sentence + " |\n").c_str()) ==
        ".TP\n\\fBx\\fR  (text)\n" + sentence + "\n");
}
