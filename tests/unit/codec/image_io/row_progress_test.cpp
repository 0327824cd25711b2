// RowProgress: bands that cover the rows, and a callback that can stop the work.
#include "row_progress.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "thrown_error.hpp"

using vqi::detail::RowProgress;

TEST_CASE("bands of at most 16 rows cover all rows once, in every pass") {
  const vqi::ProgressCallback none;
  for (const std::uint32_t rows : {0U, 1U, 15U, 16U, 17U, 100U}) {
    RowProgress progress(none, vqi::Stage::read, rows);
    std::uint32_t next = 0;
    progress.in_bands(rows, [&](std::uint32_t begin, std::uint32_t end) {
      CHECK(begin == next);
      CHECK(end > begin);
      CHECK(end - begin <= 16);
      next = end;
    });
    CHECK(next == rows);
  }
  RowProgress progress(none, vqi::Stage::read, 0xFFFFFFFFU);  // the end of the last band does not overflow
  CHECK_THROWS_AS(progress.in_bands(0xFFFFFFFFU,
                                    [](std::uint32_t begin, std::uint32_t) {
                                      if (begin >= 64) throw vqi::Error(vqi::ErrorCode::io_failed, "enough");
                                    }),
                  vqi::Error);
}

TEST_CASE("a no of the callback stops before the next band, and the error says what was stopped") {
  for (const auto& [stage, words] : {std::pair{vqi::Stage::read, "stopped while reading the image"},
                                     {vqi::Stage::write, "stopped while writing the image"}}) {
    const vqi::ProgressCallback no = [stage = stage](const vqi::Progress& told) {
      CHECK(told.stage == stage);
      CHECK(told.fraction == 0);
      return false;
    };
    RowProgress progress(no, stage, 100);
    const auto error = vqi::test::thrown_by(
        [&] { progress.in_bands(100, [](std::uint32_t, std::uint32_t) { FAIL("no band was to be done"); }); });
    CHECK(error.code == vqi::ErrorCode::cancelled);
    CHECK(error.message == words);
  }
}

TEST_CASE("work that comes in no rows tells how far it is") {
  double fraction = -1;
  const vqi::ProgressCallback keep = [&](const vqi::Progress& told) {
    fraction = told.fraction;
    return true;
  };
  RowProgress progress(keep, vqi::Stage::read, 100);
  progress.report_at(25);
  CHECK(fraction == 0.25);
}
