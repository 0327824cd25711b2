// TrainingSpace: samples to coordinates and back, premultiplied where there is alpha, and kinds of alpha.
#include "training_space.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "random.hpp"
#include "sample_array.hpp"

using vqi::detail::BlockGrid;
using vqi::detail::TrainingSpace;

namespace {

constexpr BlockGrid rgba{1, 1, 4, 8};

std::vector<std::int32_t> coordinates_of(const TrainingSpace& space, const std::vector<std::uint32_t>& samples) {
  std::vector<std::byte> bytes(samples.size() * (space.bit_depth() / 8));
  for (std::size_t i = 0; i < samples.size(); ++i)
    vqi::detail::store_sample(bytes.data(), i, space.bit_depth(), samples[i]);
  std::vector<std::int32_t> coordinates(space.dimension());
  space.to_coordinates(bytes.data(), coordinates);
  return coordinates;
}

/// Coordinates without fraction, back as samples.
std::vector<std::uint32_t> samples_of(const TrainingSpace& space, std::vector<std::int32_t> coordinates,
                                      std::uint32_t fraction_bits) {
  for (std::int32_t& value : coordinates) value *= 1 << fraction_bits;
  std::vector<std::byte> bytes(space.dimension() * (space.bit_depth() / 8));
  space.to_samples(coordinates, fraction_bits, bytes.data());
  std::vector<std::uint32_t> samples;
  for (std::size_t i = 0; i < space.dimension(); ++i)
    samples.push_back(vqi::detail::load_sample(bytes.data(), i, space.bit_depth()));
  return samples;
}

}  // namespace

TEST_CASE("samples without alpha are centred and come back, at both depths and with any fraction") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const BlockGrid grid{2, 1, 3, depth, 2, 1};
    const TrainingSpace space(grid);
    const std::uint32_t most = depth == 8 ? 255 : 65535;
    CHECK(space.dimension() == 6);
    CHECK_FALSE(space.premultiplied());
    const std::vector<std::uint32_t> samples{0, 1, most, most - 1, most / 2, most / 2 + 1};
    const std::vector<std::int32_t> coordinates = coordinates_of(space, samples);
    for (std::size_t i = 0; i < 6; ++i) CHECK(coordinates[i] == static_cast<std::int32_t>(samples[i]) - space.centre());
    for (const std::uint32_t bits : {0U, 4U, 6U}) CHECK(samples_of(space, coordinates, bits) == samples);
  }
}

TEST_CASE("fractions are rounded to the nearest sample, and what lies outside the range is its end") {
  const TrainingSpace space(BlockGrid{1, 1, 1, 8});
  std::byte sample{};
  for (const auto& [scaled, expected] :
       {std::pair{(100 - 128) * 64 + 31, 100}, {(100 - 128) * 64 + 33, 101}, {-200 * 64, 0}, {200 * 64, 255}}) {
    const std::array<std::int32_t, 1> codeword{scaled};
    space.to_samples(codeword, 6, &sample);
    CHECK(static_cast<int>(sample) == expected);
  }
}

TEST_CASE(
    "with alpha colours are premultiplied, those under transparent pixels are one, and come back where they show") {
  const TrainingSpace space(rgba);
  CHECK(space.premultiplied());
  CHECK(coordinates_of(space, {10, 20, 30, 0}) == coordinates_of(space, {200, 100, 0, 0}));
  CHECK(coordinates_of(space, {100, 0, 255, 51}) == std::vector<std::int32_t>{20 - 128, -128, 51 - 128, 51 - 128});
  vqi::detail::Random random(1);
  for (int i = 0; i < 300; ++i) {
    std::vector<std::uint32_t> pixel(4);
    for (std::uint32_t& sample : pixel) sample = static_cast<std::uint32_t>(random.below(256));
    const std::vector<std::int32_t> coordinates = coordinates_of(space, pixel);
    const std::vector<std::uint32_t> back = samples_of(space, coordinates, 6);
    CHECK(back[3] == pixel[3]);
    // Several colours may have these premultiplied samples; the one that comes back is one of them.
    CHECK(coordinates_of(space, back) == coordinates);
  }
}

TEST_CASE("a vector is opaque or transparent if all its pixels are, and a codeword can be made one") {
  const TrainingSpace space(BlockGrid{2, 1, 4, 8, 2, 1});
  const auto scaled = [&](const std::vector<std::uint32_t>& samples) {
    std::vector<std::int32_t> coordinates = coordinates_of(space, samples);
    for (std::int32_t& value : coordinates) value *= 16;
    return coordinates;
  };
  using vqi::detail::Opacity;
  const auto kind = [&](const std::vector<std::uint32_t>& samples) {
    return space.opacity_of(scaled(samples).data(), 4);
  };
  CHECK(kind({1, 2, 3, 255, 4, 5, 6, 255}) == Opacity::opaque);
  CHECK(kind({1, 2, 3, 0, 4, 5, 6, 0}) == Opacity::transparent);
  CHECK(kind({1, 2, 3, 255, 4, 5, 6, 254}) == Opacity::mixed);
  CHECK(kind({1, 2, 3, 255, 4, 5, 6, 0}) == Opacity::mixed);
  std::vector<std::int32_t> codeword = scaled({100, 0, 0, 250, 0, 100, 0, 240});
  space.pin(Opacity::opaque, codeword, 4);
  CHECK(space.opacity_of(codeword.data(), 4) == Opacity::opaque);
  space.pin(Opacity::transparent, codeword, 4);
  CHECK(space.opacity_of(codeword.data(), 4) == Opacity::transparent);
  const TrainingSpace without_alpha(BlockGrid{1, 1, 3, 8});
  CHECK(without_alpha.opacity_of(std::array<std::int32_t, 3>{127, 127, 127}.data(), 0) == Opacity::mixed);
}
