// Copies blocks as the encoder and the decoder copy those of images; checks codebooks.
#include "codebook_image.hpp"

#include <numeric>
#include <string>
#include <vector>

#include "vqi/error.hpp"

namespace vqi {
namespace {

constexpr std::uint32_t block_side_max = 16;
constexpr std::uint32_t codewords_most = 65536;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_option, "the codebook " + what); }

}  // namespace

void validate(const Codebook& codebook) {
  const auto check_side = [](std::uint32_t side, const char* name) {
    if (side < 1 || side > block_side_max)
      refuse("has blocks of the " + std::string(name) + " " + std::to_string(side) + "; it must be 1 to 16");
  };
  check_side(codebook.block_width_px, "width");
  check_side(codebook.block_height_px, "height");
  const Image& image = codebook.codewords;
  if (image.width_px() == 0 || image.width_px() % codebook.block_width_px != 0 ||
      image.height_px() != codebook.block_height_px || codebook.size() > codewords_most)
    refuse("is an image of " + std::to_string(image.width_px()) + "x" + std::to_string(image.height_px()) +
           " pixels; it must be 1 to 65536 blocks side by side");
}

}  // namespace vqi

namespace vqi::detail {

Image codebook_image(const BlockGrid& type, const SampleArray& codewords) {
  const auto k = static_cast<std::uint32_t>(codewords.rows());
  const BlockGrid grid{k * type.block_width_px, type.block_height_px, type.channels,
                       type.bit_depth,          type.block_width_px,  type.block_height_px};
  std::vector<std::uint16_t> all(k);
  std::iota(all.begin(), all.end(), std::uint16_t{0});
  Image image(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
  scatter_codewords(grid, codewords.bytes().data(), all, 0, image.row(0), image.row_bytes());
  return image;
}

BlockGrid grid_of(const Codebook& codebook) noexcept {
  const Image& image = codebook.codewords;
  return {image.width_px(),  image.height_px(),       image.channels(),
          image.bit_depth(), codebook.block_width_px, codebook.block_height_px};
}

SampleArray codewords_of(const Codebook& codebook) {
  const BlockGrid grid = grid_of(codebook);
  SampleArray codewords(codebook.size(), grid.dimension(), grid.bit_depth);
  gather_vectors(codebook.codewords, grid, 0, codewords.bytes().data());
  return codewords;
}

}  // namespace vqi::detail
