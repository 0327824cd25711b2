// The outputs of inputs.
#include "output_names.hpp"

#include <catch2/catch.hpp>

#include "vqi/error.hpp"

using namespace vqi::tool;
using Names = std::vector<std::string>;

namespace {

Names plan(const Names& names, const OutputChoice& choice, const DefaultName& default_name, const Names& kept = {}) {
  return plan_outputs(find_inputs(names, choice.recursive, is_image_name), choice, default_name, kept);
}

}  // namespace

TEST_CASE("outputs lie beside their inputs under the extension of the command") {
  CHECK(plan({"d/a.png", "b.v2.jpg", "c"}, {}, compressed_name) == Names{"d/a.vqi", "b.v2.vqi", "c.vqi"});
  CHECK(plan({"d/a.vqi", "b.v2.vqi", "c.bin"}, {}, decompressed_name) ==
        Names{"d/a.decoded.png", "b.v2.decoded.png", "c.bin.decoded.png"});
  CHECK(compressed_name(".png") == ".png.vqi");
}

TEST_CASE("a folder for outputs keeps only file names, -o is taken as it is") {
  CHECK(plan({"d/a.png", "e/b.png"}, {{}, "out", false}, compressed_name) == Names{"out/a.vqi", "out/b.vqi"});
  CHECK(plan({"d/a.png"}, {"x", {}, false}, compressed_name) == Names{"x"});
}

TEST_CASE("standard input goes to standard output unless -o names a file") {
  CHECK(plan({"-"}, {}, compressed_name) == Names{"-"});
  CHECK(plan({"-"}, {"x", {}, false}, compressed_name) == Names{"x"});
  CHECK(plan({"a.png"}, {"/dev/stdout", {}, false}, compressed_name) == Names{"-"});
  CHECK_THROWS_AS(plan({"-"}, {{}, "out", false}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"-", "-"}, {}, compressed_name), vqi::Error);
}

TEST_CASE("two inputs with the same output are refused, however the output is spelled") {
  CHECK_THROWS_AS(plan({"a.png", "a.jpg"}, {}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"a.png", "./a.jpg"}, {}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"d/a.png", "e/a.png"}, {{}, "out", false}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"a.png", "b.png"}, {"x", {}, false}, compressed_name), vqi::Error);
}

TEST_CASE("an output that is also an input is refused") {
  CHECK_THROWS_AS(plan({"a.vqi"}, {}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"a.png"}, {"./a.png", {}, false}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"a.vqi", "a.decoded.png"}, {}, decompressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"a.vqi"}, {"b.png", {}, false}, decompressed_name, {"./b.png"}), vqi::Error);
}

TEST_CASE("a folder for outputs keeps the part of a path that lies below a named folder") {
  const std::vector<InputFile> inputs{{"photos/x/a.png", "x/a.png", {}}, {"e/b.png", "b.png", {}}};
  CHECK(plan_outputs(inputs, {{}, "out", true}, compressed_name) == Names{"out/x/a.vqi", "out/b.vqi"});
  CHECK(plan_outputs(inputs, {{}, {}, true}, compressed_name) == Names{"photos/x/a.vqi", "e/b.vqi"});
  CHECK_THROWS_AS(plan_outputs(inputs, {"x", {}, true}, compressed_name), vqi::Error);
}

TEST_CASE("an input with a fault has no output and collides with none") {
  const vqi::Error fault(vqi::ErrorCode::io_failed, "cannot be read");
  CHECK(plan_outputs({{"a", "a", fault}, {"a.png", "a.png", {}}}, {}, compressed_name) == Names{"", "a.vqi"});
}
