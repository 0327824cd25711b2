// encode_to_target: the K that it finds is on the edge of the target, and the bytes are those of encode.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "random.hpp"
#include "test_images.hpp"
#include "vqi/sweep.hpp"

using vqi::test::Content;
using vqi::test::make_image;

namespace {

bool meets(const vqi::Target& target, const vqi::EncodeReport& report) {
  const std::optional<double>& psnr = report.distortion.psnr_db;
  if (target.psnr_db) return !psnr || *psnr >= *target.psnr_db;
  if (target.max_bytes) return report.bytes.file <= *target.max_bytes;
  return target.ratio ? report.ratio >= *target.ratio : report.bpp <= *target.bpp;
}

vqi::Encoded encode_with_k(const vqi::Image& image, vqi::EncodeOptions options, std::uint32_t k) {
  options.k = k;
  return vqi::encode(image, options);
}

/// Checks what the library promises; returns the K.
std::uint32_t check_target(const vqi::Image& image, const vqi::Target& target, const vqi::EncodeOptions& options = {}) {
  const vqi::Encoded found = vqi::encode_to_target(image, target, options);
  const std::uint32_t k = found.report.k;
  const vqi::Encoded same = encode_with_k(image, options, k);
  CAPTURE(k, image.width_px(), image.channels(), image.bit_depth(), found.report.distinct_vectors);
  CHECK_FALSE(found.report.k_requested.has_value());
  CHECK(found.bytes == same.bytes);
  CHECK(found.report.bytes.file == found.bytes.size());
  CHECK(found.report.distortion.mse == same.report.distortion.mse);
  CHECK(found.report.distortion.ssim == same.report.distortion.ssim);
  CHECK(meets(target, found.report));
  if (target.psnr_db && k > 1) CHECK_FALSE(meets(target, encode_with_k(image, options, k - 1).report));
  if (!target.psnr_db && k < std::min<std::uint64_t>(65536, found.report.distinct_vectors))
    CHECK_FALSE(meets(target, encode_with_k(image, options, k + 1).report));
  return k;
}

/// Words of 24 glyphs in 200 shades, as on a screen: coding learns the glyphs, and the fewer shades they have the less
/// a pixel tells of the next. Sizes are largest at K = 2 and least about K = 12.
vqi::Image make_text() {
  constexpr std::uint32_t glyph_width = 8;
  constexpr std::uint32_t glyph_height = 16;
  constexpr std::uint32_t glyphs = 24;
  vqi::detail::Random random(5);
  std::vector<std::uint32_t> shades(glyphs * glyph_width * glyph_height);
  for (std::size_t i = 0; i < shades.size(); ++i) {
    const std::size_t x = i % glyph_width;
    const std::size_t y = i / glyph_width % glyph_height;
    const bool margin = x == 0 || x == glyph_width - 1 || y < 2 || y >= glyph_height - 2;
    if (random.below(2) == 0 && !margin) shades[i] = static_cast<std::uint32_t>(1 + random.below(200));
  }
  vqi::Image image(320, 256, 3, 8);
  for (std::uint32_t top = 0; top < image.height_px(); top += glyph_height)
    for (std::uint32_t left = 0; left < image.width_px(); left += glyph_width) {
      const std::uint64_t glyph = random.below(glyphs * 5 / 4);  // a fifth are spaces
      for (std::uint32_t y = 0; y < glyph_height; ++y)
        for (std::uint32_t x = 0; x < glyph_width; ++x) {
          const std::uint32_t shade = glyph < glyphs ? shades[(glyph * glyph_height + y) * glyph_width + x] : 0;
          const std::uint32_t grey = 255 - shade;
          const std::array samples{grey, grey * grey / 255, 255 - shade * shade / 255};
          for (std::size_t c = 0; c < 3; ++c)
            image.row(top + y)[(left + x) * 3 + c] = static_cast<std::byte>(samples[c]);
        }
    }
  return image;
}

vqi::Target psnr(double value) { return {value, {}, {}, {}}; }
vqi::Target max_bytes(std::uint64_t value) { return {{}, value, {}, {}}; }
vqi::Target ratio(double value) { return {{}, {}, value, {}}; }
vqi::Target bpp(double value) { return {{}, {}, {}, value}; }

std::string complaint(const vqi::Image& image, const vqi::Target& target) {
  try {
    static_cast<void>(vqi::encode_to_target(image, target));
  } catch (const vqi::Error& error) {
    CHECK(error.error_code() == vqi::ErrorCode::target_unreachable);
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("a target is met with the K found and not with its neighbour, for every type of image") {
  for (const auto& [channels, depth] : {std::pair{3U, 8U}, {1U, 8U}, {4U, 8U}, {3U, 16U}, {1U, 16U}}) {
    const vqi::Image image = make_image(97, 61, channels, depth, Content::smooth);
    for (const double db : {12.0, 24.0, 31.5, 38.0}) check_target(image, psnr(db));
    for (const double rate : {1.5, 3.3, 5.0, 7.7}) check_target(image, bpp(rate));
    check_target(image, max_bytes(4000));
    check_target(image, ratio(channels * depth / 5.0));
  }
}

TEST_CASE("blocks, seedings and efforts stay as asked for") {
  const vqi::Image image = make_image(120, 90, 3, 8, Content::smooth);
  vqi::EncodeOptions options;
  options.block_width_px = 2;
  options.block_height_px = 3;
  options.effort = 3;
  options.seeding = vqi::Seeding::kmeanspp;
  check_target(image, psnr(27), options);
  check_target(image, bpp(2.5), options);
}

TEST_CASE("a PSNR that only a lossless stream has is met by all distinct vectors") {
  const vqi::Image image = make_image(40, 30, 3, 8, Content::few_colours);
  const vqi::Encoded found = vqi::encode_to_target(image, psnr(200));
  CHECK(found.report.k == found.report.distinct_vectors);
  CHECK_FALSE(found.report.distortion.psnr_db.has_value());
  check_target(image, psnr(200));
}

TEST_CASE("a size that everything fits into gives all distinct vectors") {
  const vqi::Image image = make_image(40, 30, 3, 8, Content::few_colours);
  CHECK(check_target(image, max_bytes(1000000)) == 7);
}

TEST_CASE("where sizes rise and fall with K the most codewords are found, not the first that fit") {
  const vqi::Image image = make_text();
  constexpr std::uint32_t all = 198;
  std::map<std::uint32_t, std::uint64_t> sizes;  // of every third K
  for (std::uint32_t k = 3; k <= all; k += 3) sizes[k] = encode_with_k(image, {}, k).bytes.size();
  std::uint64_t least = sizes[all];
  for (const auto& [k, size] : sizes) least = std::min(least, size);
  REQUIRE(sizes[3] > sizes[all]);
  REQUIRE(sizes[all] > least + 200);
  for (std::uint64_t allowed = least; allowed < sizes[all]; allowed += 60) {
    std::uint32_t most = all;
    while (sizes[most] > allowed) most -= 3;
    CAPTURE(allowed, most);
    CHECK(check_target(image, max_bytes(allowed)) >= 0.5 * most);
  }
}

TEST_CASE("images of one pixel and of one colour have K = 1") {
  for (const vqi::Image& image : {make_image(1, 1, 3, 8, Content::noise), make_image(50, 20, 1, 8, Content::flat)}) {
    CHECK(check_target(image, psnr(60)) == 1);
    CHECK(check_target(image, max_bytes(100000)) == 1);
  }
}

TEST_CASE("steps of the packed coding around powers of two end at an edge") {
  const vqi::Image image = make_image(20, 16, 3, 8, Content::noise);
  vqi::EncodeOptions options;
  options.coding = vqi::Coding::packed;
  std::vector<std::uint64_t> sizes;
  for (std::uint32_t k = 1; k <= 40; ++k) sizes.push_back(encode_with_k(image, options, k).bytes.size());
  for (const std::uint64_t size : sizes) {
    check_target(image, max_bytes(size), options);
    if (size > sizes.front()) check_target(image, max_bytes(size - 1), options);
  }
}

TEST_CASE("what is out of reach is said with the best that is not") {
  const vqi::Image image = make_image(30, 30, 3, 8, Content::smooth);
  const std::uint64_t least = encode_with_k(image, {}, 1).bytes.size();
  const std::string size = complaint(image, max_bytes(10));
  CHECK(size.find("10 bytes") != std::string::npos);
  CHECK(size.find("best possible is " + std::to_string(least) + " bytes") != std::string::npos);
  for (const vqi::Target& target : {ratio(1e9), bpp(1e-9)}) {
    const std::string text = complaint(image, target);
    const std::string best = "best possible is ";
    REQUIRE(text.find(best) != std::string::npos);
    const double value = std::stod(text.substr(text.find(best) + best.size()));
    CHECK(check_target(image, target.ratio ? ratio(value) : bpp(value)) == 1);
  }
}

TEST_CASE("no target, two targets and senseless ones are refused") {
  const vqi::Image image = make_image(4, 4, 3, 8, Content::noise);
  for (const vqi::Target& target : {vqi::Target{}, vqi::Target{30, 1000, {}, {}}, psnr(0), psnr(-3), ratio(0),
                                    bpp(std::numeric_limits<double>::infinity())}) {
    try {
      static_cast<void>(vqi::encode_to_target(image, target));
      FAIL("was taken");
    } catch (const vqi::Error& error) {
      CHECK(error.error_code() == vqi::ErrorCode::invalid_option);
    }
  }
}

TEST_CASE("a search that is cancelled throws so") {
  const vqi::Image image = make_image(200, 200, 3, 8, Content::noise);
  vqi::RunOptions run;
  int calls = 0;
  run.progress = [&](const vqi::Progress& progress) {
    CHECK(progress.fraction <= 1);
    return ++calls < 4;
  };
  CHECK_THROWS_AS(vqi::encode_to_target(image, psnr(45), {}, run), vqi::Error);
  CHECK(calls == 4);
}

TEST_CASE("a K beside a target, or beside the gap statistic, is refused") {
  const vqi::Image image = make_image(8, 8, 3, 8, Content::noise);
  vqi::EncodeOptions options;
  options.k = 256;
  CHECK_THROWS_WITH(vqi::encode_to_target(image, psnr(30), options), Catch::Contains("k is given but a target"));
  CHECK_THROWS_WITH(vqi::encode_with_gap(image, {}, options), Catch::Contains("k is given but the gap statistic"));
}
