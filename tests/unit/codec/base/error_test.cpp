// Error: names, classes and what it carries.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "vqi/error.hpp"

TEST_CASE("an error carries its code, class, message and offset") {
  const vqi::Error error(vqi::ErrorCode::truncated, "the stream ends", 17);
  CHECK(error.error_code() == vqi::ErrorCode::truncated);
  CHECK(error.error_class() == vqi::ErrorClass::data);
  CHECK(std::string(error.what()) == "the stream ends");
  CHECK(error.offset() == 17U);
  CHECK(error.code() == vqi::ErrorCode::truncated);
  CHECK(std::string(error.code().category().name()) == "vqi");
}

TEST_CASE("an error of a limit tells which limit, and other errors tell none") {
  const vqi::Error error(vqi::Limit::side, "too long");
  CHECK(error.error_code() == vqi::ErrorCode::limit_exceeded);
  CHECK(error.limit() == vqi::Limit::side);
  CHECK_FALSE(vqi::Error(vqi::ErrorCode::limit_exceeded, "elsewhere").limit().has_value());
}

TEST_CASE("an error can be copied without throwing, and moved from") {
  STATIC_REQUIRE(std::is_nothrow_copy_constructible_v<vqi::Error>);
  STATIC_REQUIRE(std::is_nothrow_copy_assignable_v<vqi::Error>);
  vqi::Error error(vqi::ErrorCode::truncated, std::string(1000, 'x'));
  const vqi::Error copy = error;
  CHECK(copy.what() == error.what());  // one text, shared
  const vqi::Error taken = std::move(error);
  CHECK(std::string(taken.what()) == copy.what());
  CHECK(std::string(error.what()).empty());  // NOLINT(bugprone-use-after-move): what is promised
}

TEST_CASE("every code has a name of its own and a class") {
  std::vector<std::string_view> names;
  for (int value = static_cast<int>(vqi::ErrorCode::invalid_image);
       value <= static_cast<int>(vqi::ErrorCode::codebook_needed); ++value) {
    const std::string_view name = vqi::error_code_name(static_cast<vqi::ErrorCode>(value));
    CHECK(name != "unknown");
    CHECK(std::find(names.begin(), names.end(), name) == names.end());
    names.push_back(name);
  }
  CHECK(vqi::error_class(vqi::ErrorCode::invalid_option) == vqi::ErrorClass::argument);
  CHECK(vqi::error_class(vqi::ErrorCode::limit_exceeded) == vqi::ErrorClass::limit);
  CHECK(vqi::error_class(vqi::ErrorCode::io_failed) == vqi::ErrorClass::environment);
  CHECK(vqi::error_class(vqi::ErrorCode::verification_failed) == vqi::ErrorClass::environment);
}
