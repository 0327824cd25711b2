// verify_stream: passes what decodes to the expected pixels, and names what does not.
#include "verify_stream.hpp"

#include <catch2/catch.hpp>

#include "common_form.hpp"
#include "test_images.hpp"
#include "test_work.hpp"
#include "thrown_error.hpp"
#include "vqi/codec.hpp"

namespace {

using vqi::Image;
using vqi::test::Content;
using vqi::test::make_image;

vqi::test::ThrownError verified(std::span<const std::byte> stream, const Image& expected,
                                const vqi::ColourMetadata* metadata = nullptr) {
  const vqi::ImageView view = expected;
  const vqi::detail::ViewRows rows(view, view.channels, view.bit_depth);
  const vqi::detail::BlockGrid grid{view.width_px, view.height_px, view.channels, view.bit_depth, 1, 1};
  vqi::test::TestWork work(2);
  return vqi::test::thrown_by([&] { vqi::detail::verify_stream(stream, grid, rows, metadata, work); });
}

}  // namespace

TEST_CASE("a stream that holds other pixels, another type or other metadata than it should is named") {
  const Image image = make_image(20, 20, 4, 8, Content::few_colours);
  const std::vector<std::byte> stream = vqi::encode(image).bytes;
  CHECK_FALSE(verified(stream, image).code.has_value());

  Image changed(image);
  changed.row(13)[7] ^= std::byte{1};
  CHECK(verified(stream, changed).code == vqi::ErrorCode::verification_failed);
  CHECK(verified(stream, changed).message.find("pixel row 13") != std::string::npos);
  CHECK(verified(stream, make_image(20, 20, 3, 8, Content::few_colours)).message.find("size or type") !=
        std::string::npos);
  vqi::ColourMetadata metadata;
  metadata.gamma = 45455;
  CHECK(verified(stream, image, &metadata).message.find("metadata") != std::string::npos);
}

TEST_CASE("a stream that does not decode at all fails verification, not as the caller's data") {
  const Image image = make_image(20, 20, 3, 8, Content::noise);
  std::vector<std::byte> stream = vqi::encode(image).bytes;
  stream[stream.size() / 2] ^= std::byte{4};
  CHECK(verified(stream, image).code == vqi::ErrorCode::verification_failed);
  CHECK(vqi::error_class(*verified(stream, image).code) == vqi::ErrorClass::environment);
}
