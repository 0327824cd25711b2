// Lines with their places, words and numbers of palette files.
#include "palette_lines.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "thrown_error.hpp"

using namespace vqi::tool;

TEST_CASE("lines end with LF, CR LF or CR and know their places") {
  PaletteLines lines(
      "\xEF\xBB\xBF"
      "a\r\nb\n\nc\rd");
  std::vector<PaletteLine> all;
  while (const auto line = lines.next()) all.push_back(*line);
  REQUIRE(all.size() == 5);
  CHECK(all[0].text == "a");
  CHECK(all[0].offset == 3);
  CHECK(all[1].text == "b");
  CHECK(all[1].offset == 6);
  CHECK(all[2].text.empty());
  CHECK(all[3].text == "c");
  CHECK(all[4].text == "d");
  CHECK(all[4].number == 5);
  CHECK_FALSE(PaletteLines("").next());
  CHECK(PaletteLines("\n").next()->text.empty());
}

TEST_CASE("words are split at blanks, and the last has the rest") {
  CHECK(words_of("  1\t2  red  rose ", 3) == std::vector<std::string_view>{"1", "2", "red  rose"});
  CHECK(words_of("", 3).empty());
  CHECK(words_of("a", 1) == std::vector<std::string_view>{"a"});
  CHECK(trimmed(" \t") == "");
}

TEST_CASE("numbers are decimal digits, at most nine") {
  CHECK(number_of("0") == 0U);
  CHECK(number_of("999999999") == 999999999U);
  for (const char* wrong : {"", "-1", "+1", " 1", "1.0", "1e3", "0x1", "1000000000"}) CHECK_FALSE(number_of(wrong));
}

TEST_CASE("a refused line is named, and long text is cut") {
  const auto thrown = vqi::test::thrown_by([] { refuse_line({"x", 7, 99}, "wrong"); });
  CHECK(thrown.code == vqi::ErrorCode::corrupt_palette);
  CHECK(thrown.offset == 99U);
  CHECK(thrown.message == "wrong (in line 7, at byte 99)");
  CHECK(quoted_part(std::string(100, 'x')).size() == 45);
}
