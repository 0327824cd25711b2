// put_file: the old file or the new one is there, whole, with the mode asked for, and nothing beside it.
#include "atomic_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cerrno>

#include "byte_tools.hpp"
#include "file_descriptor.hpp"
#include "scratch_folder.hpp"

using namespace vqi::tool;
using vqi::test::ScratchFolder;
using vqi::testing::bytes_of;

TEST_CASE("a new file has the bytes and the mode less the umask, and nothing is left beside it") {
  const ScratchFolder folder("atomic-new");
  const mode_t before = ::umask(027);
  CHECK(put_file(folder.path("a"), bytes_of("data"), {false, 0666, {}}) == 0);
  CHECK(put_file(folder.path("empty"), {}, {false, 0600, {}}) == 0);
  ::umask(before);
  CHECK(folder.read("a") == "data");
  CHECK(folder.mode("a") == 0640);
  CHECK(folder.read("empty").empty());
  CHECK(folder.mode("empty") == 0600);
  CHECK(folder.entries() == 2);
}

TEST_CASE("an existing file stays as it is unless it is to be replaced") {
  const ScratchFolder folder("atomic-existing");
  folder.write("a", "old");
  CHECK(put_file(folder.path("a"), bytes_of("new"), {false, 0666, {}}) == EEXIST);
  CHECK(folder.read("a") == "old");
  CHECK(put_file(folder.path("a"), bytes_of("new"), {true, 0666, 0604}) == 0);
  CHECK(folder.read("a") == "new");
  CHECK(folder.mode("a") == 0604);
  CHECK(folder.entries() == 1);
}

TEST_CASE("what a killed run left is removed, but neither the file of a living writer nor a folder") {
  const ScratchFolder folder("atomic-stale");
  folder.write(".a.vqi-0.tmp", "of a killed run");
  folder.write(".a.vqi-1.tmp", "of a living writer");
  std::filesystem::create_directory(folder.path(".a.vqi-2.tmp"));
  folder.write(".b.vqi-0.tmp", "of another output");
  const FileDescriptor writer = open_file(folder.path(".a.vqi-1.tmp"), O_RDWR);
  REQUIRE(::flock(writer.get(), LOCK_EX | LOCK_NB) == 0);
  CHECK(put_file(folder.path("a"), bytes_of("data"), {true, 0666, {}}) == 0);
  CHECK(put_file(folder.path("a"), bytes_of("more"), {true, 0666, {}}) == 0);
  CHECK(folder.read("a") == "more");
  CHECK_FALSE(std::filesystem::exists(folder.path(".a.vqi-0.tmp")));
  CHECK(folder.read(".a.vqi-1.tmp") == "of a living writer");
  CHECK(std::filesystem::is_directory(folder.path(".a.vqi-2.tmp")));
  CHECK(std::filesystem::exists(folder.path(".b.vqi-0.tmp")));
}

TEST_CASE("a folder that is not there, and a folder in the file's place, are told by errno") {
  const ScratchFolder folder("atomic-errors");
  CHECK(put_file(folder.path("none/a"), bytes_of("data"), {false, 0666, {}}) == ENOENT);
  std::filesystem::create_directory(folder.path("d"));
  CHECK(put_file(folder.path("d"), bytes_of("data"), {true, 0666, {}}) == EISDIR);
  CHECK(folder.entries() == 1);
}

TEST_CASE("a name of the greatest length is written and replaced") {
  const ScratchFolder folder("atomic-long");
  const std::string name(255, 'n');
  CHECK(put_file(folder.path(name), bytes_of("one"), {false, 0666, {}}) == 0);
  CHECK(put_file(folder.path(name), bytes_of("two"), {true, 0666, {}}) == 0);
  CHECK(folder.read(name) == "two");
  CHECK(folder.entries() == 1);
}
