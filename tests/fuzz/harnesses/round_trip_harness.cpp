// Harness: for images and options that a fuzzer makes up, encode's report is true of what decode returns.
#include <algorithm>
#include <set>
#include <string>

#include "block_grid.hpp"
#include "harness.hpp"
#include "input_reader.hpp"
#include "promises.hpp"
#include "random.hpp"
#include "test_images.hpp"
#include "vqi/codec.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

Image make_image(InputReader& reader) {
  const std::uint32_t width_px = reader.number32(1, 24);
  const std::uint32_t height_px = reader.number32(1, 24);
  const std::uint32_t channels = reader.number32(1, 4);
  Image image(width_px, height_px, channels, reader.flag() ? 16 : 8);
  if (reader.flag()) image.metadata().gamma = reader.number32(0, 1'000'000);
  if (reader.flag()) image.metadata().srgb_intent = static_cast<std::uint8_t>(reader.number(0, 3));
  if (reader.flag()) image.metadata().density = PixelDensity{reader.number32(0, 9), reader.number32(0, 9), 1};
  if (reader.flag())
    image.metadata().icc_profile = IccProfile{"p", Bytes(reader.number(0, 99), std::byte{reader.byte()})};
  return image;
}

EncodeOptions make_options(InputReader& reader) {
  EncodeOptions options;
  options.k = reader.flag() ? reader.number32(1, 40) : reader.number32(1, 65536);
  options.block_width_px = reader.flag() ? reader.number32(1, 16) : 1;
  options.block_height_px = reader.flag() ? reader.number32(1, 16) : 1;
  options.seeding = static_cast<Seeding>(reader.number(0, 2));
  options.effort = reader.number32(1, 9);
  if (reader.flag()) options.max_iterations = reader.number32(0, 20);
  options.seed = reader.number(0, ~std::uint64_t{0});
  options.coding = static_cast<Coding>(reader.number(0, 2));
  options.verify = reader.flag();
  if (options.coding != Coding::packed && reader.flag()) options.model = static_cast<Model>(reader.number(0, 2));
  return options;
}

/// Fills samples with the remaining bytes, repeated with a small change each time.
void fill_samples(Image& image, std::span<const std::byte> bytes, std::uint8_t drift) {
  std::size_t at = 0;
  std::uint32_t round = 0;
  for (std::byte& sample : image.samples()) {
    const std::uint32_t value = bytes.empty() ? 0U : std::to_integer<std::uint32_t>(bytes[at]);
    sample = static_cast<std::byte>((value + round * drift) & 0xFFU);
    if (++at >= bytes.size()) {
      at = 0;
      ++round;
    }
  }
}

std::size_t count_distinct(const Image& image, const BlockGrid& grid) {
  std::set<std::string> distinct;
  for (std::uint32_t y = 0; y < grid.map_height(); ++y)
    for (std::uint32_t x = 0; x < grid.map_width(); ++x) {
      std::string vector(grid.vector_bytes(), '\0');
      gather_vector(image, grid, x, y, reinterpret_cast<std::byte*>(vector.data()));
      distinct.insert(std::move(vector));
    }
  return distinct.size();
}

void check_distortion(const Image& image, const Image& decoded, const Distortion& reported) {
  const test::PlainErrors errors = test::plain_errors(image, decoded);
  promise(reported.mse == errors.mse(), "the reported MSE is the decoder's");
  promise(reported.mse_straight.has_value() == image.view().has_alpha(),
          "there is a straight MSE where there is alpha");
  promise(reported.mse_straight.value_or(errors.mse_straight()) == errors.mse_straight(),
          "the reported straight MSE is the decoder's");
  promise(reported.max_error == errors.max_error, "the reported largest error is the decoder's");
  promise(reported.psnr_db.has_value() == (errors.sum != 0), "there is a PSNR unless the image is lossless as seen");
}

