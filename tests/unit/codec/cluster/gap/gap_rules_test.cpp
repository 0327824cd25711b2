// How gaps choose K: the rules of maxSE in R's package cluster.
#include <catch2/catch.hpp>
#include <vector>

#include "vqi/cluster.hpp"

using vqi::cluster::choose_by_gap;
using vqi::cluster::GapRow;
using vqi::cluster::GapRule;

namespace {

std::vector<GapRow> rows_of(const std::vector<double>& gaps, double error) {
  std::vector<GapRow> rows;
  for (std::size_t i = 0; i < gaps.size(); ++i)
    rows.push_back({static_cast<std::uint32_t>(i + 1), 0, 0, gaps[i], error});
  return rows;
}

}  // namespace

TEST_CASE("the rules choose K as maxSE of R's package cluster does") {
  // A first maximum at 4, the global one at 7; 3 is within an error of the first, 6 within one of the global.
  const std::vector<GapRow> rows = rows_of({0.1, 0.3, 0.55, 0.6, 0.5, 0.75, 0.8, 0.7}, 0.06);
  CHECK(choose_by_gap(rows, GapRule::first_max) == 4);
  CHECK(choose_by_gap(rows, GapRule::global_max) == 7);
  CHECK(choose_by_gap(rows, GapRule::first_se_max) == 3);
  CHECK(choose_by_gap(rows, GapRule::global_se_max) == 6);
  CHECK(choose_by_gap(rows, GapRule::tibs2001_se_max) == 3);
}

TEST_CASE("gaps that only rise choose the last row, or the first within its error") {
  const std::vector<GapRow> rows = rows_of({1, 2, 3, 4}, 0.1);
  for (const GapRule rule : {GapRule::tibs2001_se_max, GapRule::first_se_max, GapRule::global_se_max,
                             GapRule::first_max, GapRule::global_max})
    CHECK(choose_by_gap(rows, rule) == 4);
  const std::vector<GapRow> wide = rows_of({1, 2, 3, 4}, 1.5);
  CHECK(choose_by_gap(wide, GapRule::tibs2001_se_max) == 1);
  CHECK(choose_by_gap(wide, GapRule::first_se_max) == 3);
  CHECK(choose_by_gap(rows_of({7}, 1), GapRule::tibs2001_se_max) == 1);
}

TEST_CASE("equal gaps end the climb to the first maximum") {
  const std::vector<GapRow> rows = rows_of({1, 2, 2, 5}, 0);
  CHECK(choose_by_gap(rows, GapRule::first_max) == 2);
  CHECK(choose_by_gap(rows, GapRule::global_max) == 4);
}
