// Conversion of text of unknown encoding to UTF-8.
#include "valid_utf8.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;
using namespace std::string_literals;

TEST_CASE("well-formed UTF-8 stays as it is") {
  const std::string text = "a\0\x7fß€\xF0\x9F\x8E\xA8\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"s;
  CHECK(valid_utf8(text) == text);
  CHECK(valid_utf8("").empty());
}

TEST_CASE("each byte that is not part of UTF-8 becomes one replacement character") {
  const std::string r = "\xEF\xBF\xBD";
  CHECK(valid_utf8("a\xFFz") == "a" + r + "z");
  CHECK(valid_utf8("gr\xFC\xDF") == "gr" + r + r);             // Latin-1
  CHECK(valid_utf8("\xC0\xAF") == r + r);                      // overlong
  CHECK(valid_utf8("\xE0\x80\x80") == r + r + r);              // overlong
  CHECK(valid_utf8("\xED\xA0\x80") == r + r + r);              // a surrogate
  CHECK(valid_utf8("\xF4\x90\x80\x80") == r + r + r + r);      // above U+10FFFF
  CHECK(valid_utf8("\xE2\x82") == r + r);                      // cut off
  CHECK(valid_utf8("\xE2\x82z") == r + r + "z");               // interrupted
  CHECK(valid_utf8("\xEF\xBF\xBE\xEF\xBF\xBF").size() == 18);  // U+FFFE, U+FFFF
}

TEST_CASE("characters are counted and cut between them") {
  const std::string text = "aß€\xF0\x9F\x8E\xA8z";
  CHECK(character_count(text) == 5);
  CHECK(first_characters(text, 0).empty());
  CHECK(first_characters(text, 2) == "aß");
  CHECK(first_characters(text, 4) == "aß€\xF0\x9F\x8E\xA8");
  CHECK(first_characters(text, 9) == text);
}
