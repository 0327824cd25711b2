// Harness: hostile TIFF files are read or refused; what is read is the same with salvage, and is written and read
// again.
#include "byte_tools.hpp"
#include "harness.hpp"
#include "image_tools.hpp"
#include "promises.hpp"
#include "stream_limits.hpp"
#include "tiff_builder.hpp"
#include "tiff_reader.hpp"
#include "tiff_writer.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

bool is_same(const Image& left, const Image& right) {
  return left.width_px() == right.width_px() && left.channels() == right.channels() &&
         left.bit_depth() == right.bit_depth() &&
         std::equal(left.samples().begin(), left.samples().end(), right.samples().begin(), right.samples().end());
}

bool run(std::span<const std::byte> input) {
  if (!is_tiff(input)) return false;
  static_cast<void>(accepted(input.size(), [&] { return inspect_tiff(input); }));
  const auto read = accepted(input.size(), [&] { return read_tiff(input, {small_limits()}, small_run()); });
  const auto salvaged = accepted(input.size(), [&] {
    return read_tiff(input, {.limits = small_limits(), .damage = Damage::salvage}, small_run());
  });
  if (salvaged) promise(salvaged->lost_pixels != read.has_value(), "pixels are lost where reading is refused");
  if (!read) return false;
  promise(salvaged && is_same(read->image, salvaged->image), "salvage gives what reading gives");
  promise(read->sample_bits >= 1 && read->sample_bits <= 16, "a sample has 1 to 16 bits");
  const Bytes written = write_tiff(read->image, ".tif", small_run());
  promise(is_same(read->image, read_tiff(written, {small_limits()}, small_run()).image), "samples are kept");
  return true;
}

using Samples = std::vector<std::uint32_t>;

/// Files of one strip of each kind of colour.
std::vector<testing::TiffBuilder> kinds() {
  using testing::TiffBuilder;
  std::vector<TiffBuilder> builders;
  for (const bool is_big_endian : {false, true}) {
    builders.push_back(TiffBuilder(2, 2, 4, 8, Samples(16, 7), is_big_endian).set_short(338, {1}).set_short(274, {5}));
    builders.push_back(TiffBuilder(2, 2, 1, 12, {1, 2, 3, 4}, is_big_endian).set_bytes(34675, Bytes(200)));
    builders.push_back(TiffBuilder(2, 2, 3, 16, Samples(12, 999), is_big_endian).set_rational(282, 300, 1));
    builders.push_back(
        TiffBuilder(8, 1, 1, 8, {0xA5}, is_big_endian).set_short(258, {1}).set_short(262, {0}).set_short(266, {2}));
    builders.push_back(TiffBuilder(4, 1, 1, 8, {0x1B}, is_big_endian)
                           .set_short(258, {2})
                           .set_short(262, {3})
                           .set_short(320, Samples(12, 9)));
    builders.push_back(TiffBuilder(1, 2, 5, 8, Samples(10, 50), is_big_endian).set_short(262, {5}).set_short(338, {2}));
    builders.push_back(TiffBuilder(2, 2, 3, 8, {1, 2, 3, 4, 128, 128}, is_big_endian).set_short(262, {6}));
    builders.push_back(TiffBuilder(2, 2, 3, 8, Samples(12, 90), is_big_endian).set_short(262, {8}));
    builders.push_back(TiffBuilder(1, 1, 3, 8, Samples(3, 9), is_big_endian)
                           .set_short(284, {2})
                           .set_longs(273, {8, 9, 10})
                           .set_longs(279, {1, 1, 1}));
    builders.push_back(TiffBuilder(3, 1, 1, 8, {253, 7, 253, 9}, is_big_endian).set_short(259, {32773}));
    builders.push_back(TiffBuilder(16, 16, 1, 8, Samples(256, 3), is_big_endian)
                           .remove(278)
                           .set_short(322, {16})
                           .set_short(323, {16})
                           .set_long(324, 8)
                           .set_long(325, 256));
  }
  return builders;
}

std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  const std::vector<testing::TiffBuilder> builders = kinds();
  for (const testing::TiffBuilder& builder : builders) seeds.push_back(builder.build());
  seeds.push_back(testing::TiffBuilder::build_pages({&builders[0], &builders[1], &builders[2]}));
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U})
      seeds.push_back(write_tiff(testing::gradient_image(12, 7, channels, depth), ".tif", {}));
  // Compressions other than Deflate, whose strips are noise at first.
  for (const std::uint32_t compression : {2U, 3U, 4U, 5U, 6U, 7U, 32809U, 32766U, 34661U, 34925U, 50000U, 50001U})
    seeds.push_back(testing::TiffBuilder(16, 8, 1, 8, Samples(64, 0x35)).set_short(259, {compression}).build());
  return seeds;
}

}  // namespace

const Harness tiff_harness{"tiff", run, make_seeds, 4096, nullptr};

}  // namespace vqi::fuzz
