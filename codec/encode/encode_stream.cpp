// encode_stream: a pass over the rows that counts vectors, and one or two that code them.
#include <algorithm>
#include <bit>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "argument_checks.hpp"
#include "colour_options.hpp"
#include "common_form.hpp"
#include "dataset.hpp"
#include "decode_memory.hpp"
#include "detached_codebook.hpp"
#include "distortion.hpp"
#include "gathered_vectors.hpp"
#include "index_model.hpp"
#include "lap_clock.hpp"
#include "prepared_image.hpp"
#include "quantized_rows.hpp"
#include "restore_choice.hpp"
#include "row_of_codes.hpp"
#include "row_passes.hpp"
#include "stream_figures.hpp"
#include "strip_feed.hpp"
#include "vqi/codebook.hpp"
#include "vqi/streaming.hpp"

namespace vqi {
using namespace detail;
namespace {

/// Pixels that are read at once.
constexpr std::uint64_t band_px = std::uint64_t{1} << 20;

/// Checks the options as encode does, and that the image can be coded without being whole in memory.
EncodeOptions checked_for_rows(const RowSource& source, const EncodeOptions& options) {
  static const std::uint16_t no_sample = 0;  // never read: what is checked is the type
  ImageView view = source.type;
  view.samples = reinterpret_cast<const std::byte*>(&no_sample);
  view.stride_bytes = view.row_bytes();
  const EncodeOptions own = checked_options_of_any_size(view, options);
  const char* whole = nullptr;
  if (own.method == Method::ecvq) whole = "the method ecvq";
  if (own.dither != Dither::none) whole = "dither";
  if (own.weights) whole = "weights";
  if (wants_restore(own)) whole = "restore";
  if (own.verify) whole = "verify";
  if (whole != nullptr)
    throw Error(ErrorCode::invalid_option, std::string(whole) +
                                               " is given but needs the whole image in memory, and this one comes row "
                                               "by row; leave it out, or encode the image as a whole");
  if (const BlockGrid grid = grid_of(view, own); grid.vector_bytes() > dense_bytes_max) check_vector_count(grid);
  return own;
}

/// A stream of which head and tail are not written yet.
struct CodedRows {
  MapCoding coding;
  std::vector<CodedStrip> strips{};
  ErrorSums errors{};
};

class StreamEncoder {
 public:
  StreamEncoder(const RowSource& source, const ByteSink& sink, const EncodeOptions& options, const RunOptions& run)
      : source_(source),
        sink_(sink),
        options_(checked_for_rows(source, options)),
        run_(run),
        grid_(grid_of(source.type, options_)),
        work_(run_),
        passes_(source, grid_, band_px),
        vectors_(make_gathered_vectors(grid_)) {
    check_memory(passes_.band_bytes(), run_, "encoding");
  }

  EncodeReport encode() {
    LapClock clock;
    work_.progress.begin(Stage::train);
    gather();
    TrainedCodebook trained = train_codebook();
    report_.seconds.train = clock.lap();
    work_.progress.begin(Stage::encode);
    CodedRows coded = code_best(trained.codewords);
    finish(std::move(coded));
    report_.seconds.encode = clock.lap();
    return std::move(report_);
  }

 private:
  void gather() {
    passes_.read(work_, [&](std::uint32_t, const ImageView& band, const BlockGrid& grid) {
      vectors_->add(band, grid, work_);
      check_memory(passes_.band_bytes() + vectors_->size_bytes(), run_, "counting the distinct vectors");
    });
    vectors_->finish(work_);
  }

  TrainedCodebook train_codebook() {
    const Dataset dataset(*vectors_, grid_, work_.pool, options_.space);
    TrainedCodebook trained = train_for_report(dataset, options_, work_, report_);
    vectors_->set_indices(trained.index_of);
    header_.grid = grid_;
    header_.k = static_cast<std::uint32_t>(trained.codewords.rows());
    return trained;
  }

  /// Strips that memory and threads allow to be under way: each has its indices twice, its bytes, and a model's state.
  [[nodiscard]] std::uint32_t strips_at_once(const StreamHeader& header) const {
    const std::uint64_t vectors = strip_vectors_max(header, 0, header.strip_count(), grid_.map_height());
    std::uint64_t fixed = passes_.band_bytes() + vectors_->size_bytes() + 2 * band_vectors() * sizeof(std::uint16_t);
    std::uint64_t each = vectors * (2 * sizeof(std::uint16_t) + sizeof(std::uint16_t));
    if (header.model && header.k > 1) {
      const ModelMemory model = memory_of_model(*header.model, header.k, grid_.map_width());
      fixed += model.tables_bytes;
      each += model.state_bytes;
    }
    check_memory(fixed + each, run_, "encoding");
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(work_.pool.threads(), (run_.max_memory_bytes - fixed) / each));
  }
  [[nodiscard]] std::uint64_t band_vectors() const noexcept {
    return passes_.band_bytes() / grid_.pixel_bytes() / (grid_.block_width_px * grid_.block_height_px) +
           grid_.map_width();
  }

  /// The size of what stands before the strips.
  [[nodiscard]] std::uint64_t head_bytes(const MapCoding& coding) const {
    return make_ends(stored_header(coding), stored_codebook(coding), metadata(),
                     std::vector<CodedStrip>(coding.header.strip_count()))
        .head.size();
  }

