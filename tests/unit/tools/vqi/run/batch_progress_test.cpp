// BatchProgress: inputs weigh by their files, and what is done stays done.
#include "batch_progress.hpp"

#include <catch2/catch.hpp>

#include "scratch_folder.hpp"

using vqi::tool::BatchProgress;

TEST_CASE("inputs weigh by the sizes of their files, and all of them done is 1") {
  const vqi::test::ScratchFolder folder("batch-progress");
  folder.write("small", std::string(1'000, 'x'));
  folder.write("large", std::string(97'000, 'x'));
  BatchProgress progress({folder.path("small"), folder.path("large")});
  CHECK(progress.input_count() == 2);
  CHECK(progress.note(0, 1) == Approx(0.02));
  CHECK(progress.note(1, 0.5) == Approx(0.51));
  CHECK(progress.note(1, 0.25) == Approx(0.51));
  CHECK(progress.note(1, 1) == Approx(1));
  CHECK(progress.seconds() >= 0);
}

TEST_CASE("inputs that are no files weigh alike") {
  BatchProgress progress({"-", "/no/such/file", "/dev/null", "-"});
  CHECK(progress.note(2, 1) == Approx(0.25));
}
