// The outputs of inputs.
#include "output_names.hpp"

#include <catch2/catch.hpp>

#include "vqi/error.hpp"

using namespace vqi::tool;
using Names = std::vector<std::string>;

namespace {

OutputPlan whole_plan(const Names& names, const OutputChoice& choice, const DefaultName& default_name,
                      const Names& kept = {}) {
  return plan_outputs(find_inputs(names, false, is_image_name), choice, default_name, kept);
}

Names plan(const Names& names, const OutputChoice& choice, const DefaultName& default_name, const Names& kept = {}) {
  const OutputPlan planned = whole_plan(names, choice, default_name, kept);
  CHECK(planned.clashes.empty());
  return planned.outputs;
}

OutputChoice to_file(const std::string& name) {
  OutputChoice choice;
  choice.file = name;
  return choice;
}

OutputChoice to_folder(const std::string& name) {
  OutputChoice choice;
  choice.folder = name;
  return choice;
}

/// For a command with --keep-extension.
OutputChoice with_keep_extension(OutputChoice choice = {}) {
  choice.name_after = compressed_name_after;
  return choice;
}

/// The messages about clashes.
Names clashes(const Names& names, const OutputChoice& choice, const DefaultName& default_name) {
  Names messages;
  for (const Failure& clash : whole_plan(names, choice, default_name).clashes) {
    CHECK(clash.code == vqi::ErrorCode::invalid_option);
    messages.push_back(clash.message);
  }
  return messages;
}

}  // namespace

TEST_CASE("outputs lie beside their inputs under the extension of the command") {
  CHECK(plan({"d/a.png", "b.v2.jpg", "c"}, {}, compressed_name) == Names{"d/a.vqi", "b.v2.vqi", "c.vqi"});
  CHECK(plan({"d/a.vqi", "b.v2.vqi", "c.bin"}, {}, decompressed_name) ==
        Names{"d/a.decoded.png", "b.v2.decoded.png", "c.bin.decoded.png"});
  CHECK(compressed_name(".png") == ".png.vqi");
}

TEST_CASE("names that keep the input's extension are given only if they are asked for") {
  OutputChoice choice = with_keep_extension();
  CHECK(plan({"d/a.png"}, choice, compressed_name) == Names{"d/a.vqi"});
  choice.keep_extension = true;
  CHECK(plan({"d/a.png", "d/a.jpg"}, choice, compressed_name) == Names{"d/a.png.vqi", "d/a.jpg.vqi"});
}

TEST_CASE("a folder for outputs keeps only file names, -o is taken as it is") {
  CHECK(plan({"d/a.png", "e/b.png"}, to_folder("out"), compressed_name) == Names{"out/a.vqi", "out/b.vqi"});
  CHECK(plan({"d/a.png"}, to_file("x"), compressed_name) == Names{"x"});
}

TEST_CASE("standard input goes to standard output unless -o names a file") {
  CHECK(plan({"-"}, {}, compressed_name) == Names{"-"});
  CHECK(plan({"-"}, to_file("x"), compressed_name) == Names{"x"});
  CHECK(plan({"a.png"}, to_file("/dev/stdout"), compressed_name) == Names{"-"});
  CHECK_THROWS_AS(plan({"-"}, to_folder("out"), compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"-", "-"}, {}, compressed_name), vqi::Error);
}

TEST_CASE("inputs with the same output clash, however it is spelled, and all are named with what helps") {
  CHECK(clashes({"a.png", "b.png", "a.jpg", "b.tif", "b.bmp"}, with_keep_extension(), compressed_name) ==
        Names{"a.png and a.jpg would both be written to a.vqi, use --keep-extension (a.png.vqi)",
              "b.png, b.tif and b.bmp would all be written to b.vqi, use --keep-extension (b.tif.vqi)"});
  CHECK(clashes({"a.png", "./a.jpg"}, {}, compressed_name).size() == 1);
  CHECK(clashes({"a.png", "a.jpg"}, {}, compressed_name) ==
        Names{"a.png and a.jpg would both be written to a.vqi, work on them one at a time with -o"});
  CHECK(clashes({"a.png", "./a.png"}, with_keep_extension(), compressed_name) ==
        Names{"a.png and ./a.png would both be written to a.vqi, name each input once"});
  CHECK(clashes({"d/a.png", "e/a.png"}, with_keep_extension(to_folder("out")), compressed_name) ==
        Names{"d/a.png and e/a.png would both be written to out/a.vqi, write them to different folders"});
  CHECK(clashes({"a.vqi", "a"}, {}, decompressed_name) ==
        Names{"a.vqi and a would both be written to a.decoded.png, work on them one at a time with -o"});
  CHECK_THROWS_AS(whole_plan({"a.png", "b.png"}, to_file("x"), compressed_name), vqi::Error);
}

TEST_CASE("extensions that are kept keep outputs apart") {
  CHECK(plan({"a.png", "a.jpg"}, {}, compressed_name_after) == Names{"a.png.vqi", "a.jpg.vqi"});
  CHECK(decompressed_name("a.png.vqi") == "a.png.decoded.png");
  CHECK(decompressed_name("A.VQI") == "A.decoded.png");
}

TEST_CASE("an output that is also an input is refused") {
  CHECK_THROWS_AS(plan({"a.vqi"}, {}, compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"a.png"}, to_file("./a.png"), compressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"a.vqi", "a.decoded.png"}, {}, decompressed_name), vqi::Error);
  CHECK_THROWS_AS(plan({"a.vqi"}, to_file("b.png"), decompressed_name, {"./b.png"}), vqi::Error);
}

TEST_CASE("a folder for outputs keeps the part of a path that lies below a named folder") {
  const std::vector<InputFile> inputs{{"photos/x/a.png", "x/a.png", {}}, {"e/b.png", "b.png", {}}};
  CHECK(plan_outputs(inputs, to_folder("out"), compressed_name).outputs == Names{"out/x/a.vqi", "out/b.vqi"});
  CHECK(plan_outputs(inputs, {}, compressed_name).outputs == Names{"photos/x/a.vqi", "e/b.vqi"});
  CHECK_THROWS_AS(plan_outputs(inputs, to_file("x"), compressed_name), vqi::Error);
}

TEST_CASE("an input with a fault has no output and collides with none") {
  const vqi::Error fault(vqi::ErrorCode::io_failed, "cannot be read");
  CHECK(plan_outputs({{"a", "a", fault}, {"a.png", "a.png", {}}}, {}, compressed_name).outputs == Names{"", "a.vqi"});
}
