// Cell means over a map, in integers.
#include "cell_means.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "integer.hpp"

namespace vqi::detail {
namespace {

/// Sums over the cells of a codebook.
struct CellTotals {
  std::vector<std::uint64_t> counts;      // (k)
  std::vector<std::int64_t> coordinates;  // (k, dimension)
  std::vector<std::uint64_t> samples;     // (k, samples), with alpha alone
};

CellTotals add_up(const MapVectors& vectors, std::size_t k_count, std::span<const std::uint16_t> indices) {
  const BlockGrid& grid = vectors.grid();
  const std::uint32_t dimension = vectors.space().dimension();
  const std::uint32_t sample_count = grid.has_alpha() ? grid.dimension() : 0;
  CellTotals totals{std::vector<std::uint64_t>(k_count), std::vector<std::int64_t>(k_count * dimension),
                    std::vector<std::uint64_t>(k_count * sample_count)};
  std::vector<std::byte> samples;
  std::vector<std::int32_t> row(std::size_t{grid.map_width()} * dimension);
  for (std::size_t y = 0; y < grid.map_height(); ++y) {
    vectors.read_row(y, samples, row);
    for (std::size_t x = 0; x < grid.map_width(); ++x) {
      const std::size_t k = indices[y * grid.map_width() + x];
      ++totals.counts[k];
      for (std::uint32_t d = 0; d < dimension; ++d) totals.coordinates[k * dimension + d] += row[x * dimension + d];
      for (std::uint32_t i = 0; i < sample_count; ++i)
        totals.samples[k * sample_count + i] +=
            load_sample(samples.data() + x * grid.vector_bytes(), i, grid.bit_depth);
    }
  }
  return totals;
}

/// Gives the pixels of codeword `k` that are transparent the mean of the colours that they hide.
void show_hidden_colours(const BlockGrid& grid, const CellTotals& totals, std::size_t k, std::byte* codeword) {
  for (std::uint32_t i = 0; i < grid.dimension(); ++i) {
    const std::uint32_t alpha = i / grid.channels * grid.channels + grid.channels - 1;
    if (i == alpha || load_sample(codeword, alpha, grid.bit_depth) != 0) continue;
    store_sample(codeword, i, grid.bit_depth,
                 static_cast<std::uint32_t>(divide_round(totals.samples[k * grid.dimension() + i], totals.counts[k])));
  }
}

}  // namespace

void move_to_means(const MapVectors& vectors, SampleArray& codewords, std::span<std::uint16_t> indices) {
  const TrainingSpace& space = vectors.space();
  const std::uint32_t dimension = space.dimension();
  const std::uint32_t fraction_bits = space.fixed_point().fraction_bits();
  const std::size_t k_count = codewords.rows();
  const CellTotals totals = add_up(vectors, k_count, indices);

  std::vector<std::int32_t> mean(dimension);
  std::vector<std::uint16_t> place_of(k_count);
  std::vector<std::size_t> kept;  // codewords of the old codebook
  std::unordered_map<std::string, std::uint16_t> places;
  for (std::size_t k = 0; k < k_count; ++k) {
    const auto count = static_cast<std::int64_t>(totals.counts[k]);
    if (count == 0) continue;
    for (std::uint32_t d = 0; d < dimension; ++d)
      mean[d] = static_cast<std::int32_t>(
          divide_round(int128{totals.coordinates[k * dimension + d]} << fraction_bits, int128{count}));
    space.to_samples(mean, fraction_bits, codewords.row(k));
    const auto* const bytes = reinterpret_cast<const char*>(codewords.row(k));
    const auto [place, is_new] =
        places.try_emplace(std::string(bytes, codewords.row_bytes()), static_cast<std::uint16_t>(kept.size()));
    place_of[k] = place->second;
    if (is_new) kept.push_back(k);
  }
  SampleArray moved(kept.size(), codewords.dimension(), codewords.bit_depth());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (vectors.grid().has_alpha()) show_hidden_colours(vectors.grid(), totals, kept[i], codewords.row(kept[i]));
    std::copy_n(codewords.row(kept[i]), codewords.row_bytes(), moved.row(i));
  }
  codewords = std::move(moved);
  std::transform(indices.begin(), indices.end(), indices.begin(), [&](std::uint16_t index) { return place_of[index]; });
}

}  // namespace vqi::detail
