// Image: what moving leaves behind, and rows of 16-bit samples.
#include <catch2/catch.hpp>
#include <utility>

#include "vqi/image.hpp"

TEST_CASE("an image that was moved from has no size, no samples and no metadata") {
  vqi::Image image(4, 3, 3, 16);
  image.metadata().gamma = 45455;
  const std::byte* const samples = image.samples().data();
  vqi::Image taken(std::move(image));
  CHECK(taken.samples().data() == samples);
  CHECK(taken.metadata().gamma == 45455U);
  // NOLINTBEGIN(bugprone-use-after-move): what is promised
  CHECK(image.width_px() == 0);
  CHECK(image.size_bytes() == 0);
  CHECK(image.samples().empty());
  CHECK(image.view().samples == nullptr);
  CHECK(image.metadata().empty());
  CHECK(vqi::Image(image).samples().empty());

  vqi::Image assigned(9, 9, 1, 8);
  assigned = std::move(taken);
  CHECK(assigned.samples().data() == samples);
  CHECK(taken.samples().empty());
  // NOLINTEND(bugprone-use-after-move)
}

TEST_CASE("a constant image shows its rows as 16-bit samples") {
  vqi::Image image(2, 2, 1, 16);
  image.row16(1)[0] = 1000;
  const vqi::Image& constant = image;
  CHECK(constant.row16(1)[0] == 1000);
}
