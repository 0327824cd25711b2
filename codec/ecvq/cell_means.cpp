// Sums over the map in integers, then one rounded division for each coordinate.
#include "cell_means.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "hidden_colours.hpp"
#include "integer.hpp"

namespace vqi::detail {
namespace {

// Steps of WorkPulse: for a coordinate of a row of the map, and for one of a mean.
constexpr std::uint64_t row_passes = 4;
constexpr std::uint64_t division_steps = 64;

/// Sums over the cells of a codebook.
struct CellTotals {
  std::vector<std::uint64_t> counts;      // (k)
  std::vector<std::int64_t> coordinates;  // (k, dimension)
  std::vector<std::uint64_t> samples;     // (k, samples); empty without alpha
  std::vector<bool> has_opaque;           // (k): vectors that are opaque in all pixels
  std::vector<bool> has_transparent;      // (k)
};

CellTotals add_up(const MapVectors& vectors, std::size_t k_count, std::span<const std::uint16_t> indices,
                  WorkPulse& pulse) {
  const BlockGrid& grid = vectors.grid();
  const std::uint32_t dimension = vectors.space().dimension();
  const std::uint32_t sample_count = grid.has_alpha() ? grid.dimension() : 0;
  CellTotals totals{std::vector<std::uint64_t>(k_count), std::vector<std::int64_t>(k_count * dimension),
                    std::vector<std::uint64_t>(k_count * sample_count), std::vector<bool>(k_count),
                    std::vector<bool>(k_count)};
  std::vector<std::byte> samples;
  std::vector<std::int32_t> row(std::size_t{grid.map_width()} * dimension);
  for (std::size_t y = 0; y < grid.map_height(); ++y) {
    pulse.add(row_passes * row.size());
    vectors.read_row(y, samples, row);
    for (std::size_t x = 0; x < grid.map_width(); ++x) {
      const std::size_t k = indices[y * grid.map_width() + x];
      ++totals.counts[k];
      const Opacity kind = vectors.space().opacity_of(row.data() + x * dimension, 0);
      if (kind == Opacity::opaque) totals.has_opaque[k] = true;
      if (kind == Opacity::transparent) totals.has_transparent[k] = true;
      for (std::uint32_t d = 0; d < dimension; ++d) totals.coordinates[k * dimension + d] += row[x * dimension + d];
      for (std::uint32_t i = 0; i < sample_count; ++i)
        totals.samples[k * sample_count + i] +=
            load_sample(samples.data() + x * grid.vector_bytes(), i, grid.bit_depth);
    }
  }
  return totals;
}

}  // namespace

void move_to_means(const MapVectors& vectors, SampleArray& codewords, std::span<std::uint16_t> indices,
                   WorkPulse pulse) {
  const BlockGrid& grid = vectors.grid();
  const TrainingSpace& space = vectors.space();
  const std::uint32_t dimension = space.dimension();
  const std::uint32_t fraction_bits = space.fixed_point().fraction_bits();
  const std::size_t k_count = codewords.rows();
  const CellTotals totals = add_up(vectors, k_count, indices, pulse);

  std::vector<std::int32_t> mean(dimension);
  std::vector<std::uint16_t> new_index(k_count);
  std::vector<std::size_t> kept;  // codewords of the old codebook
  std::unordered_map<std::string, std::uint16_t> new_indices;
  for (std::size_t k = 0; k < k_count; ++k) {
    pulse.add(division_steps * dimension);
    const auto count = static_cast<std::int64_t>(totals.counts[k]);
    if (count == 0) continue;
    for (std::uint32_t d = 0; d < dimension; ++d)
      mean[d] = static_cast<std::int32_t>(
          divide_round(int128{totals.coordinates[k * dimension + d]} << fraction_bits, int128{count}));
    if (totals.has_opaque[k] != totals.has_transparent[k])  // with both there is one codeword for all
      space.pin(totals.has_opaque[k] ? Opacity::opaque : Opacity::transparent, mean, fraction_bits);
    space.to_samples(mean, fraction_bits, codewords.row(k));
    const auto* const bytes = reinterpret_cast<const char*>(codewords.row(k));
    const auto [entry, is_new] =
        new_indices.try_emplace(std::string(bytes, codewords.row_bytes()), static_cast<std::uint16_t>(kept.size()));
    new_index[k] = entry->second;
    if (is_new) kept.push_back(k);
  }
  SampleArray moved(kept.size(), codewords.dimension(), codewords.bit_depth());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    std::byte* const codeword = codewords.row(kept[i]);
    if (grid.has_alpha())
      show_hidden_colours(codeword, grid.channels, grid.bit_depth,
                          std::span(totals.samples).subspan(kept[i] * grid.dimension(), grid.dimension()),
                          totals.counts[kept[i]]);
    std::copy_n(codeword, codewords.row_bytes(), moved.row(i));
  }
  codewords = std::move(moved);
  std::transform(indices.begin(), indices.end(), indices.begin(),
                 [&](std::uint16_t index) { return new_index[index]; });
}

}  // namespace vqi::detail
