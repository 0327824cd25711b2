// Real photographs and screens, if VQI_TEST_DATA names their folder: maps come back, reported distortions are right,
// and the default effort learns better codebooks than k-means++ does.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "real_images.hpp"
#include "test_images.hpp"
#include "vqi/image_io.hpp"
#include "vqi/vqi.hpp"

namespace {

namespace fs = std::filesystem;
using vqi::test::images_of;

/// Checks that a stream of the model decodes to the pixels of a packed stream with the same codebook and map.
void expect_same_pixels(const fs::path& path, std::uint32_t k, vqi::Model model) {
  INFO(path.filename() << " k " << k << " model " << static_cast<int>(model));
  const vqi::Image image = vqi::read_image(path).image;
  vqi::EncodeOptions options;
  options.k = k;
  options.coding = vqi::Coding::packed;
  const vqi::Image packed = vqi::decode(vqi::encode(image, options).bytes);
  options.coding = vqi::Coding::entropy;
  options.model = model;
  const vqi::Image coded = vqi::decode(vqi::encode(image, options).bytes);
  CHECK(std::equal(coded.samples().begin(), coded.samples().end(), packed.samples().begin(), packed.samples().end()));
}

constexpr std::size_t all = 1000;

}  // namespace

TEST_CASE("models fast and balanced return the maps of real images") {
  std::vector<fs::path> paths = images_of("kodak", 2);
  for (const char* const folder : {"screen", "deep"})
    for (const fs::path& path : images_of(folder, 2)) paths.push_back(path);
  if (paths.empty()) WARN("VQI_TEST_DATA is not set: real images are left out");
  for (const fs::path& path : paths)
    for (const vqi::Model model : {vqi::Model::fast, vqi::Model::balanced}) expect_same_pixels(path, 64, model);
}

TEST_CASE("every model returns the maps of all real images", "[.large]") {
  REQUIRE_FALSE(images_of("kodak", 1).empty());
  for (const char* const folder : {"kodak", "photo", "screen", "deep", "large"})
    for (const fs::path& path : images_of(folder, all))
      for (const vqi::Model model : {vqi::Model::fast, vqi::Model::balanced, vqi::Model::max})
        for (const std::uint32_t k : {4U, 16U, 64U, 256U})
          if (model != vqi::Model::max || folder != std::string("large")) expect_same_pixels(path, k, model);
}

TEST_CASE("the distortion reported for real images is that of a plain loop") {
  std::vector<fs::path> paths = images_of("kodak", 2);
  for (const fs::path& path : images_of("screen", 2)) paths.push_back(path);
  if (paths.empty()) WARN("VQI_TEST_DATA is not set: real images are left out");
  for (const fs::path& path : paths)
    for (const auto& [k, block] : {std::pair{3U, 1U}, {100U, 1U}, {256U, 1U}, {64U, 2U}, {64U, 4U}}) {
      INFO(path.filename() << " k " << k << " block " << block);
      const vqi::Image image = vqi::read_image(path).image;
      REQUIRE(image.bit_depth() == 8);
      vqi::EncodeOptions options;
      options.k = k;
      options.block_width_px = options.block_height_px = block;
      const vqi::Encoded encoded = vqi::encode(image, options);
      CHECK(encoded.report.distortion.mse == vqi::test::plain_errors(image, vqi::decode(encoded.bytes)).mse());
      CHECK(encoded.report.k == std::min<std::uint64_t>(k, encoded.report.distinct_vectors));
    }
}

TEST_CASE("the default effort beats converged k-means++ on the mean over images") {
  const std::vector<fs::path> paths = images_of("photo", 4);
  if (paths.empty()) WARN("VQI_TEST_DATA is not set: a generated image stands in");
  for (const std::uint32_t k : {16U, 64U}) {
    double ours = 0;
    double kmeanspp = 0;
    const auto add = [&](const vqi::Image& image) {
      vqi::EncodeOptions options;
      options.k = k;
      ours += vqi::encode(image, options).report.distortion.mse;
      options.seeding = vqi::Seeding::kmeanspp;
      options.effort = 1;
      options.max_iterations = 1000;
      kmeanspp += vqi::encode(image, options).report.distortion.mse;
    };
    for (const fs::path& path : paths) add(vqi::read_image(path).image);
    if (paths.empty()) add(vqi::test::make_image(200, 200, 3, 8, vqi::test::Content::smooth));
    INFO("k " << k);
    // Several images, because on a single one either may have a lucky run.
    CHECK(ours < (paths.empty() ? 1.02 : 1.0) * kmeanspp);
  }
}
