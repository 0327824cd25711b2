// Calls libimagequant.
#include "imagequant_peer.hpp"

#include <libimagequant.h>

#include <algorithm>
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
liq_palette quantize(const Image& rgba, std::uint32_t k, int speed, std::vector<std::uint8_t>& indices) {
  const std::unique_ptr<liq_attr, Destroy> attributes(liq_attr_create());
  if (!attributes) throw std::runtime_error("libimagequant does not run on this machine");
  check(liq_set_max_colors(attributes.get(), static_cast<int>(k)));
  check(liq_set_speed(attributes.get(), speed));
  check(liq_set_quality(attributes.get(), 0, 100));
  const std::unique_ptr<liq_image, Destroy> image(liq_image_create_rgba(attributes.get(), rgba.samples().data(),
                                                                        static_cast<int>(rgba.width_px()),
                                                                        static_cast<int>(rgba.height_px()), 0));
  if (!image) throw std::runtime_error("libimagequant refused the image");
  liq_result* raw_result = nullptr;
  check(liq_image_quantize(image.get(), attributes.get(), &raw_result));
  const std::unique_ptr<liq_result, Destroy> result(raw_result);
  check(liq_set_dithering_level(result.get(), 0));
  check(liq_write_remapped_image(result.get(), image.get(), indices.data(), indices.size()));
  // Remapping improves the palette, so the palette is read afterwards.
  return *liq_get_palette(result.get());
}

}  // namespace

bool ImagequantPeer::available() { return true; }

std::string ImagequantPeer::version() { return LIQ_VERSION_STRING; }

void ImagequantPeer::set_threads(std::uint32_t threads) {
#ifdef _OPENMP
  omp_set_num_threads(static_cast<int>(threads));
#endif
  // Since version 4 it is written in Rust, and takes its threads from Rayon.
  setenv("RAYON_NUM_THREADS", std::to_string(threads).c_str(), 1);
}

ImagequantPeer::ImagequantPeer(const Image& image) : rgba_(image.width_px(), image.height_px(), 4, 8) {
  const std::byte* rgb = image.samples().data();
  std::byte* rgba = rgba_.samples().data();
  for (const std::byte* const end = rgb + image.size_bytes(); rgb != end; rgb += 3, rgba += 4) {
    std::copy_n(rgb, 3, rgba);
    rgba[3] = std::byte{255};
  }
}

Elapsed ImagequantPeer::run(std::uint32_t k, int speed, PaletteImage& result) const {
  std::vector<std::uint8_t> indices(rgba_.size_bytes() / 4);
  liq_palette palette;
  const Elapsed elapsed = elapsed_in([&] { palette = quantize(rgba_, k, speed, indices); });
  result.palette.clear();
  for (unsigned int i = 0; i < palette.count; ++i)
    result.palette.push_back({palette.entries[i].r, palette.entries[i].g, palette.entries[i].b});
  result.indices.assign(indices.begin(), indices.end());
  return elapsed;
}

}  // namespace vqi::bench
