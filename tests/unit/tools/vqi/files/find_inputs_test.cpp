// Folders as inputs: which files are picked, in which order, and what is refused.
#include "find_inputs.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace vqi::tool;
namespace fs = std::filesystem;
using Names = std::vector<std::string>;

namespace {

/// A folder of files that is removed with this object.
class Tree {
 public:
  explicit Tree(const Names& files) : root_(fs::temp_directory_path() / ("vqi-tree-" + std::to_string(::getpid()))) {
    for (const std::string& file : files) {
      fs::create_directories((root_ / file).parent_path());
      std::ofstream(root_ / file) << "data";
    }
  }
  ~Tree() { fs::remove_all(root_); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  [[nodiscard]] const fs::path& root() const { return root_; }

 private:
  fs::path root_;
};

Names tree_paths(const std::vector<InputFile>& inputs) {
  Names paths;
  for (const InputFile& input : inputs) paths.push_back(input.tree_path);
  return paths;
}

}  // namespace

TEST_CASE("images below a folder are picked by extension, sorted folder by folder") {
  const Tree tree({"b.png", "a.JPG", "c/z.webp", "c/a.txt", "d.vqi", "c.png", ".hidden.tif", "e"});
  const auto inputs = find_inputs({tree.root().string()}, true, is_image_name);
  CHECK(tree_paths(inputs) == Names{".hidden.tif", "a.JPG", "b.png", "c/z.webp", "c.png"});
  CHECK(inputs[3].name == (tree.root() / "c/z.webp").string());
  CHECK(tree_paths(find_inputs({tree.root().string()}, true, is_stream_name)) == Names{"d.vqi"});
}

TEST_CASE("pictures that decompress has written beside a stream are left out, and others of such names are not") {
  const Tree tree({"a.vqi", "a.png", "a.decoded.png", "a.thumbnail.png", "a.region.png", "b.decoded.png", "c.jpg.vqi",
                   "c.jpg.decoded.png", "x/a.decoded.png"});
  CHECK(tree_paths(find_inputs({tree.root().string()}, true, is_image_name)) ==
        Names{"a.png", "b.decoded.png", "x/a.decoded.png"});
  const std::string named = (tree.root() / "a.decoded.png").string();
  CHECK(tree_paths(find_inputs({named}, true, is_image_name)) == Names{"a.decoded.png"});
}

TEST_CASE("named files are taken with any extension, in the order of naming") {
  const Tree tree({"x/a.png"});
  const Names names{"zebra", (tree.root() / "x/").string(), "-", "dir/ape.txt"};
  CHECK(tree_paths(find_inputs(names, true, is_image_name)) == Names{"zebra", "a.png", "-", "ape.txt"});
}

TEST_CASE("links to files are followed and links to folders are not, so that no loop is entered") {
  const Tree tree({"x/a.png"});
  fs::create_directory_symlink("..", tree.root() / "x/up");
  fs::create_symlink("a.png", tree.root() / "x/b.png");
  fs::create_symlink("nowhere", tree.root() / "x/c.png");
  CHECK(tree_paths(find_inputs({tree.root().string()}, true, is_image_name)) == Names{"x/a.png", "x/b.png"});
  CHECK(tree_paths(find_inputs({(tree.root() / "x/up").string()}, true, is_image_name)) == Names{"x/a.png", "x/b.png"});
}

TEST_CASE("a folder without recursion is an input with a fault, and an empty folder is an error") {
  const Tree tree({"x/a.txt"});
  const auto inputs = find_inputs({tree.root().string()}, false, is_image_name);
  REQUIRE(inputs.size() == 1);
  REQUIRE(inputs.front().fault);
  CHECK(inputs.front().fault->error_class() == vqi::ErrorClass::argument);
  CHECK_THROWS_AS(find_inputs({tree.root().string()}, true, is_image_name), vqi::Error);
}

TEST_CASE("names of images that are read are told from those of other images, whatever the case of the extension") {
  for (const char* const name : {"a.png", "a.GIF", "x/a.Jpeg", "a.apng", "a.j2c", "a.jpf", "a.jpx", "a.jpc"}) {
    CHECK(is_image_name(name));
    CHECK(is_any_image_name(name));
  }
  for (const char* const name : {"a.heic", "a.svg"}) {
    CHECK_FALSE(is_image_name(name));
    CHECK(is_any_image_name(name));
  }
  CHECK_FALSE(is_any_image_name("a.txt"));
  CHECK(lower_extension("b.a/c.TxT") == ".txt");
  CHECK(lower_extension("png").empty());
}

TEST_CASE("a list of inputs is kept beside the other files that are only read") {
  CHECK(InputChoice{}.kept_files({"a"}) == Names{"a"});
  CHECK(InputChoice{false, "list"}.kept_files({"a"}) == Names{"a", "list"});
}
