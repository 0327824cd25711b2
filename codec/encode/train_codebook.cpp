// The codebook that is learned from the statistics of many images.
#include <chrono>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "argument_checks.hpp"
#include "codebook_image.hpp"
#include "codeword_order.hpp"
#include "colour_options.hpp"
#include "oklab_mse.hpp"
#include "premultiply.hpp"
#include "prepared_image.hpp"
#include "statistics_state.hpp"
#include "train.hpp"
#include "vqi/codebook.hpp"
#include "weighted_counts.hpp"

namespace vqi {
using namespace detail;

namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_option, what); }

/// Mean squared error over the samples of all vectors, with alpha premultiplied.
double mean_squared_error(const VectorRun& run, const SampleArray& samples, const TrainedCodebook& trained,
                          const BlockGrid& grid) {
  const std::uint32_t most = grid.bit_depth == 16 ? 65535 : 255;
  const auto value = [&](const SampleArray& array, std::size_t row, std::uint32_t i) {
    const std::uint32_t c = i % grid.channels;
    const std::uint32_t sample = array.at(row, i);
    if (!grid.has_alpha() || c + 1 == grid.channels) return sample;
    return premultiply(sample, array.at(row, i - c + grid.channels - 1), most);
  };
  uint128 sum = 0;
  uint128 vectors = 0;
  for (std::size_t d = 0; d < run.counts.size(); ++d) {
    std::uint64_t distance_sq = 0;
    for (std::uint32_t i = 0; i < samples.dimension(); ++i) {
      const std::int64_t difference =
          std::int64_t{value(samples, d, i)} - value(trained.codewords, trained.index_of[d], i);
      distance_sq += static_cast<std::uint64_t>(difference * difference);
    }
    sum += uint128{distance_sq} * run.counts[d];
    vectors += run.counts[d];
  }
  return static_cast<double>(sum) / (static_cast<double>(vectors) * samples.dimension());
}

/// The same in Oklab, a pixel's squared distance being the sum of those of its coordinates.
double mean_oklab_distance(const VectorRun& run, const SampleArray& samples, const TrainedCodebook& trained,
                           const BlockGrid& grid) {
  const OklabDistance distance(grid.channels, grid.bit_depth);
  const std::size_t pixel_bytes = std::size_t{grid.channels} * (grid.bit_depth / 8);
  double sum = 0;
  double pixels = 0;
  for (std::size_t d = 0; d < run.counts.size(); ++d) {
    const std::byte* const codeword = trained.codewords.row(trained.index_of[d]);
    double of_vector = 0;
    for (std::size_t at = 0; at < samples.row_bytes(); at += pixel_bytes)
      of_vector += distance(samples.row(d) + at, codeword + at);
    sum += of_vector * static_cast<double>(run.counts[d]);
    pixels += static_cast<double>(samples.dimension() / grid.channels) * static_cast<double>(run.counts[d]);
  }
  return sum / pixels;
}

/// The codewords after the fixed ones in an order that makes their coding small.
SampleArray in_stored_order(const SampleArray& codewords, std::size_t fixed) {
  SampleArray others(codewords.rows() - fixed, codewords.dimension(), codewords.bit_depth());
  std::memcpy(others.bytes().data(), codewords.row(fixed), others.bytes().size());
  SampleArray ordered = codewords;
  std::size_t place = fixed;
  for (const std::uint16_t k : order_codewords(others))
    std::memcpy(ordered.row(place++), others.row(k), others.row_bytes());
  return ordered;
}

/// Throws Error{invalid_option} unless there is an image, and only options on learning are given.
void check_learning(std::uint64_t images, const EncodeOptions& options) {
  const char* without_use = nullptr;
  if (options.lossless) without_use = "lossless";
  if (options.method != Method::kmeans) without_use = "a method other than kmeans";
  if (options.lambda) without_use = "lambda";
  if (options.covariance) without_use = "covariance";
  if (options.coding != Coding::automatic) without_use = "coding";
  if (options.model) without_use = "model";
  if (options.verify) without_use = "verify";
  if (options.codebook) without_use = "codebook";
  if (options.weights) without_use = "weights";
  if (without_use != nullptr) refuse(std::string(without_use) + " does not apply to learning a codebook, leave it out");
  if (images == 0) refuse("the statistics are of no image, add one");
}

}  // namespace

CodebookTraining train_codebook(const Statistics& statistics, const EncodeOptions& options, const RunOptions& run) {
  const auto start = std::chrono::steady_clock::now();
  const auto& state = StatisticsAccess::of(statistics);
  check_learning(statistics.images(), options);
  const PixelType type = state.widest();
  const BlockGrid grid = state.block_of(type);
  const Image block(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
  EncodeOptions own = options;
  own.block_width_px = grid.block_width_px;
  own.block_height_px = grid.block_height_px;
  if ((options.block_width_px != 1 || options.block_height_px != 1) &&
      (options.block_width_px != own.block_width_px || options.block_height_px != own.block_height_px))
    refuse("blocks of another size are given than those of the statistics, leave them out");
  own = checked_options(block, own);

  const VectorRun merged = state.merged_as(type);
  SampleArray samples(merged.counts.size(), grid.dimension(), grid.bit_depth);
  std::memcpy(samples.bytes().data(), merged.rows.data(), merged.rows.size());
  const bool in_morton_order = grid.vector_bytes() <= 3 && grid.vector_bytes() != 2;
  const WeightedVectors weighted(samples, counts_of(merged.counts), in_morton_order);
  const CallWork work(run);
  work.progress.begin(Stage::train);
  const Dataset dataset(weighted, grid, work.pool, own.space);
  const TrainedCodebook trained = train(dataset, own, work);

  CodebookTraining result;
  result.codebook = {grid.block_width_px, grid.block_height_px,
                     codebook_image(grid, in_stored_order(trained.codewords, own.fixed.size()))};
  result.k_requested = k_of(own);
  result.vectors = state.vectors();
  result.distinct_vectors = merged.counts.size();
  result.sample_size = state.sample_size;
  result.sampled = state.is_sampled();
  result.variance = statistics.variance();
  result.mse = mean_squared_error(merged, samples, trained, grid);
  if (own.space == Space::oklab) result.mse_oklab = mean_oklab_distance(merged, samples, trained, grid);
  result.iterations = trained.lloyd.iterations;
  result.converged = trained.lloyd.converged;
  result.train_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace vqi
