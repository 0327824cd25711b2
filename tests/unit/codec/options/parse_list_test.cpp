// Lists and ranges on the command line.
#include "vqi/option_values.hpp"

#include <catch2/catch.hpp>

#include "vqi/error.hpp"

using vqi::parse_integer_list;
using vqi::split_list;

namespace {

std::vector<std::uint32_t> numbers(const char* text) { return parse_integer_list("-k", text, 1, 65536); }

std::string complaint(const char* text) {
  try {
    static_cast<void>(numbers(text));
  } catch (const vqi::Error& error) {
    CHECK(error.error_code() == vqi::ErrorCode::invalid_option);
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("lists, ranges of powers of two and ranges with a step are numbers in order") {
  CHECK(numbers("7") == std::vector<std::uint32_t>{7});
  CHECK(numbers("8,2,4") == std::vector<std::uint32_t>{8, 2, 4});
  CHECK(numbers("2..256") == std::vector<std::uint32_t>{2, 4, 8, 16, 32, 64, 128, 256});
  CHECK(numbers("1..1") == std::vector<std::uint32_t>{1});
  CHECK(numbers("10..20:2") == std::vector<std::uint32_t>{10, 12, 14, 16, 18, 20});
  CHECK(numbers("10..21:5") == std::vector<std::uint32_t>{10, 15, 20});
  CHECK(numbers("65536") == std::vector<std::uint32_t>{65536});
}

TEST_CASE("numbers and ranges mix, and a number named twice comes once") {
  CHECK(numbers("3,2..8,4,5..7:1") == std::vector<std::uint32_t>{3, 2, 4, 8, 5, 6, 7});
}

TEST_CASE("text that is no list is refused with a message") {
  CHECK(complaint("3..16").find("powers of two") != std::string::npos);
  CHECK(complaint("2..24").find("2..24:1") != std::string::npos);
  CHECK(complaint("8..2").find("backwards") != std::string::npos);
  CHECK(complaint("2,,4").find("empty entry") != std::string::npos);
  CHECK(complaint("").find("empty entry") != std::string::npos);
  CHECK(complaint("2,").find("empty entry") != std::string::npos);
  CHECK(complaint("0").find("from 1 to 65536") != std::string::npos);
  CHECK(complaint("2..131072").find("from 1 to 65536") != std::string::npos);
  CHECK(complaint("2..8:0").find("from 1 to 65536") != std::string::npos);
  CHECK(complaint("2..8:x").find("whole number") != std::string::npos);
  CHECK(complaint("2...8").find("whole number") != std::string::npos);
  CHECK(complaint("a").find("whole number") != std::string::npos);
  for (const char* const text : {"2-16", "2:16", "1,10-20:2"})
    CHECK(complaint(text).find("2..16") != std::string::npos);
}

TEST_CASE("names are split at commas") {
  CHECK(split_list("--block", "1x1,4x4") == std::vector<std::string>{"1x1", "4x4"});
  CHECK_THROWS_AS(split_list("--block", ",1x1"), vqi::Error);
}
