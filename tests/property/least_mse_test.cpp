// k-means has the least MSE of all methods, at the default effort and at any K: on generated pictures and, if
// VQI_TEST_DATA names their folder, on parts of real ones. Parts are small, so that all methods take seconds.
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "real_images.hpp"
#include "test_images.hpp"
#include "vqi/image_io.hpp"
#include "vqi/vqi.hpp"

namespace {

using vqi::Image;
using vqi::Method;
using vqi::test::Content;
using vqi::test::make_image;

struct Picture {
  std::string name;
  Image image;
};

constexpr std::uint32_t part_width = 64;
constexpr std::uint32_t part_height = 48;

std::vector<Picture> pictures() {
  std::vector<Picture> found;
  for (const std::uint32_t channels : {1U, 3U, 4U}) {
    found.push_back({"blobs", vqi::test::make_blobs(part_width, part_height, channels)});
    found.push_back({"smooth", make_image(part_width, part_height, channels, 8, Content::smooth)});
    found.push_back({"few colours", make_image(part_width, part_height, channels, 8, Content::few_colours)});
  }
  for (const char* const folder : {"alpha", "deep", "kodak", "photo", "screen"})
    for (const std::filesystem::path& path : vqi::test::images_of(folder, 2))
      found.push_back({path.filename(), vqi::test::middle_of(vqi::read_image(path).image, part_width, part_height)});
  return found;
}

double mse_of(const Image& image, Method method, std::uint32_t k) {
  vqi::EncodeOptions options;
  options.method = method;
  options.k = k;
  if (method != Method::ecvq) options.coding = vqi::Coding::packed;
  return vqi::encode(image, options).report.distortion.mse;
}

/// Annealing of more codewords takes minutes.
constexpr std::uint32_t annealed_k_max = 256;

}  // namespace

TEST_CASE("no method has a lower MSE than k-means by more than 0.3 %, and none has in the mean") {
  const std::vector<Picture> all = pictures();
  for (const std::uint32_t k : {2U, 4U, 16U, 64U, 256U, 1024U}) {
    std::vector<double> nearest;
    for (const Picture& picture : all) nearest.push_back(mse_of(picture.image, Method::kmeans, k));
    for (const Method method : {Method::em, Method::anneal, Method::ecvq}) {
      if (method == Method::anneal && k > annealed_k_max) continue;
      double log_ratios = 0;
      for (std::size_t i = 0; i < all.size(); ++i) {
        INFO(all[i].name << ", k " << k << ", method " << static_cast<int>(method));
        const double other = mse_of(all[i].image, method, k);
        CHECK(other >= 0.997 * nearest[i]);
        if (nearest[i] > 0) log_ratios += std::log(other / nearest[i]);
      }
      INFO("k " << k << ", method " << static_cast<int>(method));
      CHECK(log_ratios >= -1e-9);
    }
  }
}

TEST_CASE("where cells of a large screen are small k-means has the least MSE too") {
  for (const std::filesystem::path& path : vqi::test::images_of("screen", 99)) {
    if (path.filename() != "window.png") continue;  // with 116,646 colours
    constexpr std::uint32_t k = 1024;
    const Image image = vqi::read_image(path).image;
    CHECK(mse_of(image, Method::em, k) >= 0.997 * mse_of(image, Method::kmeans, k));
  }
}
