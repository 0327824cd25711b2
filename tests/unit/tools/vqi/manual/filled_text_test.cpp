// Lines of a width.
#include "filled_text.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;

TEST_CASE("lines are as long as the width allows, and a longer word has a line of its own", "[filled]") {
  CHECK(filled_lines("aa bb  cc", 5) == std::vector<std::string>{"aa bb", "cc"});
  CHECK(filled_lines("a verylongword b", 4) == std::vector<std::string>{"a", "verylongword", "b"});
  CHECK(filled_lines("", 4) == std::vector<std::string>{""});
}

TEST_CASE("lines after the first hang below its text", "[filled]") {
  CHECK(hanging("- ", "aa bb cc", 7) == "- aa bb\n  cc\n");
  CHECK(hanging("  ", "", 7) == "\n");
}
