// CommandLine: values reach their targets, inputs stay what they are, and what cannot be is refused.
#include "command_line.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"
#include "vqi/error.hpp"

using vqi::ErrorCode;
using vqi::test::thrown_by;
using vqi::tool::CommandLine;
using Words = std::vector<std::string>;

namespace {

/// A command of a few options, and what they were set to.
struct Command {
  CommandLine line{{"try", "[OPTIONS] FILE...", "Tries options.", "Examples"}};
  bool flag = false;
  std::optional<std::string> text;
  std::uint32_t number = 7;
  std::uint64_t size = 5;

  Command() {
    line.add_flag("-f,--flag", flag, "a flag");
    line.add_text("-o,--output", text, "FILE", "a text");
    line.add_integer("-k", number, 1, 100, "a number");
    line.add_size("--size", size, 1, 1'000'000, "BYTES", "a size");
  }
  Words parse(const Words& arguments) {
    const auto inputs = line.parse(arguments);
    REQUIRE(inputs);
    return *inputs;
  }
  std::optional<ErrorCode> refusal(const Words& arguments) {
    return thrown_by([&] { static_cast<void>(line.parse(arguments)); }).code;
  }
};

}  // namespace

TEST_CASE("options set their targets in every spelling, and targets of options not given stay as they are") {
  Command none;
  CHECK(none.parse({"a.png"}) == Words{"a.png"});
  CHECK_FALSE(none.flag);
  CHECK(none.number == 7);
  Command all;
  CHECK(all.parse({"-f", "-k", "12", "a.png", "--output=x", "--size", "2000", "b.png"}) == Words{"a.png", "b.png"});
  CHECK(all.flag);
  CHECK(all.number == 12);
  CHECK(all.text == "x");
  CHECK(all.size == 2000);
  CHECK(all.line.was_given("-k"));
  CHECK_FALSE(none.line.was_given("-k"));
  Command joined;
  CHECK(joined.parse({"-k12", "-ox"}).empty());
  CHECK(joined.number == 12);
  CHECK(joined.text == "x");
}

TEST_CASE("what follows -- is an input, whatever characters it is made of, and so are - and words of brackets") {
  Command command;
  CHECK(command.parse({"-", "[x]", "{}", "%s", "--", "-f", "--flag", "--"}) ==
        Words{"-", "[x]", "{}", "%s", "-f", "--flag", "--"});
  CHECK_FALSE(command.flag);
}

TEST_CASE("unknown options, missing values and values out of range are refused as options") {
  for (const Words& arguments : {Words{"--none"},
                                 {"-x"},
                                 {"-k"},
                                 {"-k", "0"},
                                 {"-k", "101"},
                                 {"-k", "1x"},
                                 {"-k", ""},
                                 {"--size", "-1"},
                                 {"--flag=2"},
                                 {"--output"}}) {
    Command command;
    INFO(arguments[0]);
    CHECK(command.refusal(arguments) == ErrorCode::invalid_option);
  }
}

TEST_CASE("a value that is refused is told with the option's name") {
  Command command;
  const auto error = thrown_by([&] { static_cast<void>(command.line.parse({"-k", "101"})); });
  CHECK(vqi::test::holds(error.message, "-k"));
  CHECK(vqi::test::holds(error.message, "101"));
  CHECK(vqi::tool::spoken_name("-k") == "-k");
  CHECK(vqi::tool::spoken_name("-o,--output") == "--output");
}

TEST_CASE("an option of its own kind gets the text of its value") {
  Command command;
  std::string taken;
  command.line.add_value(
      "--pair", [&](const std::string& text) { taken = text; }, "A:B", "a pair");
  CHECK(command.parse({"--pair", "1:2"}).empty());
  CHECK(taken == "1:2");
}

TEST_CASE("the outline of a command has its options under their headings, and the words of its help") {
  Command command;
  command.line.start_group("Others");
  command.line.add_flag("--more", command.flag, "more\nwords");
  const auto outline = command.line.outline();
  CHECK(outline.name == "try");
  CHECK(outline.usage == "[OPTIONS] FILE...");
  REQUIRE(outline.groups.size() == 2);
  const auto& options = outline.groups.front().options;
  REQUIRE(options.size() == 4);
  CHECK(options[0].value.empty());
  CHECK(options[1].names == Words{"-o", "--output"});
  CHECK(options[1].value == "FILE");
  CHECK(options[2].name() == "-k");
  const auto& others = outline.groups.back();
  CHECK(others.heading == "Others");
  REQUIRE(others.options.size() == 4);
  CHECK(others.options[0].help == "more words");
  CHECK(others.options[2].name() == "--help");
  CHECK(others.options[3].names == Words{"-V", "--version"});
}
