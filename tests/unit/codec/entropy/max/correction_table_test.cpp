// CorrectionTable: log odds come out as their probability until bits teach otherwise, each context its own.
#include "correction_table.hpp"

#include <catch2/catch.hpp>

TEST_CASE("a new table gives back about the probability of the log odds, for all of them and in order") {
  vqi::detail::CorrectionTable table(2);
  std::int32_t last = -1;
  for (std::int32_t logit = -3000; logit <= 3000; ++logit) {
    const std::int32_t refined = table.refine(1, logit);
    CHECK(refined >= last);
    CHECK(refined >= 0);
    CHECK(refined < 65536);
    if (std::abs(logit) <= 2047) CHECK(std::abs(refined - vqi::detail::squash(logit)) < 1000);  // interpolated
    last = refined;
  }
}

TEST_CASE("bits move the probability of their log odds towards them, and that of far ones and other contexts not") {
  vqi::detail::CorrectionTable table(2);
  const std::int32_t before = table.refine(0, 64);
  const std::int32_t far = table.refine(0, -1000);
  for (int i = 0; i < 300; ++i) {
    static_cast<void>(table.refine(0, 64));
    table.update(true);
  }
  CHECK(table.refine(0, 64) > before + 20'000);
  CHECK(table.refine(0, 64) < 65536);
  CHECK(table.refine(0, -1000) == far);
  CHECK(table.refine(1, 64) == before);
  for (int i = 0; i < 1000; ++i) {
    static_cast<void>(table.refine(0, 64));
    table.update(false);
  }
  CHECK(table.refine(0, 64) < 3000);
}

TEST_CASE("log odds beyond the table are those of its ends, and its memory is what it says") {
  vqi::detail::CorrectionTable table(1);
  CHECK(table.refine(0, 100'000) == table.refine(0, 2047));
  table.update(true);
  CHECK(table.refine(0, -100'000) == table.refine(0, -2047));
  table.update(false);
  CHECK(vqi::detail::CorrectionTable::size_bytes(10) == 10 * 33 * 2);
}
