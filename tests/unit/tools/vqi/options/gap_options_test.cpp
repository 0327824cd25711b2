// The options of the gap statistic: names that lead back to what they name, ranges, and whether one was given.
#include "gap_options.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "thrown_error.hpp"
#include "vqi/error.hpp"
#include "vqi/names.hpp"

using namespace vqi::tool;
using vqi::gap_box_name;
using vqi::gap_rule_name;
using vqi::Settings;
using vqi::cluster::GapBox;
using vqi::cluster::GapRule;

namespace {

Settings parsed(const std::vector<std::string>& arguments) {
  CommandLine line({"try", "", "", ""});
  Settings settings;
  add_gap_options(line, settings);
  static_cast<void>(line.parse(arguments));
  return settings;
}

}  // namespace

TEST_CASE("rules and boxes have names of their own, and options take them") {
  std::set<std::string> names;
  for (const GapRule rule : {GapRule::tibs2001_se_max, GapRule::first_se_max, GapRule::global_se_max,
                             GapRule::first_max, GapRule::global_max}) {
    names.emplace(gap_rule_name(rule));
    CHECK(parsed({"--gap-rule", std::string(gap_rule_name(rule))}).gap.rule == rule);
  }
  CHECK(names.size() == 5);
  for (const GapBox box : {GapBox::uniform, GapBox::principal})
    CHECK(parsed({"--gap-box", std::string(gap_box_name(box))}).gap.box == box);
}

TEST_CASE("numbers are taken within their ranges, and it is known whether an option was given") {
  CHECK(parsed({}).given.empty());
  const Settings choice = parsed({"--gap-max-k", "256", "--gap-references", "1000"});
  CHECK(choice.given == std::vector<std::string>{"--gap-max-k", "--gap-references"});
  CHECK(choice.gap.k_max == 256);
  CHECK(choice.gap.references == 1000);
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--gap-max-k", "257"},
                                                {"--gap-max-k", "0"},
                                                {"--gap-references", "1001"},
                                                {"--gap-references", "0"},
                                                {"--gap-box", "box"},
                                                {"--gap-rule", "firstsemax"},
                                                {"--gap-rule", ""}})
    CHECK(vqi::test::thrown_by([&] { static_cast<void>(parsed(wrong)); }).code == vqi::ErrorCode::invalid_option);
}
