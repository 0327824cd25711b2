// check_enumerator and check_memory: each at its edges, with what a caller must know in the message.
#include "argument_checks.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"
#include "vqi/options.hpp"

TEST_CASE("enumerators from the first to the last pass, and the values beside them are refused by name") {
  const auto check = [](int value) {
    return vqi::test::thrown_by(
        [&] { vqi::detail::check_enumerator(static_cast<vqi::Model>(value), vqi::Model::max, "model"); });
  };
  for (const int value : {0, 1, 2}) CHECK_FALSE(check(value).code);
  CHECK(check(-1).code == vqi::ErrorCode::invalid_option);
  CHECK(check(3).code == vqi::ErrorCode::invalid_option);
  CHECK(check(3).message == "model is the enumerator 3; it must be 0 to 2");
}

TEST_CASE("memory is refused by one byte too many, as a limit of memory") {
  vqi::RunOptions run;
  run.max_memory_bytes = 100;
  CHECK_NOTHROW(vqi::detail::check_memory(100, run, "encoding"));
  try {
    vqi::detail::check_memory(101, run, "encoding");
    FAIL("it passed");
  } catch (const vqi::Error& error) {
    CHECK(error.limit() == vqi::Limit::memory);
    CHECK(std::string(error.what()) == "encoding takes at least 101 bytes of memory and the limit is 100");
  }
}
