// The plan for storing: where single vectors are exchanged on sets too large for a search.
#include "effort.hpp"

#include <catch2/catch.hpp>

using vqi::detail::storing_plan_for;
using vqi::detail::StoringTask;

TEST_CASE("large screens exchange vectors where cells are small, longer at high efforts, and others do not") {
  StoringTask screen{.vectors = 100000, .dimension = 3, .k = 1024, .is_uneven = true};
  CHECK(storing_plan_for(5, screen).exchange_passes == 1);
  CHECK(storing_plan_for(7, screen).exchange_passes > 1);
  CHECK(storing_plan_for(4, screen).exchange_passes == 0);
  StoringTask photograph = screen;
  photograph.is_uneven = false;
  StoringTask few_codewords = screen;
  few_codewords.k = 256;
  StoringTask blocks = screen;
  blocks.dimension = 12;
  StoringTask huge = screen;
  huge.vectors = 1000000;
  huge.k = 65536;
  for (const StoringTask& task : {photograph, few_codewords, blocks, huge})
    CHECK(storing_plan_for(5, task).exchange_passes == 0);
}
