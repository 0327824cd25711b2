// Adds corrections to codewords, row by row.
#include "restore_filter.hpp"

#include <algorithm>
#include <atomic>

#include "integer.hpp"

namespace vqi::detail {
namespace {

/// Rows that a thread takes at once; each band computes the rows around it anew.
constexpr std::uint32_t band_rows = 64;

/// The rows of pixels of one depth and number of channels that corrections make.
template <typename Sample, std::uint32_t Channels>
void paint_pixels(const Sample* codewords, const std::vector<RestoreCodeword>& words, const std::uint16_t* indices,
                  std::size_t count, const RestoreResults& results, Sample* pixels) {
  constexpr std::uint32_t depth = 8 * sizeof(Sample);
  for (std::size_t x = 0; x < count; ++x, pixels += Channels) {
    const Sample* const codeword = codewords + std::size_t{indices[x]} * Channels;
    const std::int32_t gain = words[indices[x]].gain;
    for (std::uint32_t c = 0; c < Channels; ++c)
      pixels[c] = c < RestoreFilter::colours_of(Channels)
                      ? static_cast<Sample>(RestoreFilter::corrected(
                            codeword[c], results[RestoreFilter::plane_of(c, Channels)][x], gain, depth))
                      : codeword[c];
  }
}

template <typename Sample>
void paint_row(std::uint32_t channels, const SampleArray& codebook, const std::vector<RestoreCodeword>& words,
               const std::uint16_t* indices, std::size_t count, const RestoreResults& results, std::byte* pixels) {
  const auto* const from = reinterpret_cast<const Sample*>(codebook.bytes().data());
  auto* const to = reinterpret_cast<Sample*>(pixels);
  switch (channels) {
    case 1:
      return paint_pixels<Sample, 1>(from, words, indices, count, results, to);
    case 2:
      return paint_pixels<Sample, 2>(from, words, indices, count, results, to);
    case 3:
      return paint_pixels<Sample, 3>(from, words, indices, count, results, to);
    default:
      return paint_pixels<Sample, 4>(from, words, indices, count, results, to);
  }
}

}  // namespace

RestoreFilter::RestoreFilter(const BlockGrid& grid, const SampleArray& codebook, const RestoreSettings& settings,
                             std::uint32_t bands_at_once)
    : grid_(grid),
      codebook_(codebook),
      words_(restore_codewords(codebook, grid.channels, settings)),
      bands_at_once_(bands_at_once) {}

void RestoreFilter::paint(const RestoreWindow& window, std::byte* pixels, std::size_t stride_bytes,
                          const Work& work) const {
  const auto paint_part = grid_.bit_depth == 8 ? paint_row<std::uint8_t> : paint_row<std::uint16_t>;
  const auto use = [&](std::uint32_t row, std::uint32_t begin_x, std::uint32_t end_x, const RestoreResults& results) {
    paint_part(grid_.channels, codebook_, words_, window.indices.data() + std::size_t{row} * window.width + begin_x,
               end_x - begin_x, results,
               pixels + (row - window.begin_row) * stride_bytes + (begin_x - window.begin_x) * grid_.pixel_bytes());
  };
  const std::uint32_t bands = divide_up(window.end_row - window.begin_row, band_rows);
  std::atomic<std::uint32_t> next{0};
  work.pool.for_each(std::min({bands, bands_at_once_, work.pool.threads()}), [&](std::size_t) {
    for (std::uint32_t band = next++; band < bands; band = next++) {
      RestoreWindow part = window;
      part.begin_row = window.begin_row + band * band_rows;
      part.end_row = std::min(window.end_row, part.begin_row + band_rows);
      run_restore_network(words_, part, use);
      work.progress.poll();
    }
  });
}

}  // namespace vqi::detail