  /// Codes all rows, writes the strips, and tells what the strips of `other` would take.
  CodedRows code(MapCoding coding, const SampleArray& codewords, const MapCoding* other, std::uint64_t& other_bytes) {
    CodedRows coded{std::move(coding)};
    std::uint64_t offset = head_bytes(coded.coding);
    StripFeed feed(coded.coding, strips_at_once(coded.coding.header), [&](std::span<const std::byte> strip) {
      if (!strip.empty()) sink_.write_at(offset, strip);
      offset += strip.size();
    });
    std::optional<StripFeed> other_feed;
    if (other != nullptr) other_feed.emplace(*other, work_.pool.threads(), StripFeed::Use());
    std::vector<std::uint16_t> indices;
    passes_.read(work_, [&](std::uint32_t, const ImageView& band, const BlockGrid& grid) {
      indices.resize(grid.vector_count());
      vectors_->map(band, grid, indices, work_);
      const ViewRows rows(band, grid.channels, grid.bit_depth);
      const QuantizedRows quantized(grid, codewords, indices);
      coded.errors.add(
          sum_errors({rows, quantized, grid.width_px, grid.height_px, grid.channels, grid.bit_depth}, work_));
      feed.add(indices, work_);
      if (other_feed) other_feed->add(indices, work_);
    });
    coded.strips = feed.strips();
    if (other_feed) other_bytes = other_feed->index_bytes();
    return coded;
  }

  /// The coding that encode would choose, as there: uniform range where it is smaller than fixed width, and of
  /// automatic coding the smaller one.
  CodedRows code_best(const SampleArray& codewords) {
    MapCoding fixed = fixed_width_coding(header_, codewords);
    std::optional<MapCoding> uniform;
    if (!std::has_single_bit(header_.k)) uniform = uniform_range_coding(header_, codewords);
    std::uint64_t uniform_bytes = 0;
    std::uint64_t unused = 0;
    const Coding wanted = coding_of(options_);
    if (wanted == Coding::packed) {
      if (!uniform) return code(std::move(fixed), codewords, nullptr, unused);
      CodedRows coded = code(std::move(*uniform), codewords, nullptr, unused);
      if (size_of(coded.strips) < fixed_width_bytes(fixed)) return coded;
      return code(std::move(fixed), codewords, nullptr, unused);
    }
    MapCoding model = model_coding(header_, {wanted, model_of(options_), kept_codewords(options_)}, codewords, work_);
    const bool compares = wanted == Coding::automatic && uniform.has_value();
    CodedRows coded = code(std::move(model), codewords, compares ? &*uniform : nullptr, uniform_bytes);
    if (wanted == Coding::entropy) return coded;
    const std::uint64_t fixed_bytes = fixed_width_bytes(fixed);
    const bool is_uniform = uniform && uniform_bytes < fixed_bytes;
    MapCoding& packed = is_uniform ? *uniform : fixed;
    const std::uint64_t packed_bytes = packed.size_bytes(is_uniform ? uniform_bytes : fixed_bytes);
    if (coded.coding.size_bytes(size_of(coded.strips)) < packed_bytes) return coded;
    return code(std::move(packed), codewords, nullptr, unused);
  }

  void finish(CodedRows coded) {
    report_.distortion = distortion_of(coded.errors, grid_.width_px, grid_.height_px, grid_.channels, grid_.bit_depth);
    StreamHeader header = stored_header(coded.coding);
    header.mse = report_.distortion.mse;
    header.version_minor = least_minor(header);
    const StreamEnds ends = make_ends(header, stored_codebook(coded.coding), metadata(), coded.strips);
    sink_.write_at(ends.head.size() + ends.counts.index, ends.tail);
    sink_.write_at(0, ends.head);
    static_cast<StreamFigures&>(report_) = figures_of(header, ends.counts);
  }

  static std::uint64_t size_of(const std::vector<CodedStrip>& strips) noexcept {
    std::uint64_t bytes = 0;
    for (const CodedStrip& strip : strips) bytes += strip.size_bytes;
    return bytes;
  }
  [[nodiscard]] const ColourMetadata& metadata() const noexcept {
    static const ColourMetadata none;
    return source_.type.metadata != nullptr ? *source_.type.metadata : none;
  }
  /// With `detach` the codebook's hash stands in its place.
  [[nodiscard]] StreamHeader stored_header(const MapCoding& coding) const {
    return options_.detach ? detached_header(coding.header) : coding.header;
  }
  [[nodiscard]] std::vector<std::byte> stored_codebook(const MapCoding& coding) const {
    if (!options_.detach) return coding.codebook;
    const CodebookHash hash = codebook_hash(*options_.codebook);
    const std::span<const std::byte> bytes = std::as_bytes(std::span(hash));
    return {bytes.begin(), bytes.end()};
  }

  const RowSource& source_;
  const ByteSink& sink_;
  EncodeOptions options_;
  const RunOptions& run_;
  BlockGrid grid_;
  CallWork work_;
  RowPasses passes_;
  std::unique_ptr<GatheredVectors> vectors_;
  StreamHeader header_;
  EncodeReport report_;
};

}  // namespace

EncodeReport encode_stream(const RowSource& source, const ByteSink& sink, const EncodeOptions& options,
                           const RunOptions& run) {
  return StreamEncoder(source, sink, options, run).encode();
}

}  // namespace vqi
