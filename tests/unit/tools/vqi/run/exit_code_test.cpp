// Exit codes: the one that each class of errors has.
#include "exit_code.hpp"

#include <catch2/catch.hpp>

using vqi::ErrorClass;
using vqi::tool::exit_code;

TEST_CASE("each class of errors has its exit code, and a cancelled one that of the signal") {
  CHECK(exit_code(ErrorClass::argument) == 2);
  CHECK(exit_code(ErrorClass::data) == 3);
  CHECK(exit_code(ErrorClass::limit) == 4);
  CHECK(exit_code(ErrorClass::environment) == 5);
  CHECK(exit_code(ErrorClass::target) == 6);
  CHECK(exit_code(ErrorClass::cancelled) == 130);  // as by Ctrl-C where there was no signal
}
