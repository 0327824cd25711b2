// GrowingFile: the file is whole whenever it is looked at, and another's is not replaced.
#include "growing_file.hpp"

#include <catch2/catch.hpp>

#include "scratch_folder.hpp"
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
