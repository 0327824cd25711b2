// LiveTable off a terminal: rows in their order and a line of marks, or nothing where no table is wanted.
#include "live_table.hpp"

#include <catch2/catch.hpp>

#include "captured_output.hpp"

using namespace vqi::tool;

TEST_CASE("where standard output is no terminal rows come in their order, and a last line tells their marks") {
  std::vector<vqi::SweepRow> rows(3);
  for (std::uint32_t i = 0; i < 3; ++i) rows[i].options.k = 2U << i;
  const SweepTable table({rows[0].options, rows[1].options, rows[2].options}, false);
  for (const bool wanted : {true, false}) {
    const auto captured = vqi::test::captured_output([&] {
      Console console(false);
      LiveTable live(console, table, 3, wanted);
      live.begin("title\n");
      for (const std::size_t number : {2U, 0U, 1U}) live.add(number, rows[number]);
      std::vector<vqi::SweepRow> marked = rows;
      marked[0].on_hull = marked[1].on_hull = marked[1].knee = true;
      live.finish(marked);
    });
    std::string expected = "title\n" + table.head();
    for (const vqi::SweepRow& row : rows) expected += table.row(row);
    expected += "   hull: 2, 4; knee: 4\n";
    CHECK(captured.out == (wanted ? expected : ""));
  }
}
