// Formatting of text for people.
#include "plain_text.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;

TEST_CASE("digits are grouped by threes from the right") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(18446744073709551615U) == "18,446,744,073,709,551,615");
}

TEST_CASE("fixed has the given number of decimals, for the largest double as well") {
  CHECK(fixed(2.0 / 3.0, 2) == "0.67");
  CHECK(fixed(3, 0) == "3");
  CHECK(fixed(1.7976931348623157e308, 1).size() == 311);
}

TEST_CASE("one_line leaves nothing that breaks a line or commands a terminal") {
  CHECK(one_line("a\nb\tc\x1b[2J\x7f") == "a\\nb\\tc\\x1b[2J\\x7f");
  CHECK(one_line("\xc2\x9b"
                 "2J") ==
        "\xc2\\x9b"
        "2J");
}

TEST_CASE("one_line keeps text in UTF-8 and in older encodings as it is") {
  CHECK(one_line("gr\xc3\xbc\xc3\x9f"
                 "e \xe5\x9b\xb3") ==
        "gr\xc3\xbc\xc3\x9f"
        "e \xe5\x9b\xb3");
  CHECK(one_line("gr\xfc\xdf"
                 "e") ==
        "gr\xfc\xdf"
        "e");
}

TEST_CASE("a distortion of nothing is lossless, and as seen where hidden colours differ") {
  CHECK(lossless_text(std::nullopt) == "lossless");
  CHECK(lossless_text(0) == "lossless");
  CHECK(lossless_text(0.25) == "lossless as seen");
}

TEST_CASE("alignment fills up to the width and never cuts") {
  CHECK(left_aligned("ab", 4) == "ab  ");
  CHECK(right_aligned("ab", 4) == "  ab");
  CHECK(left_aligned("abcde", 4) == "abcde");
  CHECK(right_aligned("abcde", 4) == "abcde");
}

TEST_CASE("invalid UTF-8 is recognized") {
  for (const std::string text :
       {"", "a.png", "\xC3\xBC", "\xE2\x82\xAC", "\xED\x9F\xBF", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"})
    CHECK(is_utf8(text));
  for (const std::string text : {"\xFC", "a\x80", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80",
                                 "\xF4\x90\x80\x80", "\xE2\x82", "\xF8\x88\x80\x80\x80", "\xC3\x28"})
    CHECK_FALSE(is_utf8(text));
  CHECK(hex_digits("a\xFC\x01") == "61fc01");
}

TEST_CASE("sizes have an x between them, and markup no sign of its own") {
  CHECK(dimensions_text(16, 8) == "16x8");
  CHECK(markup_text("<a & \"b\">") == "&lt;a &amp; \"b\"&gt;");
}
