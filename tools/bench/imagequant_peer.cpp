// Runs libimagequant on an image.
#include "imagequant_peer.hpp"

#include <libimagequant.h>

#include <cstdlib>
#include <stdexcept>
#ifdef _OPENMP
#include <omp.h>
#endif

namespace vqi::bench {
namespace {

struct Destroy {
  void operator()(liq_attr* attributes) const noexcept { liq_attr_destroy(attributes); }
  void operator()(liq_image* image) const noexcept { liq_image_destroy(image); }
  void operator()(liq_result* result) const noexcept { liq_result_destroy(result); }
};

void check(liq_error error) {
  if (error != LIQ_OK) throw std::runtime_error("libimagequant failed with error " + std::to_string(error));
}

/// Palette and remapped image of one run; `indices` has a byte for each pixel.
liq_palette quantize(const std::vector<std::uint8_t>& rgba, int width_px, int height_px, std::uint32_t k, int speed,
                     std::vector<std::uint8_t>& indices) {
  const std::unique_ptr<liq_attr, Destroy> attributes(liq_attr_create());
  if (!attributes) throw std::runtime_error("libimagequant does not run on this machine");
  check(liq_set_max_colors(attributes.get(), static_cast<int>(k)));
  check(liq_set_speed(attributes.get(), speed));
  check(liq_set_quality(attributes.get(), 0, 100));
  const std::unique_ptr<liq_image, Destroy> image(
      liq_image_create_rgba(attributes.get(), rgba.data(), width_px, height_px, 0));
  if (!image) throw std::runtime_error("libimagequant refused the image");
  liq_result* raw_result = nullptr;
  check(liq_image_quantize(image.get(), attributes.get(), &raw_result));
  const std::unique_ptr<liq_result, Destroy> result(raw_result);
  check(liq_set_dithering_level(result.get(), 0));
  check(liq_write_remapped_image(result.get(), image.get(), indices.data(), indices.size()));
  // Remapping improves the palette, so it is asked for last.
  return *liq_get_palette(result.get());
}

}  // namespace

bool ImagequantPeer::available() { return true; }

std::string ImagequantPeer::version() { return LIQ_VERSION_STRING; }

void ImagequantPeer::set_threads(std::uint32_t threads) {
#ifdef _OPENMP
  omp_set_num_threads(static_cast<int>(threads));
#endif
  // From version 4 on it is written in Rust and asks Rayon.
  setenv("RAYON_NUM_THREADS", std::to_string(threads).c_str(), 1);
}

ImagequantPeer::ImagequantPeer(const Image& image)
    : width_px_(static_cast<int>(image.width_px())), height_px_(static_cast<int>(image.height_px())) {
  rgba_.reserve(image.size_bytes() / 3 * 4);
  const std::span<const std::byte> samples = image.samples();
  for (std::size_t i = 0; i < samples.size(); i += 3) {
    for (std::size_t channel = 0; channel < 3; ++channel)
      rgba_.push_back(std::to_integer<std::uint8_t>(samples[i + channel]));
    rgba_.push_back(255);
  }
}

Elapsed ImagequantPeer::run(std::uint32_t k, int speed, PaletteImage& result) const {
  std::vector<std::uint8_t> indices(rgba_.size() / 4);
  liq_palette palette;
  const Elapsed elapsed = elapsed_in([&] { palette = quantize(rgba_, width_px_, height_px_, k, speed, indices); });
  result.palette.clear();
  for (unsigned int i = 0; i < palette.count; ++i)
    result.palette.push_back({palette.entries[i].r, palette.entries[i].g, palette.entries[i].b});
  result.indices.assign(indices.begin(), indices.end());
  return elapsed;
}

}  // namespace vqi::bench
