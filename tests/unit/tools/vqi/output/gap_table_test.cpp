// The gap statistic for people: the K that was chosen and how, and a line for each K.
#include "gap_table.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using vqi::cluster::GapOptions;
using vqi::cluster::GapResult;

namespace {

GapResult three_rows() { return {2, 1234, {{1, 10, 9.5, -0.5, 0.1}, {2, 8, 9, 1, 0.2}, {3, 7.5, 8, 0.5, 0.25}}}; }

}  // namespace

TEST_CASE("the summary tells K, the range, rule, references, box and points") {
  GapOptions options;
  options.references = 20;
  CHECK(vqi::tool::gap_summary(three_rows(), options) ==
        "K = 2 of 1 to 3 by Tibs2001SEmax, 20 reference sets in the principal box, 1,234 points");
  options.references = 1;
  CHECK(vqi::tool::gap_summary({1, 5, {}}, options) ==
        "K = 1 of 1 to 1 by Tibs2001SEmax, 1 reference set in the principal box, 5 points");
}

TEST_CASE("the table has a head and a line for each K, of equal widths, the chosen one marked") {
  const std::string text = vqi::tool::gap_rows(three_rows());
  CHECK(std::count(text.begin(), text.end(), '\n') == 4);
  const std::string head = text.substr(0, text.find('\n'));
  CHECK(head == "      K       log W    expected         gap       error");
  CHECK(text.find("      2     8.00000     9.00000     1.00000     0.20000  chosen\n") != std::string::npos);
  CHECK(text.find("      3     7.50000     8.00000     0.50000     0.25000\n") != std::string::npos);
}

TEST_CASE("where the gap falls before it rises the warning names the rule that goes on") {
  const vqi::cluster::GapResult result{1, 9, {{1, 10, 9.8, -0.2, 0.1}, {2, 8, 7.7, -0.3, 0.1}, {3, 5, 8, 3, 0.1}}};
  REQUIRE(vqi::tool::gap_warnings(result).size() == 1);
  CHECK(vqi::tool::gap_warnings(result)[0].find("larger at K = 3, which --gap-rule globalSEmax") != std::string::npos);
}

TEST_CASE("one cluster of different points is warned of, and equal points have no table") {
  vqi::cluster::GapResult result = three_rows();
  CHECK(vqi::tool::gap_warnings(result).empty());
  result = {1, 1234, {{1, 10, 9.5, 0.5, 0.1}, {2, 8, 8.4, 0.4, 0.2}, {3, 7.5, 8.2, 0.7, 0.05}}};
  REQUIRE(vqi::tool::gap_warnings(result).size() == 1);
  CHECK(vqi::tool::gap_warnings(result)[0].find("finds no clusters") != std::string::npos);
  CHECK(vqi::tool::gap_warnings({1, 1, {}}).empty());
  CHECK(vqi::tool::gap_rows({1, 1, {}}).empty());
  CHECK(vqi::tool::gap_summary({1, 1, {}}, {}).ends_with(" 1 point"));
}
