// LiveTable off a terminal: the whole table at the end, marked, or nothing where none is wanted.
#include "live_table.hpp"

#include <catch2/catch.hpp>

#include "captured_output.hpp"

using namespace vqi::tool;

TEST_CASE("where standard output is no terminal rows wait for the end, in their order and with their marks") {
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
      marked[1].on_hull = true;
      live.finish("title\n", marked);
    });
    std::string expected = "title\n" + table.head();
    for (std::size_t i = 0; i < 3; ++i) {
      vqi::SweepRow row = rows[i];
      row.on_hull = i == 1;
      expected += table.row(row);
    }
    CHECK(captured.out == (wanted ? expected : ""));
  }
}
