// checked_options: enumerators that do not exist, K and memory.
#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "test_images.hpp"
#include "vqi/sweep.hpp"

namespace {

using vqi::EncodeOptions;
using vqi::ErrorCode;

const vqi::Image& image() {
  static const vqi::Image noise = vqi::test::make_image(16, 8, 3, 8, vqi::test::Content::noise);
  return noise;
}

/// Whether encode and sweep both refuse `options`.
bool refused(const EncodeOptions& options) {
  const auto encoded = vqi::testing::error_of([&] { static_cast<void>(vqi::encode(image(), options)); });
  const auto swept = vqi::testing::error_of([&] { static_cast<void>(vqi::sweep(image(), {&options, 1})); });
  return encoded == ErrorCode::invalid_option && swept == ErrorCode::invalid_option;
}

}  // namespace

TEST_CASE("an enumerator that does not exist is refused, whichever option has it") {
  EncodeOptions options;
  options.method = static_cast<vqi::Method>(4);
  CHECK(refused(options));
  options = {};
  options.seeding = static_cast<vqi::Seeding>(-1);
  CHECK(refused(options));
  options = {};
  options.coding = static_cast<vqi::Coding>(3);
  CHECK(refused(options));
  options = {};
  options.model = static_cast<vqi::Model>(3);
  CHECK(refused(options));
  options = {};
  options.method = vqi::Method::em;
  options.covariance = static_cast<vqi::Covariance>(5);
  CHECK(refused(options));
}

TEST_CASE("no K means 256") {
  EncodeOptions options;
  options.k = 256;
  CHECK(vqi::encode(image()).bytes == vqi::encode(image(), options).bytes);
  CHECK(vqi::encode(image()).report.k_requested == 256U);
}

TEST_CASE("memory for the index map and a decoded image is asked for before any work") {
  vqi::RunOptions run;
  run.max_memory_bytes = 16 * 8 * (2 + 3);
  CHECK_NOTHROW(vqi::encode(image(), {}, run));
  --run.max_memory_bytes;
  const auto limited = [&](const auto& call) { return vqi::testing::error_of(call) == ErrorCode::limit_exceeded; };
  CHECK(limited([&] { static_cast<void>(vqi::encode(image(), {}, run)); }));
  CHECK(limited([&] { static_cast<void>(vqi::encode_with_gap(image(), {}, {}, run)); }));
  vqi::Target target;
  target.psnr_db = 30;
  CHECK(limited([&] { static_cast<void>(vqi::encode_to_target(image(), target, {}, run)); }));
}
