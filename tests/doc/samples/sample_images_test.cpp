// The committed sample pictures equal freshly rendered ones, but for differences in rounding between compilers.
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "vqi/image_io.hpp"
#include "vqi/metrics.hpp"

namespace {

namespace fs = std::filesystem;

constexpr const char* names[] = {"landscape.png", "interface.png", "sprite.png", "gradient16.png"};

/// Renders the pictures into an empty folder, once; returns whether the program succeeded.
bool rendered() {
  static const bool succeeded = [] {
    fs::remove_all(VQI_RENDERED_IMAGES);
    return std::system("\"" VQI_RENDER_SAMPLES "\" \"" VQI_RENDERED_IMAGES "\"") == 0;
  }();
  return succeeded;
}

}  // namespace

TEST_CASE("the committed sample images are what vqi_render_samples renders") {
  REQUIRE(rendered());
  for (const char* name : names) {
    CAPTURE(name);
    const vqi::Image committed = vqi::read_image(fs::path(VQI_SAMPLE_IMAGES) / name).image;
    const vqi::Image image = vqi::read_image(fs::path(VQI_RENDERED_IMAGES) / name).image;
    // Throws if size or type differ. A mathematics library that rounds otherwise moves some samples
    // by 1 and a few rays past an edge; another scene would be under 30 dB.
    const vqi::Distortion distortion = vqi::measure_distortion(committed, image);
    CHECK(distortion.psnr_db.value_or(100) > 50);
  }
}

TEST_CASE("the sample images are of the types that they stand for and take under 1.5 MB together") {
  const auto type_of = [](const char* name) {
    const vqi::Image image = vqi::read_image(fs::path(VQI_SAMPLE_IMAGES) / name).image;
    return std::to_string(image.channels()) + "x" + std::to_string(image.bit_depth());
  };
  CHECK(type_of("landscape.png") == "3x8");
  CHECK(type_of("interface.png") == "3x8");
  CHECK(type_of("sprite.png") == "4x8");
  CHECK(type_of("gradient16.png") == "1x16");
  std::uintmax_t bytes = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(VQI_SAMPLE_IMAGES)) bytes += entry.file_size();
  CHECK(bytes < 1'500'000);
}
