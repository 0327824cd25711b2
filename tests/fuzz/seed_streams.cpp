// The images and options that seeds are encoded with.
#include "seed_streams.hpp"

#include <array>
#include <memory>
#include <optional>

#include "loose_stream.hpp"
#include "test_images.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

using test::Content;

struct SeedImage {
  std::uint32_t width_px;
  std::uint32_t height_px;
  std::uint32_t channels;
  std::uint32_t bit_depth;
  Content content;
  std::uint32_t k;
  std::uint32_t block_width_px;
  std::uint32_t block_height_px;
};

constexpr std::array seed_images{
    SeedImage{3, 2, 1, 8, Content::smooth, 3, 1, 1},     SeedImage{9, 7, 3, 8, Content::smooth, 16, 1, 1},
    SeedImage{21, 13, 3, 8, Content::noise, 100, 1, 1},  SeedImage{11, 5, 4, 8, Content::smooth, 7, 3, 2},
    SeedImage{17, 16, 2, 8, Content::noise, 40, 1, 1},   SeedImage{8, 9, 1, 16, Content::noise, 33, 2, 1},
    SeedImage{12, 12, 4, 16, Content::smooth, 12, 5, 5}, SeedImage{40, 30, 3, 16, Content::few_colours, 256, 1, 1},
    SeedImage{70, 60, 3, 8, Content::smooth, 9, 16, 16}, SeedImage{64, 64, 1, 8, Content::few_colours, 65536, 1, 1},
    SeedImage{1, 1, 1, 8, Content::flat, 1, 1, 1},       SeedImage{512, 300, 1, 8, Content::flat, 1, 1, 1},
};

/// Small maps that a context model still makes smaller, with plain and with coded codebooks.
constexpr std::array coded_images{
    SeedImage{9, 7, 3, 8, Content::smooth, 16, 1, 1},    SeedImage{33, 21, 3, 8, Content::few_colours, 40, 1, 1},
    SeedImage{24, 18, 4, 16, Content::smooth, 30, 2, 3}, SeedImage{40, 25, 1, 8, Content::noise, 5, 1, 1},
    SeedImage{300, 2, 2, 16, Content::smooth, 2, 1, 1},
};

Bytes encode_seed(const SeedImage& seed, bool with_metadata, Coding coding, std::optional<Model> model = {}) {
  Image image = test::make_image(seed.width_px, seed.height_px, seed.channels, seed.bit_depth, seed.content);
  if (with_metadata) {
    ColourMetadata& metadata = image.metadata();
    metadata.gamma = 45455;
    metadata.chromaticities = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};
    metadata.srgb_intent = std::uint8_t{1};
    metadata.icc_profile = IccProfile{"name", Bytes(9, std::byte{7})};
    metadata.density = PixelDensity{2835, 2835, 1};
  }
  EncodeOptions options;
  options.k = seed.k;
  options.block_width_px = seed.block_width_px;
  options.block_height_px = seed.block_height_px;
  options.coding = coding;
  options.model = model;
  return encode(image, options, {.threads = 1}).bytes;
}

/// A stream without its codebook, which all that decode refuse.
Bytes detached_stream() {
  const Image image = test::make_image(15, 12, 3, 8, Content::smooth);
  EncodeOptions options;
  options.codebook = std::make_shared<const Codebook>(Codebook{1, 1, test::make_image(30, 1, 3, 8, Content::noise)});
  options.detach = true;
  return encode(image, options, {.threads = 1}).bytes;
}

}  // namespace

std::vector<Bytes> make_seed_streams() {
  std::vector<Bytes> streams;
  for (std::size_t i = 0; i < seed_images.size(); ++i)
    streams.push_back(encode_seed(seed_images[i], i % 3 == 1, Coding::packed));
  for (const SeedImage& image : coded_images)
    for (const Model model : {Model::fast, Model::balanced, Model::max})
      streams.push_back(encode_seed(image, false, Coding::entropy, model));
  streams.push_back(detached_stream());
  // A skippable section that no version knows.
  LooseStream parts = split_stream(streams.front()).value();
  parts.sections.insert(
      parts.sections.begin(),
      LooseSection{{std::byte{'t'}, std::byte{'e'}, std::byte{'S'}, std::byte{'t'}}, 1, Bytes(5, std::byte{3})});
  streams.push_back(join_stream(std::move(parts)));
  return streams;
}

}  // namespace vqi::fuzz
