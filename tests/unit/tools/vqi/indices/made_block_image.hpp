// made_block_image: a small index map with a codebook, for tests of the forms.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "block_image.hpp"

namespace vqi::test {

/// A map of the given width with codewords of one block; sample s of pixel i of codeword k is 10 k + 4 i + s. Alpha is
/// `alpha`.
inline tool::BlockImage made_block_image(std::uint32_t map_width, std::vector<std::uint16_t> indices, std::uint32_t k,
                                         std::uint32_t channels = 3, std::uint32_t block_width = 1,
                                         std::uint32_t block_height = 1, int alpha = 255) {
  IndexedImage indexed;
  indexed.map_width = map_width;
  indexed.map_height = static_cast<std::uint32_t>(indices.size()) / map_width;
  indexed.width_px = map_width * block_width;
  indexed.height_px = indexed.map_height * block_height;
  indexed.indices = std::move(indices);
  indexed.codebook = Image(k * block_width, block_height, channels, 8);
  for (std::uint32_t codeword = 0; codeword < k; ++codeword)
    for (std::uint32_t i = 0; i < block_width * block_height; ++i)
      for (std::uint32_t s = 0; s < channels; ++s) {
        const bool is_alpha = channels % 2 == 0 && s + 1 == channels;
        const std::uint32_t x = codeword * block_width + i % block_width;
        indexed.codebook.row(i / block_width)[x * channels + s] =
            static_cast<std::byte>(is_alpha ? static_cast<std::uint32_t>(alpha) : 10 * codeword + 4 * i + s);
      }
  return tool::block_image(std::move(indexed), k);
}

}  // namespace vqi::test