void check_stream(const Encoded& encoded, const IndexedImage& indexed) {
  const EncodeReport& report = encoded.report;
  const StreamInfo info = inspect(encoded.bytes);
  promise(!info.damage, "what was written is found whole");
  promise(info.mse == report.distortion.mse, "the stored MSE is the reported one");
  promise(info.k == report.k, "the stored K is the reported one");
  promise(report.bytes.file == encoded.bytes.size() && info.bytes.file == report.bytes.file &&
              info.bytes.codebook == report.bytes.codebook && info.bytes.index == report.bytes.index &&
              info.bytes.metadata == report.bytes.metadata && info.bytes.header == report.bytes.header,
          "the reported parts are those of the file");
  std::set<std::string> codewords;
  const std::size_t row_bytes = indexed.codebook.row_bytes() / report.k;
  for (std::uint32_t k = 0; k < report.k; ++k) {
    std::string codeword;
    for (std::uint32_t y = 0; y < indexed.codebook.height_px(); ++y) {
      const std::byte* const row = indexed.codebook.row(y) + k * row_bytes;
      codeword.append(reinterpret_cast<const char*>(row), row_bytes);
    }
    codewords.insert(std::move(codeword));
  }
  promise(codewords.size() == report.k, "stored codewords are pairwise distinct");
  std::vector<bool> is_used(report.k);
  for (const std::uint16_t index : indexed.indices) is_used.at(index) = true;
  promise(std::find(is_used.begin(), is_used.end(), false) == is_used.end(), "every codeword is in use");
}

/// Promises that the report and the file name the coding and the model that the options ask for.
void check_coding(const Image& image, EncodeOptions options, const Encoded& encoded) {
  const EncodeReport& report = encoded.report;
  const StreamInfo info = inspect(encoded.bytes);
  promise(info.coding == report.coding && info.model == report.model, "the stored coding is the reported one");
  promise(report.model.has_value() == (report.coding == Coding::entropy), "entropy coding has a model");
  if (options.model && report.model) promise(report.model == options.model, "the model is the one asked for");
  if (options.coding != Coding::automatic) {
    promise(report.coding == options.coding, "the coding is the one asked for");
    return;
  }
  options.coding = Coding::packed;
  options.model.reset();
  promise(encoded.bytes.size() <= encode(image, options, {.threads = 1}).bytes.size(),
          "automatic is no larger than packed");
}

bool run(std::span<const std::byte> input) {
  InputReader reader(input);
  Image image = make_image(reader);
  const EncodeOptions options = make_options(reader);
  const std::uint8_t drift = reader.byte();
  fill_samples(image, reader.rest(), drift);
  const Encoded encoded = encode(image, options, {.threads = 1});

  const BlockGrid grid{image.width_px(),  image.height_px(),      image.channels(),
                       image.bit_depth(), options.block_width_px, options.block_height_px};
  const std::size_t distinct = count_distinct(image, grid);
  promise(encoded.report.distinct_vectors == distinct, "distinct vectors are counted");
  promise(encoded.report.k == std::min<std::size_t>(k_of(options), distinct),
          "K is the one asked for, if there are enough distinct vectors");
  const Image decoded = decode(encoded.bytes, {}, {.threads = 1});
  promise(decoded.width_px() == image.width_px() && decoded.height_px() == image.height_px() &&
              decoded.channels() == image.channels() && decoded.bit_depth() == image.bit_depth(),
          "size and type come back");
  promise(decoded.metadata() == image.metadata(), "metadata comes back");
  check_distortion(image, decoded, encoded.report.distortion);
  if (distinct <= k_of(options)) promise(encoded.report.distortion.max_error == 0, "what fits into K is lossless");
  check_stream(encoded, decode_indexed(encoded.bytes, {}, {.threads = 1}));
  check_coding(image, options, encoded);
  return true;
}

std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  Random random(11);
  for (int i = 0; i < 40; ++i) {
    Bytes seed(16 + random.below(400));
    for (std::byte& byte : seed) byte = static_cast<std::byte>(random.below(256));
    seeds.push_back(std::move(seed));
  }
  return seeds;
}

}  // namespace

const Harness round_trip_harness{"round_trip", run, make_seeds, 1024, nullptr, 10};

}  // namespace vqi::fuzz
