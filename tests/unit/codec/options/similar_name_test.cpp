// similar_name: typing errors find their name, other words find none.
#include "vqi/option_values.hpp"

#include <catch2/catch.hpp>
#include <vector>

using vqi::similar_name;

namespace {

const std::vector<std::string> commands{"compress", "decompress", "sweep", "info", "compare", "help"};

}  // namespace

TEST_CASE("a letter too many, too few, wrong or exchanged finds the name that was meant") {
  for (const char* const typed : {"compres", "commpress", "conpress", "comrpess", "compess"})
    CHECK(similar_name(typed, commands) == "compress");
  CHECK(similar_name("decompres", commands) == "decompress");
  CHECK(similar_name("swep", commands) == "sweep");
  CHECK(similar_name("inof", commands) == "info");
  CHECK(similar_name("comapre", commands) == "compare");
}

TEST_CASE("the beginning of one name finds it, the beginning of several finds none of them by that") {
  CHECK(similar_name("decom", commands) == "decompress");
  CHECK_FALSE(similar_name("comp", commands));
}

TEST_CASE("words that are like no name find none") {
  for (const char* const typed : {"", "x", "photo.png", "encode", "quantum"})
    CHECK_FALSE(similar_name(typed, commands));
  CHECK_FALSE(similar_name(std::string(1'000'000, 'c'), commands));
  CHECK_FALSE(similar_name("compress", {}));
}
