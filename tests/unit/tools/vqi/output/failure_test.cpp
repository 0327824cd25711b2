// Exceptions as failures: codes and lines, for unknown exceptions too.
#include "failure.hpp"

#include <catch2/catch.hpp>
#include <new>
#include <stdexcept>
#include <string>

#include "exit_code.hpp"

using namespace vqi::tool;

namespace {

template <typename Exception>
Failure failure_of(const Exception& exception) {
  return to_failure(std::make_exception_ptr(exception), "a.png");
}

}  // namespace

TEST_CASE("an error of the library keeps its code, message and offset") {
  const Failure failure = failure_of(vqi::Error(vqi::ErrorCode::truncated, "ends early", 17));
  CHECK(failure.code == vqi::ErrorCode::truncated);
  CHECK(failure.offset == 17U);
  CHECK(failure_line(failure) == "vqi: a.png: ends early\n");
}

TEST_CASE("running out of memory is an exceeded limit") {
  for (const Failure& failure : {failure_of(std::bad_alloc()), failure_of(std::length_error("vector"))}) {
    CHECK(exit_code(vqi::error_class(failure.code)) == exit_limit);
    CHECK(failure.message.find("out of memory") == 0);
  }
}

TEST_CASE("an unknown exception is a failure of the environment, on one line") {
  const Failure failure = failure_of(std::runtime_error("first\nsecond"));
  CHECK(exit_code(vqi::error_class(failure.code)) == exit_environment);
  CHECK(failure_line(failure) == "vqi: a.png: the system failed (first\\nsecond)\n");
}

TEST_CASE("a wrong command line names no input") {
  const vqi::Error error(vqi::ErrorCode::invalid_option, "-k is wrong");
  CHECK(failure_line(to_failure(std::make_exception_ptr(error), std::nullopt)) == "vqi: -k is wrong\n");
}

TEST_CASE("every class of errors has its own exit code") {
  using vqi::ErrorClass;
  CHECK(exit_code(ErrorClass::argument) == 2);
  CHECK(exit_code(ErrorClass::data) == 3);
  CHECK(exit_code(ErrorClass::limit) == 4);
  CHECK(exit_code(ErrorClass::environment) == 5);
  CHECK(exit_code(ErrorClass::target) == 6);
  CHECK(exit_code(ErrorClass::cancelled) == 130);  // without a signal, as for Ctrl-C
}
