// GrowingFile: the file is whole whenever it is looked at, and another's is not replaced.
#include "growing_file.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "scratch_folder.hpp"
#include "signals.hpp"
#include "thrown_error.hpp"
#include "vqi/error.hpp"

using vqi::test::ScratchFolder;
using vqi::tool::GrowingFile;

TEST_CASE("the first text is there at once, the last one at the end, and nothing beside them") {
  const ScratchFolder folder("growing");
  GrowingFile file(folder.path("a"), {});
  CHECK(folder.entries() == 0);
  file.update([] { return std::string("one"); });
  CHECK(folder.read("a") == "one");
  for (int i = 0; i < 50; ++i) {
    file.update([] { return std::string("more"); });
    const std::string text = folder.read("a");
    CHECK((text == "one" || text == "more"));
  }
  file.finish("all");
  CHECK(folder.read("a") == "all");
  CHECK(folder.entries() == 1);
}

TEST_CASE("the last text is written although a signal asks to stop") {
  const ScratchFolder folder("growing-stopped");
  const pid_t child = ::fork();
  if (child == 0) {
    static_cast<void>(std::signal(SIGTERM, SIG_DFL));
    vqi::tool::install_signal_handlers();
    GrowingFile file(folder.path("a"), {});
    file.update([] { return std::string("one"); });
    static_cast<void>(::raise(SIGTERM));
    if (vqi::test::thrown_by([&] { file.finish("all"); }).code) ::_exit(1);
    ::_exit(vqi::tool::stop_signal() == SIGTERM ? 0 : 2);
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(folder.read("a") == "all");
}

TEST_CASE("a file that is there is replaced only if that is allowed") {
  const ScratchFolder folder("growing-existing");
  folder.write("a", "old");
  CHECK(vqi::test::thrown_by([&] { GrowingFile(folder.path("a"), {}); }).code == vqi::ErrorCode::output_exists);
  GrowingFile file(folder.path("a"), {true});
  CHECK(folder.read("a") == "old");
  file.update([] { return std::string("new"); });
  CHECK(folder.read("a") == "new");
}

TEST_CASE("a file that appears meanwhile is not replaced") {
  const ScratchFolder folder("growing-race");
  GrowingFile file(folder.path("a"), {});
  folder.write("a", "of another");
  CHECK(vqi::test::thrown_by([&] { file.finish("ours"); }).code == vqi::ErrorCode::output_exists);
  CHECK(folder.read("a") == "of another");
}
