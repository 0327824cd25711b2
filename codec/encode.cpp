// encode: wires distinct vectors, training, mapping, writing and measuring.
#include <chrono>
#include <limits>
#include <memory>
#include <string>

#include "distinct_vectors.hpp"
#include "effort.hpp"
#include "metadata_sections.hpp"
#include "stream_writer.hpp"
#include "train.hpp"
#include "vqi/codec.hpp"

namespace vqi {
namespace {

using Clock = std::chrono::steady_clock;

/// Seconds since `start`, which moves to now.
double lap(Clock::time_point& start) {
  const Clock::time_point now = Clock::now();
  const double seconds = std::chrono::duration<double>(now - start).count();
  start = now;
  return seconds;
}

void validate_option(std::uint64_t value, std::uint64_t least, std::uint64_t most, const char* name) {
  if (value < least || value > most)
    throw Error(ErrorCode::invalid_option, std::string(name) + " is " + std::to_string(value) + "; it must be " +
                                               std::to_string(least) + " to " + std::to_string(most));
}

void validate_options(const EncodeOptions& options, const BlockGrid& grid) {
  validate_option(options.k, 1, codewords_max, "k");
  validate_option(options.block_width_px, 1, 16, "block width");
  validate_option(options.block_height_px, 1, 16, "block height");
  validate_option(options.effort, effort_min, effort_max, "effort");
  if (grid.vector_count() > std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorCode::invalid_image, "image has " + std::to_string(grid.vector_count()) +
                                              " vectors; 2^32 - 1 are possible, larger blocks make fewer");
}

/// Decodes what was written and compares it with the image.
Distortion measure(const ImageView& image, std::span<const std::byte> bytes, const EncodeOptions& options) {
  DecodeLimits unlimited;
  unlimited.max_pixels = std::numeric_limits<std::uint64_t>::max();
  unlimited.max_side_px = std::numeric_limits<std::uint32_t>::max();
  unlimited.max_memory_bytes = std::numeric_limits<std::uint64_t>::max();
  unlimited.threads = options.threads;
  return measure_distortion(image, decode(bytes, unlimited), options.threads);
}

void fill_report(const BlockGrid& grid, const EncodeOptions& options, EncodeReport& report) {
  const double pixels = static_cast<double>(grid.width_px) * grid.height_px;
  report.width_px = grid.width_px;
  report.height_px = grid.height_px;
  report.channels = grid.channels;
  report.bit_depth = grid.bit_depth;
  report.raw_bytes = std::uint64_t{grid.width_px} * grid.height_px * grid.pixel_bytes();
  report.ratio = static_cast<double>(report.raw_bytes) / static_cast<double>(report.bytes.file);
  report.bpp = 8.0 * static_cast<double>(report.bytes.file) / pixels;
  report.index_bpp = 8.0 * static_cast<double>(report.bytes.index) / pixels;
  report.k_requested = options.k;
  report.block_width_px = options.block_width_px;
  report.block_height_px = options.block_height_px;
  report.coding = options.coding;
  const bool chosen_by_us = options.seeding == Seeding::automatic && report.algorithm == TrainingAlgorithm::kmeans;
  report.seeding = chosen_by_us ? Seeding::split : options.seeding;
  report.effort = options.effort;
  report.seed = options.seed;
}

}  // namespace

Encoded encode(ImageView image, const EncodeOptions& options) {
  validate(image);
  StreamHeader header;
  header.grid = {image.width_px,  image.height_px,        image.channels,
                 image.bit_depth, options.block_width_px, options.block_height_px};
  validate_options(options, header.grid);
  const ColourMetadata metadata = image.metadata != nullptr ? *image.metadata : ColourMetadata{};
  validate_metadata(metadata);

  const ThreadPool pool(options.threads);
  ProgressReporter progress(options.progress);
  Encoded encoded;
  EncodeReport& report = encoded.report;
  report.threads = pool.threads();
  Clock::time_point start = Clock::now();

  progress.begin(Stage::train);
  auto distinct = find_distinct_vectors(image, header.grid, pool, progress);
  TrainedCodebook trained = train(*distinct, header.grid, options, pool, progress);
  header.k = static_cast<std::uint32_t>(trained.codewords.rows());
  report.k = header.k;
  report.distinct_vectors = distinct->size();
  report.trained_vectors = trained.trained_vectors;
  report.iterations = trained.lloyd.iterations;
  report.converged = trained.lloyd.converged;
  report.algorithm = trained.algorithm;
  report.history = std::move(trained.lloyd.history);
  report.seconds.train = lap(start);

  progress.begin(Stage::assign);
  const auto vectors = static_cast<std::size_t>(header.grid.vector_count());
  auto indices = std::make_unique_for_overwrite<std::uint16_t[]>(vectors);
  distinct->map(trained.index_of, {indices.get(), vectors}, pool, progress);
  distinct.reset();
  report.seconds.assign = lap(start);

  progress.begin(Stage::encode);
  WrittenStream written = write_stream(header, trained.codewords, {indices.get(), vectors}, metadata, pool, progress);
  indices.reset();
  report.seconds.encode = lap(start);

  progress.begin(Stage::measure);
  report.distortion = measure(image, written.bytes, options);
  progress.throw_if_cancelled();
  set_stored_mse(written.bytes, header, report.distortion.mse);
  encoded.bytes = std::move(written.bytes);
  report.bytes = written.counts;
  report.seconds.measure = lap(start);
  fill_report(header.grid, options, report);
  return encoded;
}

}  // namespace vqi
