// Error: names, classes and what it carries.
#include <algorithm>
#include <catch2/catch.hpp>
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

TEST_CASE("every code has a name of its own and a class") {
  std::vector<std::string_view> names;
  for (int value = static_cast<int>(vqi::ErrorCode::invalid_image);
       value <= static_cast<int>(vqi::ErrorCode::cancelled); ++value) {
    const std::string_view name = vqi::error_code_name(static_cast<vqi::ErrorCode>(value));
    CHECK(name != "unknown");
    CHECK(std::find(names.begin(), names.end(), name) == names.end());
    names.push_back(name);
  }
  CHECK(vqi::error_class(vqi::ErrorCode::invalid_option) == vqi::ErrorClass::argument);
  CHECK(vqi::error_class(vqi::ErrorCode::limit_exceeded) == vqi::ErrorClass::limit);
  CHECK(vqi::error_class(vqi::ErrorCode::io_failed) == vqi::ErrorClass::environment);
}
