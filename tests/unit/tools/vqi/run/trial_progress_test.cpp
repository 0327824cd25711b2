// Trials as one search.
#include "trial_progress.hpp"

#include <catch2/catch.hpp>

using vqi::Stage;

TEST_CASE("trials that begin anew are told as one search that never goes back") {
  vqi::tool::TrialProgress search(vqi::tool::palette_png_shares(vqi::Method::kmeans));
  double last = -1;
  for (int trial = 0; trial < 20; ++trial)
    for (const Stage stage : {Stage::train, Stage::assign, Stage::measure, Stage::write})
      for (const double fraction : {0.0, 0.5, 1.0}) {
        const vqi::Progress progress = search.next({stage, fraction});
        CHECK(progress.stage == Stage::search);
        CHECK(progress.fraction >= last);
        CHECK(progress.fraction < 1);
        last = progress.fraction;
      }
  CHECK(last > 0.9);
}
