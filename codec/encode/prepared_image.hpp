// PreparedImage: an image that can be encoded with several options, sharing what does not depend on them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "dataset.hpp"
#include "distinct_vectors.hpp"
#include "index_model.hpp"
#include "large_memory.hpp"
#include "lazy.hpp"
#include "sample_array.hpp"
#include "stream_header.hpp"
#include "train.hpp"
#include "vqi/codec.hpp"
#include "work.hpp"

namespace vqi::detail {

struct RungMemory;

/// An image as codebook and index map, before it is written.
struct QuantizedImage {
  StreamHeader header;  ///< with grid and k
  SampleArray codewords;
  LargeVector<std::uint16_t> indices;         ///< of each vector
  EncodeReport report;                        ///< with what is known so far
  RowOrder row_order = RowOrder::by_repeats;  ///< one_by_one where ECVQ chose the indices
  bool both_row_orders = false;               ///< by_repeats is tried as well, and the smaller file kept
};

/// A quantized image with its stream. The distortion is not measured yet, and is missing in stream and report.
struct WrittenImage : QuantizedImage {
  std::vector<std::byte> bytes;
};

/// `options` with a `k`, unless they are lossless. Throws Error{invalid_image, invalid_option} unless `image` can be
/// encoded with them.
[[nodiscard]] EncodeOptions checked_options(const ImageView& image, const EncodeOptions& options);

/// The same for an image of any number of vectors.
[[nodiscard]] EncodeOptions checked_options_of_any_size(const ImageView& image, const EncodeOptions& options);
/// Throws Error{invalid_image} if the grid has more than 2^32 - 1 vectors.
void check_vector_count(const BlockGrid& grid);

/// The same where something else chooses `k`, which is then 1 for now: throws Error{invalid_option} if `options` have
/// one; `chooser` is what chooses it ("a target").
[[nodiscard]] EncodeOptions checked_options_without_k(const ImageView& image, const EncodeOptions& options,
                                                      const char* chooser);

/// Trains on `dataset` by `options`, which are checked, and describes it in `report`. Throws Error{target_unreachable}
/// for lossless options where a stream cannot have as many codewords as there are distinct vectors.
[[nodiscard]] TrainedCodebook train_for_report(const Dataset& dataset, const EncodeOptions& options, const Work& work,
                                               EncodeReport& report);

/// The coding asked for; automatic becomes entropy under ecvq, whose indices were chosen for a context model.
[[nodiscard]] Coding coding_of(const EncodeOptions& options) noexcept;
/// The blocks of an image.
[[nodiscard]] BlockGrid grid_of(const ImageView& image, const EncodeOptions& options) noexcept;

/// Throws Error{limit_exceeded} if the index map of an encode, and with `options.verify` the decoded image, take more
/// memory than `run` allows; `more_maps` are held beside those of one encode.
void check_encode_memory(const ImageView& image, const EncodeOptions& options, const RunOptions& run,
                         std::uint64_t more_maps = 0);

/// The distinct vectors of an image and what training makes of them before it knows K.
class PreparedImage {
 public:
  /// Finds the distinct blocks of the size that `options` has, and weighs them as `options` say. `image` and
  /// `work.pool` are borrowed; `image` and `options` are checked.
  PreparedImage(const ImageView& image, const EncodeOptions& options, const Work& work);

  [[nodiscard]] std::uint64_t distinct_vectors() const noexcept { return distinct_->size(); }
  /// Wall-clock seconds that finding the distinct vectors took.
  [[nodiscard]] double prepare_seconds() const noexcept { return prepare_seconds_; }

  // `options` are checked, and their block, space and weights are those of this object. Each may be called from several
  // threads at once, with the same pool and a progress of its own.

  /// Trains and assigns; the options on coding matter to the method ecvq alone. Throws Error{target_unreachable} for
  /// lossless options where a stream cannot have as many codewords as there are distinct vectors.
  /// Calls whose options differ in lambda alone take less time with the same `memory`.
  [[nodiscard]] QuantizedImage quantize(const EncodeOptions& options, const Work& work,
                                        RungMemory* memory = nullptr) const;

 private:
  /// The index of each vector of the image.
  [[nodiscard]] LargeVector<std::uint16_t> index_map(const TrainedCodebook& trained, const Work& work) const;
  /// Chooses codewords and indices anew by ECVQ, from the nearest codewords in `quantized`.
  void constrain(const EncodeOptions& options, SampleArray& codewords, QuantizedImage& quantized, const Work& work,
                 RungMemory* memory) const;
  /// The vectors that codebooks are trained on.
  [[nodiscard]] const Dataset& dataset() const;

  ImageView image_;
  const ThreadPool& pool_;
  BlockGrid grid_;
  double prepare_seconds_ = 0;
  Space space_;
  std::unique_ptr<const DistinctVectors> distinct_;
  std::unique_ptr<const VectorCounts> weighted_;  // what learning sees, where pixels have weights
  Lazy<std::unique_ptr<const Dataset>> dataset_;
};

/// The distortion of what a decoder returns, without SSIM and so in a fraction of the time. Nothing is decoded: it
/// follows from codewords and indices.
[[nodiscard]] Distortion measure_quantized_errors(const ImageView& image, const QuantizedImage& quantized,
                                                  const Work& work);

/// Writes `quantized`, which was made of `image`, with the coding, the model and the decode filter of `options`.
[[nodiscard]] WrittenImage write_with_filter(const ImageView& image, QuantizedImage quantized,
                                             const EncodeOptions& options, const Work& work);

/// The same, after which indices are refined for the filter (refine_restored).
[[nodiscard]] WrittenImage write_quantized(const ImageView& image, QuantizedImage quantized,
                                           const EncodeOptions& options, const Work& work);

/// Measures what was written, and enters the distortion in stream and report; with `options.verify` verifies it.
[[nodiscard]] Encoded finish_encode(const ImageView& image, WrittenImage written, const EncodeOptions& options,
                                    const Work& work);

}  // namespace vqi::detail
