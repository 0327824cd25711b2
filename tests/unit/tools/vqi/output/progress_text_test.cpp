// The words of the progress line.
#include "progress_text.hpp"

#include <catch2/catch.hpp>
#include <vector>

using vqi::Progress;
using vqi::Stage;
using vqi::tool::overall_fraction;
using vqi::tool::progress_text;

TEST_CASE("the stages of an encode progress from 0 to 1 without a step back, whichever takes longest") {
  std::vector<vqi::EncodeOptions> kinds(7);
  kinds[1].effort = 1;
  kinds[2].effort = 9;
  kinds[3].method = vqi::Method::ecvq;
  kinds[4].method = vqi::Method::em;
  kinds[5].block_height_px = 2;
  kinds[6].dither = vqi::Dither::automatic;
  for (const vqi::EncodeOptions& options : kinds) {
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

TEST_CASE("writing counts where it has a share, and stands alone where it has none") {
  for (const vqi::Method method : {vqi::Method::kmeans, vqi::Method::ecvq}) {
    const vqi::tool::StageShares shares = vqi::tool::palette_png_shares(method);
    CHECK(shares.train + shares.assign + shares.encode + shares.measure + shares.write == Approx(1));
    CHECK(overall_fraction({Stage::write, 0}, shares) == Approx(overall_fraction({Stage::measure, 1}, shares)));
    CHECK(overall_fraction({Stage::write, 1}, shares) == 1);
  }
  CHECK(overall_fraction({Stage::write, 0.25}, {}) == 0.25);
}

TEST_CASE("the stage that takes most of the time has the largest share") {
  vqi::EncodeOptions options;
  CHECK(vqi::tool::stage_shares(options).encode > 0.5);
  options.block_width_px = 4;
  CHECK(vqi::tool::stage_shares(options).train > 0.5);
  options.method = vqi::Method::ecvq;
  CHECK(vqi::tool::stage_shares(options).assign > 0.5);
}

TEST_CASE("the line shows percentage, megapixels per second and remaining time") {
  CHECK(progress_text({Stage::train, 0.5}, {5, 4'000'000, {}, 0}, "a.png", {1, 0, 0, 0}) ==
        "training 50 %, 0.4 MP/s, 5 s left  a.png");
  CHECK(progress_text({Stage::read, 0.5}, {2, 100'000'000, {}, 0}, "a.png") ==
        "reading 50 %, 25 MP/s, 2 s left  a.png");
  CHECK(progress_text({Stage::read, 0.5}, {20, 350'000, {}, 0}, "a.png") ==
        "reading 50 %, 0.009 MP/s, 20 s left  a.png");
  CHECK(progress_text({Stage::sweep, 0.25}, {5, 0, {}, 0}, "a.png") == "sweeping 25 %, 15 s left  a.png");
  CHECK(progress_text({Stage::decode, 0.1}, {14, 0, {}, 0}, "a.vqi") == "decoding 10 %, 2:06 left  a.vqi");
  CHECK(progress_text({Stage::sweep, 0.02}, {200, 0, {}, 0}, "a") == "sweeping 2 %, 2:43:20 left  a");
}

TEST_CASE("the remaining time is shown only once part of the work is done, and after two seconds") {
  CHECK(progress_text({Stage::sweep, 0}, {}, "a") == "sweeping 0 %  a");
  CHECK(progress_text({Stage::sweep, 0.01}, {3, 0, {}, 0}, "a") == "sweeping 1 %  a");
  CHECK(progress_text({Stage::sweep, 0.5}, {1.9, 0, {}, 0}, "a") == "sweeping 50 %  a");
}

TEST_CASE("of several inputs the remaining time is that of all") {
  CHECK(progress_text({Stage::sweep, 0.5}, {1, 0, 0.25, 10}, "2 of 4: a") == "sweeping 50 %, 30 s left  2 of 4: a");
  CHECK(progress_text({Stage::sweep, 0.5}, {60, 0, 0.25, 1}, "a") == "sweeping 50 %  a");
}
