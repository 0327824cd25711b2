// From distinct vectors over training, mapping and writing to measuring, each with its part of the report.
#include "prepared_image.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "argument_checks.hpp"
#include "codebook_section.hpp"
#include "colour_options.hpp"
#include "common_form.hpp"
#include "detached_codebook.hpp"
#include "distortion.hpp"
#include "dither.hpp"
#include "effort.hpp"
#include "lap_clock.hpp"
#include "large_memory.hpp"
#include "metadata_sections.hpp"
#include "quantized_rows.hpp"
#include "rate_constraint.hpp"
#include "restore_choice.hpp"
#include "restore_refinement.hpp"
#include "stream_figures.hpp"
#include "stream_writer.hpp"
#include "strip_rows.hpp"
#include "train.hpp"
#include "verify_stream.hpp"
#include "vqi/codebook.hpp"

namespace vqi::detail {
namespace {

void validate_option(std::uint64_t value, std::uint64_t least, std::uint64_t most, const char* name) {
  if (value < least || value > most)
    throw Error(ErrorCode::invalid_option, std::string(name) + " is " + std::to_string(value) + "; it must be " +
                                               std::to_string(least) + " to " + std::to_string(most));
}

/// Throws Error{invalid_option} if covariance, seeding, coding or lambda does not fit the method, or lambda is out of
/// range.
void validate_method(const EncodeOptions& options) {
  if (options.covariance && options.method != Method::em)
    throw Error(ErrorCode::invalid_option, "covariance is given but the method is not em, leave one out");
  if (options.method == Method::anneal && options.seeding != Seeding::automatic)
    throw Error(ErrorCode::invalid_option,
                "seeding is given but the method is anneal, which needs none; leave one out");
  if (options.method == Method::ecvq && options.coding == Coding::packed)
    throw Error(ErrorCode::invalid_option,
                "coding is packed, where every index takes the same bits and the method ecvq, which weighs bits, has "
                "nothing to gain; give entropy or none");
  if (!options.lambda) return;
  if (options.method != Method::ecvq)
    throw Error(ErrorCode::invalid_option,
                "lambda is given but the method is not ecvq, which alone weighs bits; leave "
                "lambda out or choose ecvq");
  if (!(*options.lambda >= 0 && *options.lambda <= lambda_max))
    throw Error(ErrorCode::invalid_option,
                "lambda is " + std::to_string(*options.lambda) + "; it must be 0 to 10000000000");
}

/// Throws Error{invalid_option} if pixels cannot be dithered, or strength has nothing to act on or is out of range.
void validate_dither(const EncodeOptions& options) {
  const bool dithers = options.dither != Dither::none;
  if (dithers && (options.block_width_px != 1 || options.block_height_px != 1))
    throw Error(ErrorCode::invalid_option, "dither is given but blocks are larger than a pixel, leave one out");
  if (dithers && options.method == Method::ecvq)
    throw Error(ErrorCode::invalid_option,
                "dither is given but the method is ecvq, which chooses indices by their bits; leave one out");
  if (!options.dither_strength) return;
  if (!dithers) throw Error(ErrorCode::invalid_option, "dither strength is given but no dither, give both or none");
  if (!(*options.dither_strength >= 0 && *options.dither_strength <= 1))
    throw Error(ErrorCode::invalid_option,
                "dither strength is " + std::to_string(*options.dither_strength) + "; it must be 0 to 1");
}

/// Throws Error{invalid_option} if `lossless` comes with an option on how codewords are learned.
void validate_lossless(const EncodeOptions& options) {
  const char* without_use = nullptr;
  if (options.k) without_use = "k";
  if (options.method != Method::kmeans) without_use = "a method";
  if (options.seeding != Seeding::automatic) without_use = "seeding";
  if (options.max_iterations) without_use = "max_iterations";
  if (options.dither != Dither::none) without_use = "dither";
  if (options.lossless && without_use != nullptr)
    throw Error(ErrorCode::invalid_option, std::string(without_use) +
                                               " is given but lossless keeps all distinct vectors and learns nothing, "
                                               "leave one of the two out");
}

/// `options` with as many codewords as there are distinct vectors. Throws Error{target_unreachable} where a stream
/// cannot have as many.
EncodeOptions keeping_all(const EncodeOptions& options, std::uint64_t distinct_vectors) {
  if (distinct_vectors > codewords_max)
    throw Error(ErrorCode::target_unreachable,
                "the image has " + std::to_string(distinct_vectors) +
                    " distinct pixels or blocks, and lossless takes a codeword for each, of which " +
                    std::to_string(codewords_max) +
                    " are possible; encode it with loss, or in a lossless format for "
                    "photographs");
  EncodeOptions own = options;
  own.k = static_cast<std::uint32_t>(distinct_vectors);
  return own;
}

void validate_enumerators(const EncodeOptions& options) {
  check_enumerator(options.method, Method::anneal, "method");
  check_enumerator(options.seeding, Seeding::kmeanspp, "seeding");
  check_enumerator(options.dither, Dither::bayer, "dither");
  check_enumerator(options.coding, Coding::automatic, "coding");
  if (options.covariance) check_enumerator(*options.covariance, Covariance::full, "covariance");
  if (options.model) check_enumerator(*options.model, Model::max, "model");
}

/// The image's distinct vectors, and in `seconds` what finding them took.
std::unique_ptr<const DistinctVectors> find_timed(const ImageView& image, const BlockGrid& grid, const Work& work,
                                                  double& seconds) {
  LapClock clock;
  work.progress.begin(Stage::train);
  std::unique_ptr<const DistinctVectors> distinct = find_distinct_vectors(image, grid, work);
  seconds = clock.lap();
  return distinct;
}

/// An image beside what decoders make of its codewords and indices. Borrows both.
class QuantizedComparison {
 public:
  QuantizedComparison(const ImageView& image, const QuantizedImage& quantized, const Work& work)
      : reference_(image, image.channels, image.bit_depth), other_(other_rows(quantized, work)), image_(image) {}

