// Indices chosen by distance and price.
#include "index_choice.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "balanced_coder-inl.hpp"
#include "bit_cost.hpp"
#include "codeword_points.hpp"
#include "made_start.hpp"
#include "strip_coding.hpp"

using vqi::detail::ChoicePlan;
using vqi::detail::StripChoice;
using vqi::test::Content;
using vqi::test::MadeStart;
using vqi::test::make_blobs;
using vqi::test::make_image;

namespace {

constexpr ChoicePlan greedy{1, false, 1};
constexpr ChoicePlan thorough{1, true, 4};

/// One strip over all of the start's image.
class Choice {
 public:
  explicit Choice(const MadeStart& start)
      : start_(start),
        tables_(vqi::detail::make_points(vqi::detail::view_codebook(start.grid, start.codewords))),
        progress_(none_),
        codebook_(start.codewords, start.space, {vqi::detail::ThreadPool(1), progress_}) {}

  StripChoice choose(std::uint64_t lambda, const ChoicePlan& plan, std::vector<std::uint16_t>& indices) const {
    std::vector<std::byte> buffer;
    const vqi::detail::StripVectors strip{
        start_.grid.map_width(), start_.grid.map_height(),
        [&](std::size_t y, std::span<std::int32_t> row) { start_.vectors.read_row(y, buffer, row); }};
    std::vector<StripChoice> tiles(vqi::detail::tiles_across(strip.width) * vqi::detail::tiles_across(strip.rows));
    return vqi::detail::choose_indices(tables_, codebook_, lambda, plan, strip, indices, tiles, {});
  }
  /// Of rows one by one, which choices are priced for.
  [[nodiscard]] double bits(const std::vector<std::uint16_t>& indices) const {
    using vqi::detail::HWY_NAMESPACE::BalancedCoder;
    return 8.0 * static_cast<double>(
                     vqi::detail::encode_rows<BalancedCoder>(tables_, indices, start_.grid.map_width(), {}).size());
  }
  [[nodiscard]] double distortion(const std::vector<std::uint16_t>& indices) const {
    double sum = 0;
    std::vector<std::byte> buffer;
    std::vector<std::int32_t> row(start_.grid.map_width() * std::size_t{start_.space.dimension()});
    for (std::size_t y = 0; y < start_.grid.map_height(); ++y) {
      start_.vectors.read_row(y, buffer, row);
      for (std::size_t x = 0; x < start_.grid.map_width(); ++x)
        sum += static_cast<double>(vqi::detail::distance_sq(codebook_.row(indices[y * start_.grid.map_width() + x]),
                                                            row.data() + x * start_.space.dimension()));
    }
    return sum;
  }

 private:
  const MadeStart& start_;
  vqi::detail::BalancedTables tables_;
  vqi::ProgressCallback none_;
  vqi::detail::ProgressReporter progress_;
  vqi::detail::ChoiceCodebook codebook_;
};

}  // namespace

TEST_CASE("the price of chosen indices is what the model spends on them, their distance what they are off") {
  for (const auto& [channels, depth, block, k] :
       {std::tuple{3U, 8U, 1U, 40U}, {1U, 8U, 1U, 5U}, {3U, 8U, 4U, 20U}, {3U, 16U, 1U, 30U}, {3U, 8U, 1U, 2U}})
    for (const ChoicePlan& plan : {greedy, thorough}) {
      const MadeStart start(make_image(160, 90, channels, depth, Content::smooth), block, k);
      const Choice choice(start);
      std::vector<std::uint16_t> indices = start.indices;
      const StripChoice chosen = choice.choose(depth == 8 ? 40 * 256 : 2'000'000 * 256ULL, plan, indices);
      INFO("channels " << channels << ", depth " << depth << ", block " << block);
      const double bits = choice.bits(indices);
      CHECK(std::abs(static_cast<double>(chosen.price) / vqi::detail::bit_cost_unit - bits) <= 24 + 0.002 * bits);
      CHECK(static_cast<double>(chosen.distortion_sq) == choice.distortion(indices));
    }
}

TEST_CASE("choosing lowers distance and price together, the more the farther it looks") {
  for (const auto& [channels, block, k] : {std::tuple{3U, 1U, 40U}, {1U, 1U, 9U}, {4U, 1U, 30U}, {3U, 4U, 20U}}) {
    const MadeStart start(make_blobs(240, 200, channels), block, k);
    const Choice choice(start);
    constexpr double lambda = 60;
    const auto cost_of = [&](const std::vector<std::uint16_t>& indices) {
      return choice.distortion(indices) + lambda * choice.bits(indices);
    };
    std::vector<std::uint16_t> by_greed = start.indices;
    static_cast<void>(choice.choose(60 * 256, greedy, by_greed));
    std::vector<std::uint16_t> by_thought = start.indices;
    static_cast<void>(choice.choose(60 * 256, thorough, by_thought));
    INFO("channels " << channels << ", block " << block);
    CAPTURE(cost_of(start.indices), cost_of(by_greed));
    CHECK(cost_of(by_thought) < cost_of(start.indices));
    CHECK(cost_of(by_thought) <= cost_of(by_greed));
  }
}

TEST_CASE("a change of colour that several vectors pay for together is not put off from one to the next") {
  constexpr std::uint32_t width = 64;
  constexpr std::uint32_t height = 40;
  vqi::Image image(width, height, 3, 8);
  for (std::size_t i = 0; i < image.samples().size(); ++i)
    image.samples()[i] = i / 3 % width < width / 2 ? std::byte{100} : std::byte{102};
  MadeStart start(std::move(image), 1, 2);
  std::fill_n(start.codewords.row(0), 3, std::byte{100});
  std::fill_n(start.codewords.row(1), 3, std::byte{102});
  for (std::uint32_t i = 0; i < width * height; ++i) start.indices[i] = i % width < width / 2 ? 0 : 1;
  const Choice choice(start);
  // A vector of the other colour is off by 12; the change costs more than that in the first rows, 16 of them less.
  std::vector<std::uint16_t> indices = start.indices;
  static_cast<void>(choice.choose(8 * 256, thorough, indices));
  CHECK(choice.distortion(indices) == 0);
}

TEST_CASE("where bits are worth nothing each vector takes its nearest codeword") {
  const MadeStart start(make_image(90, 70, 3, 8, Content::noise), 1, 30);
  const Choice choice(start);
  std::vector<std::uint16_t> indices(start.indices.size());  // all the first codeword
  static_cast<void>(choice.choose(0, greedy, indices));
  CHECK(choice.distortion(indices) == choice.distortion(start.indices));
}

TEST_CASE("where bits are worth more than any distance the map becomes flat") {
  const MadeStart start(make_image(90, 70, 3, 8, Content::smooth), 1, 30);
  const Choice choice(start);
  std::vector<std::uint16_t> indices = start.indices;
  const double before = choice.bits(indices);
  static_cast<void>(choice.choose(10'000'000'000 * 256ULL, thorough, indices));
  CHECK(choice.bits(indices) < before / 20);
}
