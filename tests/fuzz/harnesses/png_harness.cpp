// Harness: what the PNG reader accepts of hostile files can be written and read again unchanged.
#include "byte_tools.hpp"
#include "harness.hpp"
#include "png_fixture.hpp"
#include "png_mutator.hpp"
#include "png_reader.hpp"
#include "png_writer.hpp"
#include "promises.hpp"
#include "stream_limits.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

bool run(std::span<const std::byte> input) {
  if (!is_png(input)) return false;
  const auto read = accepted(input.size(), [&] { return read_png(input, {small_limits()}, small_run()); });
  if (!read) return false;
  const Image& image = read->image;
  promise(image.width_px() > 0 && image.height_px() > 0, "an image has pixels");
  const Bytes written = write_png(image);
  const ReadImage again = read_png(written, {small_limits()}, small_run());
  promise(again.image.channels() == image.channels() && again.image.bit_depth() == image.bit_depth(),
          "channels and depth are kept");
  promise(std::equal(image.samples().begin(), image.samples().end(), again.image.samples().begin(),
                     again.image.samples().end()),
          "samples are kept");
  return true;
}

/// PNG files of every colour type and depth, interlaced or not, with and without tRNS, and one with metadata.
std::vector<Bytes> make_seeds() {
  struct Kind {
    int colour_type;
    int bit_depth;
    bool can_have_transparency;
  };
  std::vector<Bytes> seeds;
  for (const Kind& kind : {Kind{0, 1, true},
                           {0, 2, true},
                           {0, 4, true},
                           {0, 8, true},
                           {0, 16, true},
                           {2, 8, true},
                           {2, 16, true},
                           {3, 1, true},
                           {3, 2, true},
                           {3, 4, true},
                           {3, 8, true},
                           {4, 8, false},
                           {4, 16, false},
                           {6, 8, false},
                           {6, 16, false}})
    for (const bool is_interlaced : {false, true})
      for (const bool has_transparency : {false, true})
        if (kind.can_have_transparency || !has_transparency)
          seeds.push_back(testing::write_fixture(
              testing::make_png_fixture(kind.colour_type, kind.bit_depth, is_interlaced, has_transparency, 9, 5)));
  Image image(4, 3, 3, 8);
  std::fill(image.samples().begin(), image.samples().end(), std::byte{9});
  image.metadata().gamma = 45455;
  image.metadata().chromaticities = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};
  image.metadata().srgb_intent = std::uint8_t{1};
  image.metadata().icc_profile = IccProfile{"name", testing::icc_profile("RGB ")};
  image.metadata().density = PixelDensity{2835, 2835, 1};
  seeds.push_back(write_png(image));
  return seeds;
}

}  // namespace

const Harness png_harness{"png", run, make_seeds, 4096, mutate_png};

}  // namespace vqi::fuzz
