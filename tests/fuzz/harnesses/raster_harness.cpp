// Harness: hostile BMP, GIF and Netpbm files are read or refused, and what is whole is the same where pixels may be
// lost.
#include "bmp_builder.hpp"
#include "bmp_reader.hpp"
#include "gif_builder.hpp"
#include "gif_reader.hpp"
#include "harness.hpp"
#include "image_tools.hpp"
#include "netpbm_reader.hpp"
#include "promises.hpp"
#include "stream_limits.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

bool same_samples(const Image& one, const Image& other) {
  return one.channels() == other.channels() && one.bit_depth() == other.bit_depth() &&
         std::equal(one.samples().begin(), one.samples().end(), other.samples().begin(), other.samples().end());
}

bool run(std::span<const std::byte> input) {
  if (!is_bmp(input) && !is_gif(input) && !is_netpbm(input)) return false;
  const auto info = accepted(input.size(), [&] { return inspect_image(input); });
  const auto read_as = [&](Damage damage) {
    return accepted(input.size(), [&] { return read_image(input, {small_limits(), damage, 1}, small_run()); });
  };
  const auto salvaged = read_as(Damage::salvage);
  const auto read = read_as(Damage::refuse_lost_pixels);
  if (read_as(Damage::refuse_any)) promise(read.has_value(), "what has no damage is read");
  if (!read) return false;
  promise(info && salvaged, "what is read can be looked at and salvaged");
  const Image& image = read->image;
  promise(image.width_px() == info->width_px && image.height_px() == info->height_px, "the size is the one foretold");
  promise(image.channels() <= info->channels && image.bit_depth() <= info->bit_depth, "so are channels and depth");
  promise(!read->lost_pixels && !salvaged->lost_pixels, "nothing is lost of what is whole");
  promise(same_samples(image, salvaged->image), "salvaging changes nothing of what is whole");
  promise(read->sample_bits >= 1 && read->sample_bits <= 16, "samples have 1 to 16 bits");
  return true;
}

void add_bmps(std::vector<Bytes>& seeds) {
  using testing::BmpBuilder;
  using testing::bytes_from;
  using testing::four_colours;
  using testing::words_of;
  for (const BmpBuilder& bmp : {
           BmpBuilder{.width_px = 2, .height_px = 2, .pixels = Bytes(16)},
           BmpBuilder{.info_bytes = 12, .width_px = 2, .bits = 4, .behind_header = Bytes(48), .pixels = Bytes(4)},
           BmpBuilder{.width_px = 9, .bits = 1, .behind_header = Bytes(8), .pixels = Bytes(4)},
           BmpBuilder{.width_px = 3, .bits = 16, .pixels = Bytes(8)},
           BmpBuilder{.width_px = 1,
           .bits = 32,
           .compression = 3,
           .behind_header = words_of({7, 0xFF00, 0xFF0000}),
           .pixels = words_of({0x12345678})},
           BmpBuilder{.info_bytes = 124,
           .width_px = 1,
           .height_px = -1,
           .bits = 32,
           .compression = 3,
           .fields = {{40, 0xFF0000}, {44, 0xFF00}, {48, 0xFF}, {52, 0xFF000000}, {56, 0x73524742}},
           .pixels = words_of({0x12345678})},
           BmpBuilder{.width_px = 5,
           .height_px = 2,
           .bits = 8,
           .compression = 1,
           .colours_used = 4,
           .behind_header = four_colours(4),
           .pixels = bytes_from({2, 1, 0, 3, 0, 1, 2, 99, 0, 0, 3, 3, 0, 2, 1, 0, 1, 0, 0, 1})},
           BmpBuilder{.width_px = 5,
           .bits = 4,
           .compression = 2,
           .colours_used = 4,
           .behind_header = four_colours(4),
           .pixels = bytes_from({2, 0x12, 0, 3, 0x01, 0x20, 0, 1})},
           BmpBuilder{
               .info_bytes = 64, .width_px = 3, .bits = 24, .compression = 4, .pixels = bytes_from({3, 1, 2, 3, 0, 1})},
           BmpBuilder{.width_px = 3,
           .height_px = 2,
           .bits = 0,
           .compression = 5,
           .pixels = write_image_bytes(testing::gradient_image(3, 2, 3, 8), ".png")},
       })
    seeds.push_back(bmp.build());
  Bytes array = testing::bytes_of("BA");
  testing::append(array, words_of({26, 0, 0}));
  testing::append(array, BmpBuilder{.info_bytes = 12, .pixels = Bytes(4), .pixel_offset = 40}.build());
  seeds.push_back(array);
}

std::vector<Bytes> make_seeds() {
  using testing::gif_data;
  using testing::GifBuilder;
  std::vector<Bytes> seeds;
  add_bmps(seeds);
  const std::vector<std::uint32_t> colours{0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF};
  seeds.push_back(
      GifBuilder(3, 9, colours).control(0, 1).image(0, 0, 3, 9, gif_data(testing::GifIndices(27, 1), 2), true).build());
  seeds.push_back(GifBuilder(2, 1, {}, "GIF87a")
                      .image(0, 0, 2, 1, gif_data({2, 3}, 2), false, colours)
                      .control(3, 0)
                      .application("ICCRGBG1012", testing::icc_profile("RGB "))
                      .image(1, 0, 2, 2, gif_data({0, 1, 2, 3}, 8), false, colours)
                      .build());
  for (const std::string_view text :
       {"P1\n# a comment\n3 2\n101\n0 1 0\n", "P2 2 2 99 0 9 10 99\n", "P3 1 1 1000 1 2 1000", "P4 9 1\nAB",
        "P5\n2 1\n65535\nABCD", "P6 1 1 255\nABCP6 1 1 255\nabc",
        "P7\nWIDTH 1\nHEIGHT 2\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\nabcdefgh"})
    seeds.push_back(testing::bytes_of(text));
  return seeds;
}

}  // namespace

const Harness raster_harness{"raster", run, make_seeds, 4096, nullptr, 400};

}  // namespace vqi::fuzz
