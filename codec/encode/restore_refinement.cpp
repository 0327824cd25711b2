// A pass of ECVQ does not know that a filter follows, and would bring codewords near to pixels that the filter reaches
// without them. So the image of the next pass lacks a part of what the filter added after the last one: not all of it,
// as other indices change what the filter does. A pass with less than the whole lambda overshoots less than greedy
// choices would at the end (see rate_constraint.cpp). Whether it was worth while is told by the file itself.
#include "restore_refinement.hpp"

#include <algorithm>
#include <utility>

#include "effort.hpp"
#include "rate_constraint.hpp"
#include "restore_choice.hpp"
#include "restore_filter.hpp"
#include "strip_rows.hpp"

namespace vqi::detail {
namespace {

/// From six photographs that the filter's training had not seen, at three K (EXPERIMENTS.md, "The decode filter").
struct RefinementTuning {
  int filter_sixteenths = 5;  ///< of what the filter adds that the next pass leaves to it
  double lambda_part = 0.7;   ///< of the lambda of the whole, for a pass,
  double careful_part = 0.5;  ///< and where such a pass costs more than it saves
};
constexpr RefinementTuning refinement;

/// One row of image_before_filter, which holds the row of the restored image first.
template <typename Sample>
void leave_to_filter(const BlockGrid& grid, const std::byte* pixels, const SampleArray& codewords,
                     const std::uint16_t* indices, std::byte* row) {
  constexpr std::int32_t max_value = sizeof(Sample) == 1 ? 255 : 65535;
  const auto* const from = reinterpret_cast<const Sample*>(pixels);
  auto* const to = reinterpret_cast<Sample*>(row);
  const std::uint32_t colours = RestoreFilter::colours_of(grid.channels);
  for (std::uint32_t x = 0; x < grid.width_px; ++x)
    for (std::uint32_t c = 0; c < grid.channels; ++c) {
      const std::size_t at = std::size_t{x} * grid.channels + c;
      const auto codeword = static_cast<std::int32_t>(codewords.at(indices[x], c));
      const std::int32_t added = c < colours ? std::int32_t{to[at]} - codeword : 0;
      const std::int32_t left = (refinement.filter_sixteenths * added + 8) >> 4;
      to[at] = static_cast<Sample>(std::clamp(std::int32_t{from[at]} - left, 0, max_value));
    }
}

/// D + lambda R of the whole image and the whole file.
double cost_of(const ImageView& image, const WrittenImage& written, double lambda, const Work& work) {
  const double samples = static_cast<double>(image.width_px) * image.height_px * image.channels;
  return measure_quantized_errors(image, written, work).mse * samples +
         lambda * 8 * static_cast<double>(written.report.bytes.file);
}

/// The image with the indices and codewords that one pass at `lambda` makes of those of `written`.
QuantizedImage chosen_again(const ImageView& image, const EncodeOptions& options, const WrittenImage& written,
                            double lambda, const Work& work) {
  QuantizedImage result = static_cast<const QuantizedImage&>(written);
  const BlockGrid& grid = result.header.grid;
  const TrainingSpace space(grid);
  const Image before = image_before_filter(image, written, work);
  const ImageView seen = before;
  const RateConstraint constraint{lambda, choose_strip_rows(grid, model_of(options)), choice_plan_for(options.effort)};
  MapChoice choice{std::move(result.codewords), std::move(result.indices)};
  choose_once({seen, grid, space}, {image, grid, space}, lambda, constraint, choice, work);
  result.header.k = static_cast<std::uint32_t>(choice.codewords.rows());
  result.codewords = std::move(choice.codewords);
  result.indices = std::move(choice.indices);
  result.row_order = RowOrder::one_by_one;
  return result;
}

}  // namespace

int refining_passes(std::uint32_t effort) noexcept {
  if (effort <= 3) return 0;
  return effort <= 6 ? 1 : 2;
}

Image image_before_filter(const ImageView& image, const QuantizedImage& quantized, const Work& work) {
  const BlockGrid& grid = quantized.header.grid;
  Image result = restored_image(quantized, work);
  work.pool.for_each(grid.height_px, [&](std::size_t y) {
    const auto row = static_cast<std::uint32_t>(y);
    const auto leave = grid.bit_depth == 8 ? leave_to_filter<std::uint8_t> : leave_to_filter<std::uint16_t>;
    leave(grid, image.row(row), quantized.codewords, quantized.indices.data() + y * grid.width_px, result.row(row));
  });
  return result;
}

void refine_restored(const ImageView& image, const EncodeOptions& options, WrittenImage& written, const Work& work) {
  const double lambda = written.report.lambda.value_or(0);
  if (!(lambda > 0) || options.space != Space::rgb) return;
  double least = cost_of(image, written, lambda, work);
  double part = refinement.lambda_part;
  for (int kept = 0; kept < refining_passes(options.effort) && written.header.restore.is_on();) {
    WrittenImage again =
        write_with_filter(image, chosen_again(image, options, written, part * lambda, work), options, work);
    const double cost = cost_of(image, again, lambda, work);
    if (cost < least) {
      least = cost;
      written = std::move(again);
      ++kept;
    } else if (part > refinement.careful_part) {
      part = refinement.careful_part;
    } else {
      return;
    }
  }
}

}  // namespace vqi::detail
