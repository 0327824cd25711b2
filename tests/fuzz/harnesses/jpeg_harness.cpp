// Harness: hostile JPEG files are read or refused, and the same pixels come out under each rule for damage.
#include "byte_tools.hpp"
#include "harness.hpp"
#include "jpeg_fixture.hpp"
#include "jpeg_reader.hpp"
#include "picture_check.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

bool run(std::span<const std::byte> input) { return is_jpeg(input) && check_picture(input, read_jpeg); }

/// Files of every colour space and coding, and one with an orientation and a profile.
std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  for (const J_COLOR_SPACE stored : {JCS_GRAYSCALE, JCS_YCbCr, JCS_RGB, JCS_CMYK, JCS_YCCK})
    for (const bool is_progressive : {false, true})
      seeds.push_back(testing::jpeg_gradient(19, 13, {.stored = stored, .is_progressive = is_progressive}));
  seeds.push_back(testing::jpeg_gradient(40, 13, {.restart_interval = 1}));
  seeds.push_back(testing::jpeg_gradient(19, 13, {.is_interleaved = false}));
  seeds.push_back(testing::jpeg_gradient(19, 13, {.is_arithmetic = true}));
  Bytes exif = testing::bytes_of({"Exif\0\0", 6});
  testing::append(exif, testing::exif_block(6));
  Bytes profile = testing::bytes_of({"ICC_PROFILE\0\1\1", 14});
  testing::append(profile, testing::icc_profile("RGB "));
  seeds.push_back(testing::with_jpeg_segment(testing::with_jpeg_segment(seeds[2], 0xE1, exif), 0xE2, profile));
  return seeds;
}

}  // namespace

const Harness jpeg_harness{"jpeg", run, make_seeds, 4096, nullptr};

}  // namespace vqi::fuzz
