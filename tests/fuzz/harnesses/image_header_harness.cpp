// Harness: hostile headers of Sun raster files and EXIF blocks are read or refused.
#include "byte_tools.hpp"
#include "exif.hpp"
#include "harness.hpp"
#include "promises.hpp"
#include "sun_raster_reader.hpp"
#include "vqi/image_io.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

bool run(std::span<const std::byte> input) {
  const Exif exif = read_exif(input);
  promise(exif.orientation >= 1 && exif.orientation <= 8, "an EXIF orientation is 1 to 8");
  promise(!exif.density || (exif.density->x > 0 && exif.density->y > 0), "a density is not 0");
  if (!is_sun_raster(input)) return false;
  const auto read = accepted(input.size(), [&] { return inspect_sun_raster(input); });
  if (!read) return false;
  promise(read->width_px > 0 && read->height_px > 0, "a header has a size");
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
