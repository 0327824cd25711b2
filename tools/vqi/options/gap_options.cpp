// Declares the options of the gap statistic, and names its rules and boxes.
#include "gap_options.hpp"

#include <string>

#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

using cluster::GapBox;
using cluster::GapRule;

// Limits of the command line alone, as time grows with the product of both.
constexpr std::uint64_t references_max = 1000;
constexpr std::uint64_t k_max_max = 256;

}  // namespace

std::string_view gap_rule_name(GapRule rule) noexcept {
  switch (rule) {
    case GapRule::tibs2001_se_max:
      return "Tibs2001SEmax";
    case GapRule::first_se_max:
      return "firstSEmax";
    case GapRule::global_se_max:
      return "globalSEmax";
    case GapRule::first_max:
      return "firstmax";
    case GapRule::global_max:
      return "globalmax";
  }
  return "unknown";
}

std::string_view gap_box_name(GapBox box) noexcept { return box == GapBox::uniform ? "uniform" : "principal"; }

void add_gap_options(CommandLine& line, GapChoice& choice) {
  const auto add = [&](const std::string& name, const std::string& value, const std::string& text, auto take) {
    const auto noted = [&choice, take](const std::string& given) {
      choice.given = true;
      take(given);
    };
    line.add_value(name, noted, value, text);
  };
  cluster::GapOptions& options = choice.options;
  add("--gap-max-k", "N", "Try K from 1 to N, 1..256. Default 32", [&options](const std::string& text) {
    options.k_max = static_cast<std::uint32_t>(parse_integer("--gap-max-k", text, 1, k_max_max));
  });
  add("--gap-references", "B", "Number of reference sets, 1..1000. Default 20", [&options](const std::string& text) {
    options.references = static_cast<std::uint32_t>(parse_integer("--gap-references", text, 1, references_max));
  });
  add("--gap-box", "NAME",
      "Where the points of reference sets lie: uniform, in\nthe ranges of the samples; or principal, in a box along\n"
      "their principal axes. Default principal",
      [&options](const std::string& text) {
        if (text != "uniform" && text != "principal")
          throw Error(ErrorCode::invalid_option, "--gap-box \"" + text + "\" is unknown, give uniform or principal");
        options.box = text == "uniform" ? GapBox::uniform : GapBox::principal;
      });
  add("--gap-rule", "NAME",
      "How the gaps choose K: Tibs2001SEmax, firstSEmax,\nglobalSEmax, firstmax or globalmax. Default\n"
      "Tibs2001SEmax, the one-standard-error rule",
      [&options](const std::string& text) {
        for (const GapRule rule : {GapRule::tibs2001_se_max, GapRule::first_se_max, GapRule::global_se_max,
                                   GapRule::first_max, GapRule::global_max})
          if (gap_rule_name(rule) == text) {
            options.rule = rule;
            return;
          }
        throw Error(ErrorCode::invalid_option, "--gap-rule \"" + text +
                                                   "\" is unknown, give Tibs2001SEmax, firstSEmax, globalSEmax, "
                                                   "firstmax or globalmax");
      });
}

}  // namespace vqi::tool
