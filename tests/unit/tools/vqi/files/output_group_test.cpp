// Outputs written together: all of them, or everything as it was.
#include "output_group.hpp"

#include <sys/stat.h>

#include <array>
#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "scratch_folder.hpp"
#include "thrown_error.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::ScratchFolder;
using vqi::test::thrown_by;
using vqi::testing::bytes_of;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t any_size = 1000;

void write_both(const OutputTarget& first, const OutputTarget& second) {
  const std::vector<std::byte> one = bytes_of("one");
  const std::vector<std::byte> two = bytes_of("two");
  write_together(std::array{OutputPart{&first, one}, OutputPart{&second, two}}, any_size);
}

}  // namespace

TEST_CASE("both files are written, with their folder") {
  const ScratchFolder folder("group");
  const OutputTarget first(folder.path("new/a"), {false, true});
  const OutputTarget second(folder.path("new/b"), {false, true});
  write_both(first, second);
  CHECK(folder.read("new/a") == "one");
  CHECK(folder.read("new/b") == "two");
}

TEST_CASE("a new file is removed again, and so is its folder, where the second cannot be written") {
  const ScratchFolder folder("group-undo");
  const OutputTarget first(folder.path("new/a"), {false, true});
  const OutputTarget second(folder.path("b"), {});
  folder.write("b", "of another");
  CHECK(thrown_by([&] { write_both(first, second); }).code == ErrorCode::output_exists);
  CHECK(folder.entries() == 1);
  CHECK(folder.read("b") == "of another");
}

TEST_CASE("a file that was replaced gets its bytes, mode and time back") {
  const ScratchFolder folder("group-restore");
  folder.write("a", "old");
  fs::permissions(folder.path("a"), fs::perms(0604));
  const auto time = fs::last_write_time(folder.path("a")) - std::chrono::hours(5);
  fs::last_write_time(folder.path("a"), time);
  const OutputTarget first(folder.path("a"), {true});
  const OutputTarget second(folder.path("b"), {});
  folder.write("b", "of another");
  CHECK(thrown_by([&] { write_both(first, second); }).code == ErrorCode::output_exists);
  CHECK(folder.read("a") == "old");
  CHECK(folder.mode("a") == 0604);
  CHECK(fs::last_write_time(folder.path("a")) == time);
  CHECK(folder.entries() == 2);
}

TEST_CASE("a file to replace that is larger than memory allows is refused before anything is written") {
  const ScratchFolder folder("group-large");
  folder.write("b", std::string(any_size + 1, 'x'));
  const OutputTarget first(folder.path("a"), {});
  const OutputTarget second(folder.path("b"), {true});
  CHECK(thrown_by([&] { write_both(first, second); }).code == ErrorCode::limit_exceeded);
  CHECK(folder.entries() == 1);
}
