// Console: whole pieces to their streams, no progress where nobody watches, and an error where nothing can be printed.
#include "console.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>
#include <vector>

#include "captured_output.hpp"
#include "thrown_error.hpp"
#include "vqi/error.hpp"

using vqi::test::captured_output;
using vqi::tool::Console;

TEST_CASE("texts go to their streams as they are, and progress is not shown off a terminal") {
  const auto captured = captured_output([] {
    Console console(true);
    console.show_progress("progress");
    console.print("one\n");
    console.print("");
    console.print(std::string("a\0b", 3));
    console.print_error("fault\n");
  });
  CHECK(captured.out == std::string("one\na\0b", 7));
  CHECK(captured.err == "fault\n");
}

TEST_CASE("pieces that threads print at once stay whole, and large ones are written to their end") {
  const auto captured = captured_output([] {
    Console console(false);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&console, t] {
        for (int i = 0; i < 20; ++i) console.print(std::string(5000, static_cast<char>('a' + t)) + "\n");
      });
  });
  CHECK(captured.out.size() == 4 * 20 * 5001);
  std::size_t broken = 0;
  for (std::size_t at = 0; at < captured.out.size(); at += 5001)
    if (captured.out.substr(at, 5001) != std::string(5000, captured.out[at]) + "\n") ++broken;
  CHECK(broken == 0);
}

TEST_CASE("standard output that takes nothing is an error of the environment") {
  if (!std::filesystem::exists("/dev/full")) return;
  vqi::test::ThrownError error;
  {
    const vqi::test::Redirected full(STDOUT_FILENO, "/dev/full");
    Console console(false);
    error = vqi::test::thrown_by([&] { console.print("data"); });
  }
  CHECK(error.code == vqi::ErrorCode::io_failed);
}
