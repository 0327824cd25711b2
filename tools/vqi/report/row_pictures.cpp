// Decodes each row's stream while it is in memory.
#include "row_pictures.hpp"

#include <algorithm>
#include <string_view>

#include "vqi/image_io.hpp"

namespace vqi::tool {
namespace {

constexpr std::uint32_t most_tiles = 1024;  // nobody reads more swatches on a page

}  // namespace

RowPictures::RowPictures(const std::string& name, const ImageView& image, std::size_t row_count,
                         std::uint64_t max_pixels)
    : rows_(row_count) {
  image_.name = name;
  image_.width_px = image.width_px;
  image_.height_px = image.height_px;
  image_.channels = image.channels;
  image_.bit_depth = image.bit_depth;
  image_.window = picture_window(image.width_px, image.height_px, max_pixels);
  image_.picture = write_image_bytes(cut_out(image, image_.window), ".png");
}

void RowPictures::add(std::size_t number, const SweepRow& row, std::span<const std::byte> bytes) {
  // No limits are needed: the sweep made this stream from an image that is in memory and was checked.
  DecodeLimits limits;
  limits.max_pixels = std::uint64_t{image_.width_px} * image_.height_px;
  limits.max_side_px = std::max(image_.width_px, image_.height_px);
  RunOptions run;
  run.max_memory_bytes = std::uint64_t{1} << 62;
  run.threads = 1;  // other rows use the other threads
  const IndexedImage indexed = decode_indexed(bytes, limits, run);
  rows_.at(number) = {decoded_png(indexed, bytes, image_.window, limits, run),
                      codebook_tiles(indexed, row.report.k, most_tiles)};
}

}  // namespace vqi::tool
