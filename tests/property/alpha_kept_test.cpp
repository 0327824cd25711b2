// Opaque pixels stay opaque and transparent ones transparent, whatever the method and however few the codewords.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "test_images.hpp"
#include "vqi/vqi.hpp"

namespace {

/// Soft discs of several colours on a transparent ground: edges four pixels wide, as of icons.
vqi::Image make_sprite(std::uint32_t side, std::uint32_t channels, std::uint32_t depth) {
  vqi::Image image(side, side, channels, depth);
  const std::uint32_t scale = depth == 16 ? 257 : 1;
  for (std::uint32_t y = 0; y < side; ++y)
    for (std::uint32_t x = 0; x < side; ++x) {
      const double across = x % 24 - 11.5;
      const double down = y % 24 - 11.5;
      const double cover = std::clamp((10 - std::hypot(across, down)) / 4, 0.0, 1.0);
      for (std::uint32_t c = 0; c < channels; ++c) {
        const std::uint32_t colour = (x / 24 * 70 + y / 24 * 50 * c + 3 * x + y) % 256;
        const std::uint32_t value =
            (c + 1 < channels ? colour : static_cast<std::uint32_t>(std::lround(255 * cover))) * scale;
        const std::size_t at = std::size_t{x} * channels + c;
        if (depth == 16)
          image.row16(y)[at] = static_cast<std::uint16_t>(value);
        else
          image.row(y)[at] = static_cast<std::byte>(value);
      }
    }
  return image;
}

std::uint32_t alpha_at(const vqi::Image& image, std::uint32_t x, std::uint32_t y) {
  const std::size_t at = std::size_t{x} * image.channels() + image.channels() - 1;
  return image.bit_depth() == 16 ? image.row16(y)[at] : std::to_integer<std::uint32_t>(image.row(y)[at]);
}

void check_alpha_kept(const vqi::Image& image, const vqi::EncodeOptions& options) {
  const vqi::Image decoded = vqi::decode(vqi::encode(image, options).bytes);
  const std::uint32_t most = image.bit_depth() == 16 ? 65535 : 255;
  std::uint64_t changed = 0;
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::uint32_t x = 0; x < image.width_px(); ++x) {
      const std::uint32_t alpha = alpha_at(image, x, y);
      if ((alpha == 0 || alpha == most) && alpha_at(decoded, x, y) != alpha) ++changed;
    }
  CHECK(changed == 0);
}

}  // namespace

TEST_CASE("pixels of alpha 0 and of full alpha keep it at every K from 2 on, by every method") {
  for (const auto& [channels, depth] : {std::pair{4U, 8U}, {2U, 8U}, {4U, 16U}}) {
    const vqi::Image sprite = make_sprite(96, channels, depth);
    for (const std::uint32_t k : {2U, 3U, 4U, 8U, 20U})
      for (const vqi::Method method : {vqi::Method::kmeans, vqi::Method::ecvq, vqi::Method::em, vqi::Method::anneal}) {
        INFO("channels " << channels << ", depth " << depth << ", k " << k << ", method " << static_cast<int>(method));
        vqi::EncodeOptions options;
        options.k = k;
        options.method = method;
        check_alpha_kept(sprite, options);
        if (method != vqi::Method::ecvq) continue;
        for (const double lambda : {100.0, 1e4, 1e10}) {
          options.lambda = lambda;
          check_alpha_kept(sprite, options);
        }
      }
  }
}
