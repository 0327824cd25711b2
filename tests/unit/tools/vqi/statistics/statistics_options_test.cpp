// Shards are read as I/N, and together they have each input once.
#include "statistics_options.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"

using vqi::test::thrown_by;
using vqi::tool::InputFile;
using vqi::tool::inputs_of;
using vqi::tool::parse_shard;

TEST_CASE("a shard is a number and a count, and anything else is refused") {
  CHECK(parse_shard("3/8").number == 3);
  CHECK(parse_shard("3/8").count == 8);
  for (const char* const text : {"", "3", "/8", "3/", "0/8", "9/8", "-1/8", "1/0", "1/2/3", "1/4294967296", "a/b"})
    CHECK(thrown_by([&] { static_cast<void>(parse_shard(text)); }).code == vqi::ErrorCode::invalid_option);
}

TEST_CASE("the shards of a list have each input once, and a shard without inputs is refused") {
  std::vector<InputFile> inputs;
  for (const char* const name : {"a", "b", "c", "d", "e"}) inputs.push_back({name, name, {}});
  std::string all;
  for (std::uint32_t number = 1; number <= 3; ++number)
    for (const InputFile& input : inputs_of({number, 3}, inputs)) all += input.name;
  CHECK(all == "adbec");
  CHECK(inputs_of({1, 1}, inputs).size() == 5);
  CHECK(inputs_of({5, 5}, inputs).front().name == "e");
  CHECK(thrown_by([&] { static_cast<void>(inputs_of({6, 7}, inputs)); }).code == vqi::ErrorCode::invalid_option);
}
