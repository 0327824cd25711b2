// Image and ImageView: copies are deep, views fit, and what cannot be an image is refused with its field.
#include "vqi/image.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <utility>

#include "test_images.hpp"
#include "thrown_error.hpp"

using vqi::ErrorCode;
using vqi::Image;
using vqi::ImageView;
using vqi::test::holds;
using vqi::test::thrown_by;

namespace {

Image sample_image(std::uint32_t depth = 8) {
  Image image = vqi::test::make_image(5, 3, 2, depth, vqi::test::Content::noise);
  image.metadata().gamma = 45455;
  return image;
}

}  // namespace

TEST_CASE("a copied image shares nothing with the first, and one that was moved from can be assigned to") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const Image first = sample_image(depth);
    Image copy = first;
    CHECK(vqi::test::same_samples(copy, first));
    CHECK(copy.metadata() == first.metadata());
    copy.samples()[0] ^= std::byte{1};
    CHECK_FALSE(vqi::test::same_samples(copy, first));
    Image taken = std::move(copy);
    copy = first;
    CHECK(vqi::test::same_samples(copy, first));
    CHECK(taken.width_px() == 5);
    const Image& self = copy;
    copy = self;
    CHECK(vqi::test::same_samples(copy, first));
  }
  const Image none;
  const Image copy = none;
  CHECK(copy.size_bytes() == 0);
  CHECK(copy.samples().empty());
}

TEST_CASE("an image of a view has its pixels without the stride, and its metadata") {
  const Image whole = sample_image();
  ImageView part = whole.view();
  part.samples += 2;  // without the first column
  part.width_px = 4;
  CHECK(part.row_bytes() == 8);
  CHECK(part.stride_bytes == 10);
  const Image copy(part);
  CHECK(copy.size_bytes() == 24);
  CHECK(copy.metadata() == whole.metadata());
  for (std::uint32_t y = 0; y < 3; ++y)
    for (std::uint32_t x = 0; x < 4; ++x)
      CHECK(vqi::test::sample_at(copy, x, y, 1) == vqi::test::sample_at(whole, x + 1, y, 1));
  part.metadata = nullptr;
  CHECK(Image(part).metadata().empty());
}

TEST_CASE("sizes and types that no image has are refused, and the message names the field") {
  struct Case {
    std::uint32_t width, height, channels, depth;
    const char* says;
  };
  constexpr std::uint32_t most = 0xFFFFFFFFU;
  for (const Case& wrong : {Case{0, 1, 1, 8, "width is 0"},
                            {1, 0, 1, 8, "height is 0"},
                            {1, 1, 0, 8, "0 channels"},
                            {1, 1, 5, 8, "5 channels"},
                            {1, 1, 1, 1, "1 bits"},
                            {1, 1, 1, 12, "12 bits"},
                            {most, most, 4, 16, "does not fit in memory"}}) {
    const auto error = thrown_by([&] { const Image image(wrong.width, wrong.height, wrong.channels, wrong.depth); });
    CHECK(error.code == ErrorCode::invalid_image);
    CHECK(holds(error.message, wrong.says));
  }
}

TEST_CASE("a view without samples, with too short a stride or unaligned 16-bit samples is refused") {
  const Image image = sample_image(16);
  const auto error_of = [&](const auto& change) {
    ImageView view = image;
    change(view);
    return thrown_by([&] { vqi::validate(view); });
  };
  CHECK_FALSE(error_of([](ImageView&) {}).code);
  CHECK(holds(error_of([](ImageView& view) { view.samples = nullptr; }).message, "null"));
  CHECK(holds(error_of([](ImageView& view) { --view.stride_bytes; }).message, "stride of 19 bytes"));
  CHECK(holds(error_of([](ImageView& view) { ++view.stride_bytes; }).message, "aligned"));
  CHECK(holds(error_of([](ImageView& view) { ++view.samples; }).message, "aligned"));
  CHECK_FALSE(error_of([](ImageView& view) {
                ++view.stride_bytes;  // of one row it does not matter
                view.height_px = 1;
              }).code);
}

TEST_CASE("metadata is empty until any one field is set") {
  CHECK(vqi::ColourMetadata{}.empty());
  std::vector<vqi::ColourMetadata> singles(6);
  singles[0].gamma = 0U;
  singles[1].chromaticities.emplace();
  singles[2].srgb_intent = std::uint8_t{0};
  singles[3].icc_profile.emplace();
  singles[4].density.emplace();
  singles[5].cicp.emplace();
  CHECK(std::none_of(singles.begin(), singles.end(), [](const vqi::ColourMetadata& m) { return m.empty(); }));
}

TEST_CASE("an image that was moved from has no size, no samples and no metadata") {
  Image image(4, 3, 3, 16);
  image.metadata().gamma = 45455;
  const std::byte* const samples = image.samples().data();
  Image taken(std::move(image));
  CHECK(taken.samples().data() == samples);
  CHECK(taken.metadata().gamma == 45455U);
  // NOLINTBEGIN(bugprone-use-after-move): what is promised
  CHECK(image.width_px() == 0);
  CHECK(image.size_bytes() == 0);
  CHECK(image.samples().empty());
  CHECK(image.view().samples == nullptr);
  CHECK(image.metadata().empty());
  CHECK(Image(image).samples().empty());

  Image assigned(9, 9, 1, 8);
  assigned = std::move(taken);
  CHECK(assigned.samples().data() == samples);
  CHECK(taken.samples().empty());
  // NOLINTEND(bugprone-use-after-move)
}

TEST_CASE("a constant image shows its rows as 16-bit samples") {
  Image image(2, 2, 1, 16);
  image.row16(1)[0] = 1000;
  const Image& constant = image;
  CHECK(constant.row16(1)[0] == 1000);
}
