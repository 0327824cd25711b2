// Signals: the first asks to stop, the second removes temporary files and ends the program.
#include "signals.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

using namespace vqi::tool;

namespace {

/// The exit code of a child process that runs `body`; -1 if it did not exit.
template <typename Body>
int exit_code_of_child(const Body& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) std::signal(number, SIG_DFL);
    body();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string temporary_path() {
  return (std::filesystem::temp_directory_path() / ("vqi-signals-test-" + std::to_string(::getpid()))).string();
}

void create(const std::string& path) { std::ofstream(path) << "data"; }

}  // namespace

TEST_CASE("the first signal is remembered and wakes waiting threads, but ends nothing") {
  CHECK(exit_code_of_child([] {
          install_signal_handlers();
          if (stop_signal() != 0) ::_exit(1);
          std::raise(SIGTERM);
          char byte = 1;
          if (stop_signal() != SIGTERM || ::read(stop_descriptor(), &byte, 1) != 1) ::_exit(2);
          ::_exit(42);
        }) == 42);
}

TEST_CASE("the second signal ends the program with its exit code and removes temporary files") {
  const std::string path = temporary_path();
  CHECK(exit_code_of_child([&] {
          install_signal_handlers();
          const TemporaryFile temporary(path);
          create(path);
          std::raise(SIGINT);
          if (!std::filesystem::exists(path)) ::_exit(1);
          std::raise(SIGINT);
        }) == 128 + SIGINT);
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a signal that was ignored from the start stays ignored") {
  CHECK(exit_code_of_child([] {
          std::signal(SIGINT, SIG_IGN);
          install_signal_handlers();
          std::raise(SIGINT);
          ::_exit(stop_signal() == 0 ? 42 : 1);
        }) == 42);
}

TEST_CASE("a temporary file is removed with its owner unless it is kept") {
  const std::string path = temporary_path();
  {
    const TemporaryFile temporary(path);
    create(path);
  }
  CHECK_FALSE(std::filesystem::exists(path));
  {
    TemporaryFile temporary(path);
    create(path);
    temporary.keep();
  }
  CHECK(std::filesystem::exists(path));
  std::filesystem::remove(path);
}
