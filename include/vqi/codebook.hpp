// Codebook: codewords apart from an image. As a file, learned from many images, and put back into detached streams.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "vqi/error.hpp"
#include "vqi/export.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"
#include "vqi/report.hpp"
#include "vqi/run_options.hpp"
#include "vqi/statistics.hpp"

namespace vqi {

/// K codewords in an order.
struct Codebook {
  std::uint32_t block_width_px = 1;   ///< a codeword is a block of this width, 1..16,
  std::uint32_t block_height_px = 1;  ///< and of this height, 1..16
  Image codewords;                    ///< K blocks side by side: (K * block width) x block height; K is 1..65536

  /// K.
  [[nodiscard]] std::uint32_t size() const noexcept { return codewords.width_px() / block_width_px; }
};

/// Throws Error{invalid_option} unless `codebook` has 1..65536 blocks of 1x1 to 16x16 pixels.
VQI_API void validate(const Codebook& codebook);

/// The bytes of a .vqb file (FORMAT.md, "Codebook files"). Throws what validate() throws.
[[nodiscard]] VQI_API std::vector<std::byte> write_codebook(const Codebook& codebook);

/// Reads a .vqb file. `bytes` are borrowed and may be anything: what is no whole, undamaged file is an Error of class
/// data with its byte offset. `run.max_memory_bytes` counts the codewords.
[[nodiscard]] VQI_API Codebook read_codebook(std::span<const std::byte> bytes, const RunOptions& run = {});

/// The hash by which a detached stream names its codebook. It depends on type, blocks, codewords and their order.
[[nodiscard]] VQI_API CodebookHash codebook_hash(const Codebook& codebook);

/// A detached stream with its codebook in its place, to be decoded like any other; its indices are not checked. A
/// stream that has a codebook is returned as it is. Throws Error{codebook_needed} for a codebook with another hash, and
/// Error of class data where header or codebook section are damaged.
[[nodiscard]] VQI_API std::vector<std::byte> attach_codebook(std::span<const std::byte> stream,
                                                             const Codebook& codebook);

/// The same pixels in a type that holds them: grey as RGB, what has no alpha as opaque, 8 bits as 16. So an image gets
/// the type of a codebook. Throws Error{invalid_image} for a type that does not hold them.
[[nodiscard]] VQI_API Image widened(ImageView image, std::uint32_t channels, std::uint32_t bit_depth);

/// A codebook that was learned, and how.
struct CodebookTraining {
  Codebook codebook;                   ///< what was learned
  std::uint32_t k_requested = 0;       ///< EncodeOptions::k, or 256 without it
  std::uint64_t vectors = 0;           ///< of all images
  std::uint64_t distinct_vectors = 0;  ///< of all images together; if `sampled`, those in the sample
  std::uint32_t sample_size = 0;       ///< that of the statistics
  bool sampled = false;                ///< a sample has left out vectors, and so `mse` is an estimate
  double mse = 0;                      ///< mean over the samples of all vectors, with alpha premultiplied
  std::optional<double> variance;      ///< Statistics::variance(): the mse of a single colour
  /// With Space::oklab: as Distortion::mse_oklab, over the pixels of all vectors. Else none.
  std::optional<double> mse_oklab;
  std::uint32_t iterations = 0;  ///< Lloyd's final steps
  bool converged = false;        ///< the last step moved no vector
  double train_seconds = 0;      ///< wall-clock time
};

/// Learns a codebook for all images of `statistics` together. Of `options` those on learning count: k, effort, seeding,
/// seed, max_iterations, fixed, keep_small and space, with Method::kmeans; another one that is given is
/// Error{invalid_option}, and so is a block size other than that of `statistics` or 1x1. The codebook depends on the
/// images and the options alone. Throws Error{invalid_option, cancelled}.
[[nodiscard]] VQI_API CodebookTraining train_codebook(const Statistics& statistics, const EncodeOptions& options = {},
                                                      const RunOptions& run = {});

}  // namespace vqi
