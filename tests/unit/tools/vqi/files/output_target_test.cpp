// OutputTarget: refused before the work where it cannot be written, then written whole.
#include "output_target.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "scratch_folder.hpp"
#include "thrown_error.hpp"
#include "vqi/error.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::ScratchFolder;
using vqi::test::thrown_by;
using vqi::testing::bytes_of;
namespace fs = std::filesystem;

namespace {

std::optional<ErrorCode> code_of(const std::string& name, const OutputRules& rules) {
  return thrown_by([&] { const OutputTarget target(name, rules); }).code;
}

}  // namespace

TEST_CASE("a new file is written with the mode asked for, and nothing is made before") {
  const ScratchFolder folder("output");
  const OutputTarget target(folder.path("a"), {false, false, 0600});
  CHECK(target.name() == folder.path("a"));
  CHECK_FALSE(target.is_stream());
  CHECK(folder.entries() == 0);
  target.write(bytes_of("data"));
  CHECK(folder.read("a") == "data");
  CHECK(folder.mode("a") == 0600);
}

TEST_CASE("a file that exists is refused at once, replaced if allowed, and keeps its mode then") {
  const ScratchFolder folder("output-existing");
  folder.write("a", "old");
  fs::permissions(folder.path("a"), fs::perms(0604));
  CHECK(code_of(folder.path("a"), {}) == ErrorCode::output_exists);
  OutputTarget(folder.path("a"), {true, false, 0600}).write(bytes_of("new"));
  CHECK(folder.read("a") == "new");
  CHECK(folder.mode("a") == 0604);
}

TEST_CASE("a file that appears during the work is not replaced") {
  const ScratchFolder folder("output-race");
  const OutputTarget target(folder.path("a"), {});
  folder.write("a", "of another");
  CHECK(thrown_by([&] { target.write(bytes_of("ours")); }).code == ErrorCode::output_exists);
  CHECK(folder.read("a") == "of another");
}

TEST_CASE("a file or a link that takes the place of a pipe during the work is not replaced without leave") {
  for (const bool is_link : {false, true})
    for (const bool replace : {false, true}) {
      const ScratchFolder folder("output-swap");
      REQUIRE(::mkfifo(folder.path("pipe").c_str(), 0600) == 0);
      const OutputTarget target(folder.path("pipe"), {.replace = replace});
      CHECK(target.is_stream());
      fs::remove(folder.path("pipe"));
      folder.write(is_link ? "file" : "pipe", "of another");
      if (is_link) fs::create_symlink("file", folder.path("pipe"));
      const auto error = thrown_by([&] { target.write(bytes_of("ours")); });
      INFO("link " << is_link << ", replace " << replace);
      CHECK(error.code == (replace ? std::nullopt : std::optional(ErrorCode::output_exists)));
      CHECK(folder.read("pipe") == (replace ? "ours" : "of another"));
      if (is_link) CHECK(folder.read("file") == "of another");
      CHECK(fs::is_symlink(folder.path("pipe")) == (is_link && !replace));
    }
}

TEST_CASE("a pipe that stays takes the bytes, also by a link, and a device") {
  for (const bool by_link : {false, true}) {
    const ScratchFolder folder("output-pipe");
    REQUIRE(::mkfifo(folder.path("pipe").c_str(), 0600) == 0);
    fs::create_symlink("pipe", folder.path("link"));
    const OutputTarget target(folder.path(by_link ? "link" : "pipe"), {});
    const int reader = ::open(folder.path("pipe").c_str(), O_RDONLY | O_NONBLOCK);
    REQUIRE(reader >= 0);
    target.write(bytes_of("data"));
    std::array<char, 8> read{};
    CHECK(::read(reader, read.data(), read.size()) == 4);
    CHECK(std::string(read.data()) == "data");
    ::close(reader);
  }
  CHECK_NOTHROW(OutputTarget("/dev/null", {}).write(bytes_of("data")));
}

TEST_CASE("a link is followed: its file is replaced, and the link stays") {
  const ScratchFolder folder("output-link");
  folder.write("file", "old");
  fs::create_symlink("file", folder.path("link"));
  CHECK(code_of(folder.path("link"), {}) == ErrorCode::output_exists);
  OutputTarget(folder.path("link"), {true}).write(bytes_of("new"));
  CHECK(folder.read("file") == "new");
  CHECK(fs::is_symlink(folder.path("link")));
}

TEST_CASE("a folder or a missing one is refused before the work, and folders are made only with the file") {
  const ScratchFolder folder("output-folders");
  fs::create_directory(folder.path("d"));
  CHECK(code_of(folder.path("d"), {true}) == ErrorCode::invalid_option);
  CHECK(code_of(folder.path("x/y/a"), {}) == ErrorCode::io_failed);
  folder.write("file", "data");
  CHECK(code_of(folder.path("file/a"), {false, true}) == ErrorCode::io_failed);
  const OutputTarget target(folder.path("x/y/a"), {false, true});
  CHECK_FALSE(fs::exists(folder.path("x")));
  target.write(bytes_of("data"));
  CHECK(folder.read("x/y/a") == "data");
}

TEST_CASE("folders made for a file that cannot be written go again") {
  const ScratchFolder folder("output-rollback");
  const OutputTarget target(folder.path("x/a"), {false, true});
  fs::create_directories(folder.path("x/a"));  // a folder in the file's place, by somebody else
  CHECK(thrown_by([&] { target.write(bytes_of("data")); }).code.has_value());
  fs::remove_all(folder.path("x"));
  CHECK(folder.entries() == 0);
}

TEST_CASE("standard output and devices are streams, which nothing is created for") {
  if (::isatty(STDOUT_FILENO) == 0) CHECK(OutputTarget("-", {}).is_stream());
  CHECK(OutputTarget("-", {true}).is_stream());
  const OutputTarget null("/dev/null", {});
  CHECK(null.is_stream());
  CHECK_NOTHROW(null.write(bytes_of("data")));
  if (fs::exists("/dev/full"))
    CHECK(thrown_by([&] { OutputTarget("/dev/full", {}).write(bytes_of("data")); }).code == ErrorCode::io_failed);
}
