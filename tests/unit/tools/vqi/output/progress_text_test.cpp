// The words of the progress line.
#include "progress_text.hpp"

#include <catch2/catch.hpp>

using vqi::Progress;
using vqi::Stage;
using vqi::tool::overall_fraction;
using vqi::tool::progress_text;

TEST_CASE("the stages of an encode progress from 0 to 1 without a step back, whichever takes longest") {
  for (const std::uint32_t effort : {1U, 5U, 9U}) {
    vqi::EncodeOptions options;
    options.effort = effort;
    const vqi::tool::StageShares shares = vqi::tool::stage_shares(options);
    double last = 0;
    for (const Stage stage : {Stage::train, Stage::assign, Stage::encode, Stage::measure})
      for (const double fraction : {0.0, 0.5, 1.0}) {
        CHECK(overall_fraction({stage, fraction}, shares) >= last - 1e-12);
        last = overall_fraction({stage, fraction}, shares);
      }
    CHECK(last == 1);
    CHECK(shares.train + shares.assign + shares.encode + shares.measure == Approx(1));
    CHECK(overall_fraction({Stage::sweep, 0.25}, shares) == 0.25);
  }
}

TEST_CASE("the line shows percentage, rate and remaining time") {
  CHECK(progress_text({Stage::sweep, 0.25}, 5, "a.png") == "sweeping 25 %, 5.0 %/s, 15 s left  a.png");
  CHECK(progress_text({Stage::sweep, 0.5}, 2, "a.png") == "sweeping 50 %, 25 %/s, 2 s left  a.png");
  CHECK(progress_text({Stage::decode, 0.1}, 14, "a.vqi") == "decoding 10 %, 0.7 %/s, 2:06 left  a.vqi");
  CHECK(progress_text({Stage::sweep, 0.02}, 200, "a") == "sweeping 2 %, 0.0 %/s, 2:43:20 left  a");
}

TEST_CASE("the remaining time is shown only once part of the work is done") {
  CHECK(progress_text({Stage::sweep, 0}, 0, "a") == "sweeping 0 %  a");
  CHECK(progress_text({Stage::sweep, 0.01}, 3, "a") == "sweeping 1 %  a");
}