  [[nodiscard]] ComparedRows rows() const noexcept {
    return {reference_, *other_, image_.width_px, image_.height_px, image_.channels, image_.bit_depth};
  }

 private:
  /// The image that the decode filter makes, or without it rows that follow from the indices.
  std::unique_ptr<const PixelRows> other_rows(const QuantizedImage& quantized, const Work& work) {
    const BlockGrid& grid = quantized.header.grid;
    if (!quantized.header.restore.is_on())
      return std::make_unique<QuantizedRows>(grid, quantized.codewords, quantized.indices);
    restored_ = restored_image(quantized, work);
    return std::make_unique<ViewRows>(restored_, grid.channels, grid.bit_depth);
  }

  ViewRows reference_;
  Image restored_;
  std::unique_ptr<const PixelRows> other_;
  const ImageView& image_;
};

/// Puts the hash of its codebook in the codebook's place.
void detach(WrittenImage& written, const Codebook& codebook) {
  written.bytes = detach_codebook(written.bytes, codebook_hash(codebook));
  ByteCounts counts = written.report.bytes;
  counts.codebook = detached_codebook_bytes;
  counts.file = written.bytes.size();
  static_cast<StreamFigures&>(written.report) = figures_of(written.header, counts);
}

/// Enters what is known before training.
void describe(const EncodeOptions& options, EncodeReport& report) {
  (options.lossless ? report.k_chosen : report.k_requested) = options.k;
  report.method = options.method;
  report.dither = options.dither;
  report.seeding = options.seeding;
  report.effort = options.effort;
  report.seed = options.seed;
  report.space = options.space;
  if (options.codebook) report.k_requested.reset();
}

void describe(TrainedCodebook& trained, EncodeReport& report) {
  report.trained_vectors = trained.trained_vectors;
  report.iterations = trained.lloyd.iterations;
  report.converged = trained.lloyd.converged;
  report.algorithm = trained.algorithm;
  report.history = std::move(trained.lloyd.history);
  report.mixture = std::move(trained.mixture);
  report.annealing = std::move(trained.annealing);
  if (trained.seeding) report.seeding = *trained.seeding;
}

}  // namespace

BlockGrid grid_of(const ImageView& image, const EncodeOptions& options) noexcept {
  return {image.width_px,  image.height_px,        image.channels,
          image.bit_depth, options.block_width_px, options.block_height_px};
}

Coding coding_of(const EncodeOptions& options) noexcept {
  const bool chosen_for_model = options.method == Method::ecvq && options.coding == Coding::automatic;
  return chosen_for_model ? Coding::entropy : options.coding;
}

EncodeOptions checked_options_of_any_size(const ImageView& image, const EncodeOptions& options) {
  EncodeOptions own = options;
  validate_lossless(options);
  validate(image);
  check_colours(image, own);
  if (!options.lossless) own.k = k_of(own);
  validate_option(k_of(own), 1, codewords_max, "k");
  validate_option(own.block_width_px, 1, 16, "block width");
  validate_option(own.block_height_px, 1, 16, "block height");
  validate_option(own.effort, effort_min, effort_max, "effort");
  validate_enumerators(own);
  if (own.model && own.coding == Coding::packed)
    throw Error(ErrorCode::invalid_option, "model is given but the coding is packed, which has none; leave one out");
  validate_method(own);
  validate_dither(own);
  check_restore(own);
  if (image.metadata != nullptr) validate_metadata(*image.metadata);
  return own;
}

void check_vector_count(const BlockGrid& grid) {
  const std::uint64_t vectors = grid.vector_count();
  if (vectors > std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorCode::invalid_image,
                "image has " + std::to_string(vectors) + " vectors; 2^32 - 1 are possible, larger blocks make fewer");
}

EncodeOptions checked_options(const ImageView& image, const EncodeOptions& options) {
  EncodeOptions own = checked_options_of_any_size(image, options);
  check_vector_count(grid_of(image, own));
  return own;
}

EncodeOptions checked_options_without_k(const ImageView& image, const EncodeOptions& options, const char* chooser) {
  if (options.k)
    throw Error(ErrorCode::invalid_option,
                std::string("k is given but ") + chooser + " chooses it, leave one of the two out");
  if (options.lossless)
    throw Error(ErrorCode::invalid_option,
                std::string("lossless is given but ") + chooser + " chooses k, leave one of the two out");
  check_no_given_colours(options, chooser);
  EncodeOptions own = options;
  own.k = 1;
  return checked_options(image, own);
}

void check_encode_memory(const ImageView& image, const EncodeOptions& options, const RunOptions& run,
                         std::uint64_t more_maps) {
  const std::uint64_t maps = more_maps + (options.method == Method::ecvq ? constraint_maps_max : 1);
  const std::uint64_t index_bytes = maps * sizeof(std::uint16_t) * grid_of(image, options).vector_count();
  const std::uint64_t images = std::uint64_t{options.verify} + std::uint64_t{wants_restore(options)};
  const std::uint64_t decoded_bytes = images * image.row_bytes() * image.height_px;
  const std::uint64_t dither_bytes =
      dither_bytes_per_pixel(options.dither) * std::uint64_t{image.width_px} * image.height_px;
  check_memory(index_bytes + std::max(decoded_bytes, dither_bytes), run, "encoding");
}

PreparedImage::PreparedImage(const ImageView& image, const EncodeOptions& options, const Work& work)
    : image_(image),
      pool_(work.pool),
      grid_(grid_of(image, options)),
      space_(options.space),
      distinct_(find_timed(image_, grid_, work, prepare_seconds_)),
      weighted_(weighted_vectors(*distinct_, grid_, options, work)) {}

const Dataset& PreparedImage::dataset() const {
  const VectorCounts& vectors = weighted_ ? *weighted_ : *distinct_;
  return *dataset_.get([&] { return std::make_unique<const Dataset>(vectors, grid_, pool_, space_); });
}

TrainedCodebook train_for_report(const Dataset& dataset, const EncodeOptions& options, const Work& work,
                                 EncodeReport& report) {
  const VectorCounts& distinct = dataset.distinct();
  const EncodeOptions kept = options.lossless ? keeping_all(options, distinct.size()) : options;
  describe(kept, report);
  report.threads = work.pool.threads();
  report.distinct_vectors = distinct.size();
  TrainedCodebook trained = train(dataset, kept, work);
  describe(trained, report);
  if (kept.codebook && lose_transparency(distinct.samples(), trained.codewords, dataset.grid().channels))
    report.warnings.emplace_back(
        "no given colour is transparent, so transparent pixels get one that shows; add a transparent colour, such as "
        "#0000");
  return trained;
}

QuantizedImage PreparedImage::quantize(const EncodeOptions& options, const Work& work, RungMemory* memory) const {
  QuantizedImage quantized;
  EncodeReport& report = quantized.report;
  LapClock clock;
  TrainedCodebook trained = train_for_report(dataset(), options, work, report);
  report.seconds.train = clock.lap();

  work.progress.begin(Stage::assign);
  quantized.indices = index_map(trained, work);
  if (options.dither != Dither::none) {
    report.dither_strength = options.dither_strength.value_or(default_dither_strength(options.dither));
    dither(image_, trained.codewords, options.dither, report.dither_strength, quantized.indices, work);
  }
  report.seconds.assign = clock.lap();

  if (options.method == Method::ecvq) {
    constrain(options, trained.codewords, quantized, work, memory);
    report.seconds.assign += clock.lap();
  }

  quantized.header.grid = grid_;
  quantized.header.k = static_cast<std::uint32_t>(trained.codewords.rows());
  quantized.codewords = std::move(trained.codewords);
  return quantized;
}

LargeVector<std::uint16_t> PreparedImage::index_map(const TrainedCodebook& trained, const Work& work) const {
  LargeVector<std::uint16_t> indices(static_cast<std::size_t>(grid_.vector_count()));
  distinct_->map(trained.index_of, indices, work);
  return indices;
}

void PreparedImage::constrain(const EncodeOptions& options, SampleArray& codewords, QuantizedImage& quantized,
                              const Work& work, RungMemory* memory) const {
  EncodeReport& report = quantized.report;
  report.lambda = 0;
  // An image whose distinct vectors fit into K stays lossless at any lambda.
  if (report.algorithm == TrainingAlgorithm::exact) {
    if (options.lambda.value_or(0) > 0)
      report.warnings.emplace_back(
          "lambda has no effect, as all distinct vectors fit into K and are kept exactly; for a "
          "smaller file ask for fewer codewords");
    return;
  }
  const Dataset& vectors = dataset();
  const MapVectors map(image_, grid_, vectors.space());
  const auto nearest = [&](std::uint32_t k) {
    EncodeOptions fewer = options;
    fewer.k = k;
    TrainedCodebook trained = train(vectors, fewer, work);
    return MapChoice{std::move(trained.codewords), index_map(trained, work)};
  };
  const RateConstraint constraint{options.lambda, choose_strip_rows(grid_, model_of(options)),
                                  choice_plan_for(options.effort), nearest};
  MapChoice choice{std::move(codewords), std::move(quantized.indices)};
  const ConstraintResult result = constrain_rate(map, constraint, choice, work, memory);
  report.lambda = result.lambda;
  if (!result.start_kept) quantized.row_order = RowOrder::one_by_one;
  // Where few indices were chosen for their prices, those of k-means are left, which mostly pack better side by side.
  quantized.both_row_orders = !result.start_kept && result.lambda < result.default_lambda;
  if (result.start_kept && result.lambda > 0)
    report.warnings.emplace_back(
        "nearest codewords, as of k-means, are kept, as no other choice costs less at this "
        "lambda; a larger lambda makes the file smaller");
  codewords = std::move(choice.codewords);
  quantized.indices = std::move(choice.indices);
}

Distortion measure_quantized_errors(const ImageView& image, const QuantizedImage& quantized, const Work& work) {
  return measure_errors(QuantizedComparison(image, quantized, work).rows(), work);
}

WrittenImage write_with_filter(const ImageView& image, QuantizedImage quantized, const EncodeOptions& options,
                               const Work& work) {
  WrittenImage written{std::move(quantized), {}};
  written.header.restore = {};
  const auto write_in = [&](RowOrder order) {
    return write_stream(written.header, {coding_of(options), model_of(options), kept_codewords(options), order},
                        written.codewords, written.indices,
                        image.metadata != nullptr ? *image.metadata : ColourMetadata{}, work);
  };
  WrittenStream stream = write_in(written.row_order);
  if (written.both_row_orders && model_of(options) == Model::balanced) {
    WrittenStream other = write_in(RowOrder::by_repeats);
    if (other.bytes.size() < stream.bytes.size()) stream = std::move(other);
  }
  written.bytes = std::move(stream.bytes);
  if (wants_restore(options)) written.header.restore = choose_restore(image, written, work);
  static_cast<StreamFigures&>(written.report) = figures_of(written.header, stream.counts);
  return written;
}

WrittenImage write_quantized(const ImageView& image, QuantizedImage quantized, const EncodeOptions& options,
                             const Work& work) {
  LapClock clock;
  work.progress.begin(Stage::encode);
  WrittenImage written = write_with_filter(image, std::move(quantized), options, work);
  if (written.header.restore.is_on()) refine_restored(image, options, written, work);
  written.report.seconds.encode = clock.lap();
  return written;
}

Encoded finish_encode(const ImageView& image, WrittenImage written, const EncodeOptions& options, const Work& work) {
  LapClock clock;
  work.progress.begin(Stage::measure);
  const QuantizedComparison comparison(image, written, work);
  const MoreFigures more{options.dither != Dither::none, options.space == Space::oklab};
  written.report.distortion = measure_distortion(comparison.rows(), more, work);
  set_stored_mse(written.bytes, written.header, written.report.distortion.mse);
  written.report.restore = restore_figures(written.header);
  if (options.verify) verify_stream(written.bytes, written.header.grid, comparison.rows().other, image.metadata, work);
  if (options.detach) detach(written, *options.codebook);
  written.report.seconds.measure = clock.lap();
  return {std::move(written.bytes), std::move(written.report)};
}

}  // namespace vqi::detail
