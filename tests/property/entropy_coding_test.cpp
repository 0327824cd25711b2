// Entropy coding on whole images: same pixels as packed coding, never larger, same bytes on any number of threads;
// regions.
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "test_images.hpp"
#include "vqi/vqi.hpp"

using vqi::test::Content;

namespace {

vqi::EncodeOptions options_of(std::uint32_t k, vqi::Coding coding) {
  vqi::EncodeOptions options;
  options.k = k;
  options.effort = 1;
  options.coding = coding;
  return options;
}

}  // namespace

TEST_CASE("every coding gives the same pixels, and auto is the smaller of both") {
  for (const Content content : {Content::noise, Content::smooth, Content::few_colours, Content::flat})
    for (const auto& [channels, depth, block, k] : {std::tuple{3U, 8U, 1U, 64U},
                                                    {1U, 8U, 1U, 3U},
                                                    {4U, 8U, 1U, 256U},
                                                    {3U, 16U, 2U, 40U},
                                                    {2U, 16U, 1U, 1000U},
                                                    {3U, 8U, 1U, 1U}}) {
      const vqi::Image image = vqi::test::make_image(131, 77, channels, depth, content);
      vqi::EncodeOptions options = options_of(k, vqi::Coding::packed);
      options.block_width_px = options.block_height_px = block;
      const vqi::Encoded packed = vqi::encode(image, options);
      options.coding = vqi::Coding::entropy;
      const vqi::Encoded entropy = vqi::encode(image, options);
      options.coding = vqi::Coding::automatic;
      const vqi::Encoded automatic = vqi::encode(image, options);
      INFO("channels " << channels << ", depth " << depth << ", block " << block << ", k " << k);
      CHECK(vqi::test::same_samples(vqi::decode(packed.bytes), vqi::decode(entropy.bytes)));
      CHECK(packed.report.coding == vqi::Coding::packed);
      CHECK_FALSE(packed.report.model.has_value());
      CHECK(entropy.report.coding == vqi::Coding::entropy);
      CHECK(entropy.report.model.has_value());
      CHECK(entropy.report.bytes.codebook <= packed.report.bytes.codebook);
      const bool entropy_wins = entropy.bytes.size() < packed.bytes.size();
      CHECK(automatic.bytes == (entropy_wins ? entropy.bytes : packed.bytes));
      CHECK(automatic.report.coding == (entropy_wins ? vqi::Coding::entropy : vqi::Coding::packed));
      const vqi::StreamInfo info = vqi::inspect(entropy.bytes);
      CHECK_FALSE(info.damage.has_value());
      CHECK(info.format_minor == 1);
      CHECK(info.model == entropy.report.model);
      CHECK(info.bytes.codebook == entropy.report.bytes.codebook);
      CHECK(vqi::inspect(packed.bytes).format_minor == 0);
    }
}

TEST_CASE("strips of entropy coding decode alone, in parallel, and to the same bytes at any thread count") {
  const vqi::Image image = vqi::test::make_image(2000, 6300, 3, 8, Content::smooth);
  vqi::EncodeOptions options = options_of(8, vqi::Coding::entropy);
  const std::vector<std::byte> bytes = vqi::encode(image, options, {.threads = 1}).bytes;
  CHECK(vqi::inspect(bytes).strip_count == 2);
  for (const std::uint32_t threads : {2U, 8U}) {
    CHECK(vqi::encode(image, options, {.threads = threads}).bytes == bytes);
  }
  const vqi::Image whole = vqi::decode(bytes);
  const vqi::Image region = vqi::decode_region(bytes, 700, 3130, 9, 40);
  bool equal = true;
  for (std::uint32_t y = 0; y < 40; ++y)
    for (std::uint32_t x = 0; x < 9; ++x)
      for (std::uint32_t c = 0; c < 3; ++c)
        equal &= vqi::test::sample_at(region, x, y, c) == vqi::test::sample_at(whole, 700 + x, 3130 + y, c);
  CHECK(equal);

  // With damage in the last strip, regions of the first strip can still be read.
  std::vector<std::byte> damaged = bytes;
  damaged[damaged.size() - 100] ^= std::byte{1};
  CHECK_THROWS_AS(vqi::decode(damaged), vqi::Error);
  CHECK(vqi::test::same_samples(vqi::decode_region(damaged, 0, 0, 50, 50), vqi::decode_region(bytes, 0, 0, 50, 50)));
}

TEST_CASE("entropy decoding counts its strips and states against the memory limit, and can be cancelled") {
  const vqi::Image image = vqi::test::make_image(1000, 1000, 3, 8, Content::noise);
  const std::vector<std::byte> bytes = vqi::encode(image, options_of(4, vqi::Coding::entropy)).bytes;
  vqi::RunOptions run;
  run.max_memory_bytes = 3'000'000 + 1000;  // enough for the image alone
  try {
    static_cast<void>(vqi::decode(bytes, {}, run));
    FAIL("no limit was noticed");
  } catch (const vqi::Error& error) {
    CHECK(error.error_code() == vqi::ErrorCode::limit_exceeded);
  }
  run = {};
  run.threads = 1;
  int calls = 0;
  run.progress = [&calls](const vqi::Progress&) {
    // Longer than the pause between two calls, so that the next check inside the strip calls back.
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    return ++calls < 2;
  };
  try {
    static_cast<void>(vqi::decode(bytes, {}, run));
    FAIL("nothing was cancelled");
  } catch (const vqi::Error& error) {
    CHECK(error.error_code() == vqi::ErrorCode::cancelled);
  }
}

TEST_CASE("a model with packed indices is refused") {
  vqi::EncodeOptions options = options_of(4, vqi::Coding::packed);
  options.model = vqi::Model::fast;
  try {
    static_cast<void>(vqi::encode(vqi::test::make_image(9, 9, 3, 8, Content::noise), options));
    FAIL("the option was ignored");
  } catch (const vqi::Error& error) {
    CHECK(error.error_code() == vqi::ErrorCode::invalid_option);
  }
}
