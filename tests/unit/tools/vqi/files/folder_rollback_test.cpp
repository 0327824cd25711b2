// FolderRollback: what is missing is made, and goes again unless it is kept or others use it.
#include "folder_rollback.hpp"

#include <catch2/catch.hpp>
#include <cerrno>

#include "scratch_folder.hpp"

using vqi::test::ScratchFolder;
using vqi::tool::FolderRollback;
namespace fs = std::filesystem;

TEST_CASE("folders that were made are removed with their maker, older ones stay") {
  const ScratchFolder folder("folders");
  fs::create_directory(folder.path("a"));
  {
    FolderRollback made;
    CHECK(made.make(folder.path("a/b/c")) == 0);
    CHECK(fs::is_directory(folder.path("a/b/c")));
    CHECK(made.make(folder.path("a/b/c")) == 0);  // there already
  }
  CHECK(fs::exists(folder.path("a")));
  CHECK_FALSE(fs::exists(folder.path("a/b")));
}

TEST_CASE("folders that are kept, or hold what others made, stay") {
  const ScratchFolder folder("folders-kept");
  {
    FolderRollback kept;
    CHECK(kept.make(folder.path("kept/x")) == 0);
    kept.keep();
    FolderRollback used;
    CHECK(used.make(folder.path("used/x")) == 0);
    folder.write("used/file", "of another");
  }
  CHECK(fs::exists(folder.path("kept/x")));
  CHECK(fs::exists(folder.path("used/file")));
  CHECK_FALSE(fs::exists(folder.path("used/x")));
}

TEST_CASE("a file in the way is told by errno, and what was made before it goes") {
  const ScratchFolder folder("folders-file");
  folder.write("file", "data");
  {
    FolderRollback made;
    CHECK(made.make(folder.path("file/x/y")) == ENOTDIR);
  }
  CHECK(folder.entries() == 1);
}
