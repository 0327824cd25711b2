// Harness: hostile WebP files are read or refused, and the same pixels come out under each rule for damage.
#include "harness.hpp"
#include "image_tools.hpp"
#include "picture_check.hpp"
#include "webp_fixture.hpp"
#include "webp_reader.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

bool run(std::span<const std::byte> input) { return is_webp(input) && check_picture(input, read_webp); }

/// Lossy and lossless files, with and without alpha, a profile and an orientation, and an animation.
std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  for (const std::uint32_t channels : {3U, 4U})
    for (const bool is_lossless : {false, true})
      seeds.push_back(testing::write_webp_fixture(testing::gradient_image(19, 13, channels, 8), is_lossless));
  seeds.push_back(testing::extended_webp(seeds[1], 0x20, 19, 13, "ICCP", testing::icc_profile("RGB ")));
  seeds.push_back(testing::extended_webp(seeds[0], 0x08, 19, 13, "EXIF", testing::exif_block(6)));
  seeds.push_back(testing::animated_webp(19, 13, {seeds[2], seeds[3]}));
  return seeds;
}

}  // namespace

const Harness webp_harness{"webp", run, make_seeds, 4096, nullptr};

}  // namespace vqi::fuzz
