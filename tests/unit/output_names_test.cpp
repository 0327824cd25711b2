// Which output belongs to which input.
#include "output_names.hpp"

#include <catch2/catch.hpp>

#include "vqi/error.hpp"

using namespace vqi::tool;
using Names = std::vector<std::string>;

TEST_CASE("outputs lie beside their inputs under the extension of the command") {
  CHECK(plan_outputs({"d/a.png", "b.v2.jpg", "c"}, {}, compressed_name) == Names{"d/a.vqi", "b.v2.vqi", "c.vqi"});
  CHECK(plan_outputs({"d/a.vqi", "b.v2.vqi", "c.bin"}, {}, decompressed_name) ==
        Names{"d/a.decoded.png", "b.v2.decoded.png", "c.bin.decoded.png"});
  CHECK(compressed_name(".png") == ".png.vqi");
}

TEST_CASE("a folder for outputs takes their names only, a file all of it") {
  CHECK(plan_outputs({"d/a.png", "e/b.png"}, {{}, "out"}, compressed_name) == Names{"out/a.vqi", "out/b.vqi"});
  CHECK(plan_outputs({"d/a.png"}, {"x", {}}, compressed_name) == Names{"x"});
}

TEST_CASE("standard input goes to standard output unless -o names a file") {
  CHECK(plan_outputs({"-"}, {}, compressed_name) == Names{"-"});
  CHECK(plan_outputs({"-"}, {"x", {}}, compressed_name) == Names{"x"});
  CHECK(plan_outputs({"a.png"}, {"/dev/stdout", {}}, compressed_name) == Names{"-"});
  CHECK_THROWS_AS(plan_outputs({"-"}, {{}, "out"}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan_outputs({"-", "-"}, {}, compressed_name), vqi::Error);
}

TEST_CASE("two inputs of one output are refused however the output is spelled") {
  CHECK_THROWS_AS(plan_outputs({"a.png", "a.jpg"}, {}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan_outputs({"a.png", "./a.jpg"}, {}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan_outputs({"d/a.png", "e/a.png"}, {{}, "out"}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan_outputs({"a.png", "b.png"}, {"x", {}}, compressed_name), vqi::Error);
}

TEST_CASE("an output that is also an input is refused") {
  CHECK_THROWS_AS(plan_outputs({"a.vqi"}, {}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan_outputs({"a.png"}, {"./a.png", {}}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan_outputs({"a.vqi", "a.decoded.png"}, {}, decompressed_name), vqi::Error);
}
