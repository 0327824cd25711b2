// Strips are chosen apart from each other, as they are coded.
#include "map_passes.hpp"

#include <algorithm>
#include <cmath>

#include "bit_cost.hpp"
#include "codeword_points.hpp"
#include "integer.hpp"

namespace vqi::detail {
namespace {

BalancedTables make_tables(const BlockGrid& grid, const SampleArray& codewords) {
  return BalancedTables(make_points(view_codebook(grid, codewords)));
}

/// Passes after which half of the work is taken to be done, for progress.
constexpr double half_done = 2.5;

}  // namespace

double codebook_bits(const SampleArray& codewords) { return 8.0 * static_cast<double>(codewords.bytes().size()); }

std::uint64_t lambda_units(double lambda) {
  return static_cast<std::uint64_t>(std::llround(std::min(lambda, lambda_max) * lambda_unit));
}

std::size_t MapPasses::Strips::size() const noexcept { return divide_up(grid_.map_height(), strip_rows_); }

std::size_t MapPasses::Strips::rows(std::size_t i) const noexcept {
  return std::min<std::size_t>(strip_rows_, grid_.map_height() - first_row(i));
}

std::size_t MapPasses::Strips::tiles_of(std::size_t i) const noexcept {
  return tiles_across(rows(i)) * tiles_across(grid_.map_width());
}

std::size_t MapPasses::Strips::first_tile(std::size_t i) const noexcept {
  return i * tiles_across(strip_rows_) * tiles_across(grid_.map_width());
}

std::span<std::uint16_t> MapPasses::Strips::part(std::size_t i, std::span<std::uint16_t> map) const noexcept {
  return map.subspan(first_row(i) * grid_.map_width(), rows(i) * grid_.map_width());
}

MapPasses::MapPasses(const MapVectors& vectors, std::uint32_t strip_rows, const Work& work)
    : vectors_(vectors), strips_(vectors.grid(), strip_rows), work_(work) {}

MapCosts MapPasses::run(const SampleArray& codewords, std::uint64_t lambda, const ChoicePlan& plan,
                        std::span<std::uint16_t> indices) {
  const BlockGrid& grid = vectors_.grid();
  const ChoiceCodebook codebook(codewords, vectors_.space(), work_);
  const BalancedTables tables = make_tables(grid, codewords);
  MapCosts costs;
  costs.tiles.resize(strips_.tiles());
  std::vector<StripChoice> choices(strips_.size());
  work_.pool.for_each(strips_.size(), [&](std::size_t i) {
    std::vector<std::byte> samples;
    const StripVectors strip{grid.map_width(), strips_.rows(i), [&](std::size_t y, std::span<std::int32_t> row) {
                               vectors_.read_row(strips_.first_row(i) + y, samples, row);
                             }};
    choices[i] = choose_indices(
        tables, codebook, lambda, plan, strip, strips_.part(i, indices),
        std::span(costs.tiles).subspan(strips_.first_tile(i), strips_.tiles_of(i)), [&](std::size_t count) {
          chosen_ += count;
          const double passes = static_cast<double>(chosen_) / static_cast<double>(grid.vector_count());
          work_.progress.report(1 - half_done / (half_done + passes));
          work_.progress.throw_if_cancelled();
        });
  });
  for (const StripChoice& choice : choices) {
    costs.sum.distortion_sq += static_cast<double>(choice.distortion_sq);
    costs.sum.bits += static_cast<double>(choice.price) / bit_cost_unit;
  }
  costs.sum.bits += codebook_bits(codewords);
  return costs;
}

double MapPasses::take_back(double lambda, const MapCosts& earlier, std::span<const std::uint16_t> before,
                            const MapCosts& later, std::span<std::uint16_t> changed) const {
  const std::size_t width = vectors_.grid().map_width();
  const auto cost = [&](const StripChoice& tile) {
    return static_cast<double>(tile.distortion_sq) + lambda * static_cast<double>(tile.price) / bit_cost_unit;
  };
  double saved = 0;
  for (std::size_t i = 0; i < strips_.size(); ++i)
    for (std::size_t tile = 0; tile < strips_.tiles_of(i); ++tile) {
      const std::size_t at = strips_.first_tile(i) + tile;
      const double less = cost(later.tiles[at]) - cost(earlier.tiles[at]);
      if (less <= 0) continue;
      saved += less;
      const std::size_t x = tile % tiles_across(width) * tile_side;
      const std::size_t y = tile / tiles_across(width) * tile_side;
      for (std::size_t row = y; row < std::min(y + tile_side, strips_.rows(i)); ++row) {
        const std::size_t begin = (strips_.first_row(i) + row) * width + x;
        std::copy_n(before.begin() + static_cast<std::ptrdiff_t>(begin), std::min(tile_side, width - x),
                    changed.begin() + static_cast<std::ptrdiff_t>(begin));
      }
    }
  return saved;
}

}  // namespace vqi::detail
