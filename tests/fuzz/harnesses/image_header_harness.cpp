// Harness: hostile headers of Sun raster files and EXIF blocks are read or refused.
#include "image_header.hpp"

#include "byte_tools.hpp"
#include "crc32c.hpp"
#include "exif_orientation.hpp"
#include "harness.hpp"
#include "image_tools.hpp"
#include "promises.hpp"
#include "random.hpp"
#include "sample_copy.hpp"
#include "vqi/image_io.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

/// Promises that what a decoder may return for such a header becomes an image of its size, whatever the samples.
void copy_decoded(const ImageHeader& header, std::uint64_t seed) {
  constexpr std::uint32_t side_px_max = 64;
  if (header.width_px > side_px_max || header.height_px > side_px_max) return;
  Random random(seed);
  for (const std::uint32_t channels : {1U, 3U, 4U})
    for (const std::uint32_t bit_depth : {8U, 16U}) {
      if (channels > header.channels || bit_depth > header.bit_depth) continue;
      const std::size_t stride = std::size_t{header.width_px} * channels * (bit_depth / 8);
      Bytes samples(stride * header.height_px);
      for (std::byte& sample : samples) sample = static_cast<std::byte>(random.below(256));
      const Image image =
          copy_samples({samples.data(), header.width_px, header.height_px, channels, bit_depth, stride}, header);
      promise(std::uint64_t{image.width_px()} * image.height_px() == std::uint64_t{header.width_px} * header.height_px,
              "an upright image has the pixels of the stored one");
    }
}

bool run(std::span<const std::byte> input) {
  const std::uint32_t orientation = read_exif_orientation(input);
  promise(orientation >= 1 && orientation <= 8, "an EXIF orientation is 1 to 8");
  if (!has_image_signature(input)) return false;
  const auto read = accepted(input.size(), [&] { return read_image_header(input); });
  if (!read) return false;
  const ImageHeader& header = *read;
  promise(!header.format.empty() && header.width_px > 0 && header.height_px > 0, "a header has a format and a size");
  promise(header.channels >= 1 && header.channels <= 4, "a header has 1 to 4 channels");
  promise(header.bit_depth == 8 || header.bit_depth == 16, "a header has 8 or 16 bits");
  promise(header.orientation >= 1 && header.orientation <= 8, "an orientation is 1 to 8");
  promise(header.min_file_bytes <= 4096, "a file is filled up by a little only");
  for (const BytePatch& patch : header.patches)
    promise(patch.offset < std::max(input.size(), header.min_file_bytes), "a patch lies in the file");
  copy_decoded(header, crc32c(input));
  return true;
}

Bytes sun_raster() {
  Bytes file;
  for (const std::uint32_t value : {0x59A66A95U, 2U, 1U, 24U, 6U, 1U, 0U, 0U}) testing::append_be(file, value, 4);
  testing::append(file, "abcdef");
  return file;
}

std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  const Bytes exif = testing::exif_block(6);
  seeds.push_back(exif);
  seeds.push_back(testing::exif_block(3, true));
  seeds.push_back(sun_raster());
  return seeds;
}

}  // namespace

const Harness image_header_harness{"image_header", run, make_seeds, 4096, nullptr};

}  // namespace vqi::fuzz
