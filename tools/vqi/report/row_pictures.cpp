// What a report shows of one image and its rows, collected while a sweep makes them.
#include "row_pictures.hpp"

#include <algorithm>
#include <string_view>

#include "vqi/image_io.hpp"

namespace vqi::tool {
namespace {

constexpr std::uint32_t most_tiles = 1024;  // a page of more swatches tells no more

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
  // The stream is our own, of an image that is in memory already: its limits have been looked at.
  DecodeLimits limits;
  limits.max_pixels = std::uint64_t{image_.width_px} * image_.height_px;
  limits.max_side_px = std::max(image_.width_px, image_.height_px);
  RunOptions run;
  run.max_memory_bytes = std::uint64_t{1} << 62;
  run.threads = 1;  // other rows have the other threads
  const IndexedImage indexed = decode_indexed(bytes, limits, run);
  rows_.at(number) = {decoded_png(indexed, bytes, image_.window, limits, run),
                      codebook_tiles(indexed, row.report.k, most_tiles)};
}

}  // namespace vqi::tool
