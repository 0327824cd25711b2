// run_with_private_stderr: what it catches, and what still reaches stderr.
#include "private_stderr.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "stderr_capture.hpp"

using vqi::testing::stderr_of_process;

TEST_CASE("messages of the work are returned and do not reach the process's standard error") {
  std::string line;
  const std::string text = stderr_of_process([&] {
    line = vqi::detail::run_with_private_stderr([] {
      std::fprintf(stderr, "from \x01 C\nsecond line\n");
      std::cerr << "from C++" << std::endl;
    });
  });
  CHECK(text.empty());
  CHECK(line == "from ? C");
}

TEST_CASE("other threads keep their standard error while work runs") {
  const std::string text = stderr_of_process([] {
    static_cast<void>(vqi::detail::run_with_private_stderr([] {
      std::fprintf(stderr, "hidden\n");
      std::fprintf(stderr, "hidden\n");
    }));
    static_cast<void>(vqi::detail::run_with_private_stderr([] {
      // A thread of the work's own shares its descriptors; one of the process's would not.
      std::thread([] { std::fprintf(stderr, "hidden\n"); }).join();
    }));
    std::thread([] { std::fprintf(stderr, "shown\n"); }).join();
  });
  CHECK(text == "shown\n");
}

TEST_CASE("an exception of the work comes out, and quiet work gives no message") {
  CHECK_THROWS_AS(vqi::detail::run_with_private_stderr([] { throw std::out_of_range("x"); }), std::out_of_range);
  CHECK(vqi::detail::run_with_private_stderr([] {}).empty());
}
