// Harness: every index model refuses a hostile strip or reads a whole map from it, which it codes and reads again.
#include <algorithm>
#include <array>
#include <memory>

#include "crc32c.hpp"
#include "harness.hpp"
#include "index_model.hpp"
#include "input_reader.hpp"
#include "promises.hpp"
#include "random.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

using Indices = std::vector<std::uint16_t>;

/// A model, and the shape of the maps that it codes.
struct Setup {
  CodebookView codebook;
  std::vector<std::uint16_t> samples;  ///< `codebook` borrows these
  std::size_t model = 0;
  std::uint32_t map_width = 1;
  std::uint32_t map_height = 1;
};

constexpr std::array models{Model::fast, Model::balanced, Model::max};

Setup read_setup(InputReader& reader) {
  Setup setup;
  setup.model = reader.number(0, models.size() - 1);
  CodebookView& codebook = setup.codebook;
  codebook.k = reader.flag() ? reader.number32(2, 40) : reader.number32(2, 1200);
  codebook.channels = reader.number32(1, 4);
  codebook.bit_depth = reader.flag() ? 16 : 8;
  if (reader.flag()) {
    codebook.block_width_px = reader.number32(1, 4);
    codebook.block_height_px = reader.number32(1, 4);
  }
  setup.map_width = reader.number32(1, 64);
  setup.map_height = reader.number32(1, 32);
  Random random(reader.byte());
  setup.samples.resize(std::size_t{codebook.k} * codebook.channels * codebook.block_width_px *
                       codebook.block_height_px);
  for (std::uint16_t& sample : setup.samples)
    sample = static_cast<std::uint16_t>(random.below(std::uint64_t{1} << codebook.bit_depth));
  codebook.samples = setup.samples;
  return setup;
}

/// Promises that a strip that is cut gives rows of the whole one, and is not taken for whole.
void expect_rows_before_cut(const IndexModel& model, const Setup& setup, const Indices& indices, const Bytes& coded) {
  // A copy of exactly this size, so that sanitizers notice a read past its end.
  const Bytes cut(coded.begin(), coded.begin() + static_cast<std::ptrdiff_t>(crc32c(coded) % coded.size()));
  Indices back(indices.size());
  const DecodedRows decoded = model.decode(cut, StripBytes::cut, setup.map_width, back, {});
  const auto known = static_cast<std::ptrdiff_t>(decoded.rows * setup.map_width);
  promise(!decoded.ended && std::equal(back.begin(), back.begin() + known, indices.begin()),
          "rows before a cut are those of the whole strip");
}

/// Promises that a map comes back from the strip that encode writes for it.
void expect_back(const IndexModel& model, const Setup& setup, const Indices& indices) {
  const Bytes coded = model.encode(indices, setup.map_width, {});
  Indices back(indices.size());
  promise(model.decode(coded, StripBytes::complete, setup.map_width, back, {}).ended && back == indices,
          "indices come back");
  expect_rows_before_cut(model, setup, indices, coded);
}

/// Promises that an accepted strip holds indices below K. It need not be the strip that encode writes for them.
bool decode_strip_bytes(const IndexModel& model, const Setup& setup, std::span<const std::byte> strip) {
  // A copy of exactly this size, so that sanitizers notice a read past its end.
  const Bytes coded(strip.begin(), strip.end());
  Indices indices(std::size_t{setup.map_width} * setup.map_height);
  const DecodedRows decoded = model.decode(coded, StripBytes::complete, setup.map_width, indices, {});
  for (std::size_t i = 0; i < decoded.rows * setup.map_width; ++i)
    promise(indices[i] < setup.codebook.k, "an index of a decoded row is below K");
  if (!decoded.ended) return false;
  expect_back(model, setup, indices);
  return true;
}

/// Indices that repeat often, as in images.
void round_trip(const IndexModel& model, const Setup& setup, std::span<const std::byte> input) {
  InputReader reader(input);
  Indices indices(std::size_t{setup.map_width} * setup.map_height);
  std::uint16_t last = 0;
  for (std::uint16_t& index : indices) {
    const std::uint32_t step = reader.byte();
    if (step >= 128) last = static_cast<std::uint16_t>((last + step * step) % setup.codebook.k);
    index = last;
  }
  expect_back(model, setup, indices);
}

/// The input holds the setup, then the strip, whose bytes also serve as indices.
bool run(std::span<const std::byte> input) {
  InputReader reader(input);
  const Setup setup = read_setup(reader);
  const std::unique_ptr<const IndexModel> model = make_index_model(models[setup.model], setup.codebook);
  round_trip(*model, setup, reader.rest());
  return decode_strip_bytes(*model, setup, reader.rest());
}

/// A random setup, followed by a strip that the model wrote for it.
std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  Random random(5);
  for (std::size_t i = 0; i < 2 * models.size(); ++i) {
    Bytes seed(16);
    for (std::byte& byte : seed) byte = static_cast<std::byte>(random.below(256));
    seed[0] = static_cast<std::byte>(i);
    InputReader reader(seed);
    const Setup setup = read_setup(reader);
    seed.resize(seed.size() - reader.rest().size());
    Indices indices(std::size_t{setup.map_width} * setup.map_height);
    for (std::uint16_t& index : indices)
      index = static_cast<std::uint16_t>(random.below(random.below(setup.codebook.k) + 1));
    const Bytes strip = make_index_model(models[setup.model], setup.codebook)->encode(indices, setup.map_width, {});
    seed.insert(seed.end(), strip.begin(), strip.end());
    seeds.push_back(std::move(seed));
  }
  return seeds;
}

}  // namespace

const Harness index_model_harness{"index_model", run, make_seeds, 4096, nullptr, 10};

}  // namespace vqi::fuzz
