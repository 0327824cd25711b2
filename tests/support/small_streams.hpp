// Streams under a kilobyte, of many types, as encode writes them today.
#pragma once

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

#include "test_images.hpp"
#include "vqi/codec.hpp"

namespace vqi::test {
using namespace detail;

/// A stream, and a name that says what it holds.
struct SmallStream {
  std::string name;
  std::vector<std::byte> bytes;
};

/// Streams of both codings that vary in depth, channels, K and block, all with metadata.
inline std::vector<SmallStream> small_streams() {
  std::vector<SmallStream> streams;
  for (const auto& [channels, depth, k, block] :
       {std::tuple{1U, 8U, 2U, 1U}, {3U, 8U, 16U, 1U}, {3U, 8U, 100U, 1U}, {4U, 16U, 5U, 2U}, {2U, 8U, 1U, 1U}}) {
    Image image = make_image(21, 13, channels, depth, Content::smooth);
    image.metadata().gamma = 45455;
    image.metadata().icc_profile = IccProfile{"name", std::vector<std::byte>(9, std::byte{7})};
    EncodeOptions options;
    options.k = k;
    options.block_width_px = options.block_height_px = block;
    for (const Coding coding : {Coding::packed, Coding::entropy}) {
      options.coding = coding;
      const std::string name = coding == Coding::packed ? "packed" : "entropy";
      streams.push_back({name + ", K = " + std::to_string(k), encode(image, options).bytes});
    }
  }
  return streams;
}

}  // namespace vqi::test
