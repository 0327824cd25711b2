// vqi_encode_buffer: encodes a buffer of RGB samples to a .vqi stream in memory, and decodes it again.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "vqi/vqi.hpp"

int main() {
  // Any buffer will do; this one holds a gradient of 320x200 pixels.
  constexpr std::uint32_t width = 320;
  constexpr std::uint32_t height = 200;
  std::vector<std::byte> samples;
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x)
      for (const std::uint32_t sample : {x * 255 / width, y * 255 / height, (x + y) * 255 / (width + height)})
        samples.push_back(static_cast<std::byte>(sample));

  vqi::ImageView view;
  view.samples = samples.data();
  view.width_px = width;
  view.height_px = height;
  view.channels = 3;
  view.stride_bytes = std::size_t{width} * 3;

  try {
    vqi::EncodeOptions options;
    options.k = 64;
    const vqi::Encoded encoded = vqi::encode(view, options);
    const vqi::Image decoded = vqi::decode(encoded.bytes);
    const vqi::Distortion distortion = vqi::measure_distortion(view, decoded);
    std::printf("%zu bytes, ratio %.2f, ", encoded.bytes.size(), encoded.report.ratio);
    if (distortion.psnr_db) {
      std::printf("PSNR %.2f dB\n", *distortion.psnr_db);
    } else {
      std::puts("lossless");
    }
  } catch (const vqi::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
