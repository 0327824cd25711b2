// The network runs once over each strip; its results are then tried at every strength.
#include "restore_choice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "premultiply.hpp"
#include "restore_filter.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t band_rows = 64;
constexpr double widen = 257;  // from 8 to 16 bits

/// Squared errors by strength.
using StrengthErrors = std::array<std::uint64_t, restore_strength_max + 1>;

/// Part of a strip.
struct Band {
  std::uint32_t first_row = 0;  ///< of the strip in the map
  RestoreWindow window;
};

std::vector<Band> bands_of(const QuantizedImage& quantized) {
  const StreamHeader& header = quantized.header;
  std::vector<Band> bands;
  for (std::uint64_t strip = 0; strip < header.strip_count(); ++strip) {
    const std::uint32_t width = header.grid.map_width();
    const std::size_t begin = std::size_t{header.strip_begin(strip)} * width;
    const std::span indices = std::span(quantized.indices).subspan(begin, header.strip_vectors(strip));
    RestoreWindow window = whole_window(indices, width);
    for (window.begin_row = 0; window.begin_row < window.rows; window.begin_row = window.end_row) {
      window.end_row = std::min(window.rows, window.begin_row + band_rows);
      bands.push_back({header.strip_begin(strip), window});
    }
  }
  return bands;
}

/// Adds the errors of a pixel: `codeword` at each strength against `pixel`.
template <std::uint32_t Depth>
void add_errors(const BlockGrid& grid, const std::byte* pixel, const std::byte* codeword,
                const std::array<std::int32_t, 3>& results, std::int32_t gain, StrengthErrors& errors) {
  constexpr std::uint32_t max_value = Depth == 8 ? 255 : 65535;
  const std::uint32_t colours = RestoreFilter::colours_of(grid.channels);
  const std::uint32_t true_alpha = grid.has_alpha() ? load_sample(pixel, colours, Depth) : max_value;
  const std::uint32_t alpha = grid.has_alpha() ? load_sample(codeword, colours, Depth) : max_value;
  for (std::uint32_t c = 0; c < colours; ++c) {
    const std::uint32_t true_sample = premultiply_by_depth<max_value>(load_sample(pixel, c, Depth), true_alpha);
    const std::uint32_t sample = load_sample(codeword, c, Depth);
    const std::int32_t result = results[RestoreFilter::plane_of(c, grid.channels)];
    for (std::uint32_t strength = 0; strength < errors.size(); ++strength) {
      const std::uint32_t restored =
          RestoreFilter::corrected(sample, result, gain * static_cast<std::int32_t>(strength), Depth);
      const std::int64_t difference =
          std::int64_t{premultiply_by_depth<max_value>(restored, alpha)} - std::int64_t{true_sample};
      errors[strength] += static_cast<std::uint64_t>(difference * difference);
    }
  }
}

template <std::uint32_t Depth>
StrengthErrors band_errors(const ImageView& image, const QuantizedImage& quantized,
                           std::span<const RestoreCodeword> words, const Band& band) {
  StrengthErrors errors{};
  const BlockGrid& grid = quantized.header.grid;
  run_restore_network(
      words, band.window,
      [&](std::uint32_t row, std::uint32_t begin_x, std::uint32_t end_x, const RestoreResults& results) {
        const std::uint16_t* const indices = band.window.indices.data() + std::size_t{row} * band.window.width;
        const std::byte* const pixels = image.row(band.first_row + row);
        for (std::uint32_t x = begin_x; x < end_x; ++x) {
          const std::size_t at = x - begin_x;
          add_errors<Depth>(grid, pixels + x * grid.pixel_bytes(), quantized.codewords.row(indices[x]),
                            {results[0][at], results[1][at], results[2][at]}, words[indices[x]].gain, errors);
        }
      });
  return errors;
}

/// The scale that makes the radii of all pixels' codewords as large, in the mean square, as the deviation.
std::uint32_t radius_scale(const QuantizedImage& quantized, std::uint32_t deviation) {
  const std::vector<std::uint32_t> spreads = codeword_spreads(quantized.codewords, quantized.header.grid.channels);
  std::uint64_t sum = 0;
  for (const std::uint16_t index : quantized.indices) sum += std::uint64_t{spreads[index]} * spreads[index];
  const double mean = static_cast<double>(sum) / static_cast<double>(quantized.indices.size());
  const double scale = mean > 0 ? std::round(256 * deviation / std::sqrt(mean)) : 0;
  return static_cast<std::uint32_t>(std::clamp<double>(scale, 1, restore_scale_max));
}

}  // namespace

void check_restore(const EncodeOptions& options) {
  if (!wants_restore(options)) return;
  const char* obstacle = nullptr;
  if (options.block_width_px != 1 || options.block_height_px != 1)
    obstacle = "blocks are larger than a pixel, for which no filter was learned";
  if (options.dither != Dither::none) obstacle = "dither is given, which the filter would take for noise";
  if (options.lossless) obstacle = "lossless is given, which leaves nothing to restore";
  if (obstacle != nullptr)
    throw Error(ErrorCode::invalid_option, std::string("restore is given but ") + obstacle + "; leave one out");
}

RestoreSettings choose_restore(const ImageView& image, const QuantizedImage& quantized, const Work& work) {
  const BlockGrid& grid = quantized.header.grid;
  if (!can_restore(grid, quantized.header.k)) return {};
  const double mse = measure_quantized_errors(image, quantized, work).mse;
  const double deviation = std::round(std::sqrt(mse) * (grid.bit_depth == 8 ? widen : 1));
  if (deviation < 1) return {};
  RestoreSettings settings{1, static_cast<std::uint32_t>(std::min<double>(deviation, restore_deviation_max)), 0};
  settings.radius_scale = radius_scale(quantized, settings.deviation);
  const std::vector<RestoreCodeword> words = restore_codewords(quantized.codewords, grid.channels, settings);
  const std::vector<Band> bands = bands_of(quantized);
  std::vector<StrengthErrors> errors(bands.size());
  work.pool.for_each(bands.size(), [&](std::size_t i) {
    errors[i] = grid.bit_depth == 8 ? band_errors<8>(image, quantized, words, bands[i])
                                    : band_errors<16>(image, quantized, words, bands[i]);
    work.progress.poll();
  });
  StrengthErrors total{};
  for (const StrengthErrors& part : errors)
    std::transform(part.begin(), part.end(), total.begin(), total.begin(), std::plus<>());
  const auto least = std::min_element(total.begin(), total.end());  // the weakest of equals
  if (least == total.begin()) return {};
  settings.strength = static_cast<std::uint32_t>(least - total.begin());
  return settings;
}

void warn_without_restore(const EncodeOptions& options, EncodeReport& report) {
  if (!wants_restore(options) || report.restore) return;
  report.warnings.emplace_back(report.k > restore_k_max
                                   ? "nothing is restored, as the decode filter is for 4096 codewords at most"
                                   : "nothing is restored, as the decode filter would not come nearer to the image");
}

Image restored_image(const QuantizedImage& quantized, const Work& work) {
  const BlockGrid& grid = quantized.header.grid;
  Image image(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
  const RestoreFilter filter(grid, quantized.codewords, quantized.header.restore, 1);
  const std::vector<Band> bands = bands_of(quantized);
  work.pool.for_each(bands.size(), [&](std::size_t i) {
    const Band& band = bands[i];
    filter.paint(band.window, image.row(band.first_row + band.window.begin_row), image.row_bytes(), work);
  });
  return image;
}

}  // namespace vqi::detail
