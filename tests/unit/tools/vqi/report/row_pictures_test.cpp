// RowPictures: what a report shows of an image and its rows.
#include "row_pictures.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "test_images.hpp"
#include "vqi/image_io.hpp"

using vqi::Image;
using vqi::tool::RowPictures;

namespace {

Image decoded(const std::vector<std::byte>& png) { return vqi::read_image(png).image; }

}  // namespace

TEST_CASE("the image's picture is the image, whole where the pixels allow it and a part of it else") {
  const Image image = vqi::test::make_image(20, 12, 3, 8, vqi::test::Content::smooth);
  const RowPictures whole("name.png", image, 0, 240);
  CHECK(whole.image().name == "name.png");
  CHECK(whole.image().width_px == 20);
  CHECK(whole.image().height_px == 12);
  CHECK(whole.image().channels == 3);
  CHECK(vqi::test::same_samples(decoded(whole.image().picture), image));
  const RowPictures part("name.png", image, 0, 60);
  const Image shown = decoded(part.image().picture);
  CHECK(std::uint64_t{shown.width_px()} * shown.height_px() <= 60);
  CHECK(part.image().width_px == 20);
}

TEST_CASE("a row's picture is what its stream decodes to") {
  const Image image = vqi::test::make_image(20, 12, 3, 8, vqi::test::Content::smooth);
  RowPictures pictures("name.png", image, 2, 1000);
  for (const std::uint32_t k : {2U, 40U}) {
    vqi::SweepRow row;
    row.options.k = k;
    const vqi::Encoded encoded = vqi::encode(image, row.options);
    row.report = encoded.report;
    pictures.add(k == 2 ? 1 : 0, row, encoded.bytes);
    const Image shown = decoded(pictures.row(k == 2 ? 1 : 0).decoded);
    CHECK(vqi::test::same_samples(shown, vqi::decode(encoded.bytes)));
  }
  CHECK_THROWS_AS(pictures.row(2), std::out_of_range);
}
