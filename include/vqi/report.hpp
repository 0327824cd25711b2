// What the library reports: EncodeReport of an encode, StreamInfo of a stream.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vqi/cluster_steps.hpp"
#include "vqi/error.hpp"
#include "vqi/gap.hpp"
#include "vqi/metrics.hpp"
#include "vqi/options.hpp"

namespace vqi {

/// What tells one codebook from all others: 128 bits, by FORMAT.md, "Detached codebooks".
using CodebookHash = std::array<std::uint8_t, 16>;

/// One of Lloyd's steps.
struct IterationStats {
  double distortion = 0;              ///< J / (vectors * dimension): mean squared error per sample, before the step's
                                      ///< codewords are rounded to the image's depth; never rises
  std::uint64_t changed_vectors = 0;  ///< training vectors (on a coarse level: cubes) that went to another cell; all of
                                      ///< them in a first step
  std::uint32_t repaired_cells = 0;   ///< empty cells that were given a new codeword
};

/// Where the bytes of a stream went; the four add up to the file.
struct ByteCounts {
  std::uint64_t file = 0;      ///< the whole stream
  std::uint64_t header = 0;    ///< header, section frames, strip table, end
  std::uint64_t codebook = 0;  ///< payload of the codebook section
  std::uint64_t index = 0;     ///< payload of the index section: no frames, no checksums
  std::uint64_t metadata = 0;  ///< metadata sections with their frames
};

/// The decode filter of a stream, and what it is worth.
struct RestoreFigures {
  std::uint32_t strength = 0;  ///< of its corrections in eighths, 1..15
  double gain_db = 0;          ///< PSNR with it less PSNR without, from figures of 16 bits that the stream has
};

/// Size and type of an image, how it was coded, and the sizes that resulted. Encoder and reader report the same.
struct StreamFigures {
  std::uint32_t width_px = 0;   ///< pixels in a row
  std::uint32_t height_px = 0;  ///< rows
  std::uint32_t channels = 0;   ///< samples of a pixel, 1..4
  std::uint32_t bit_depth = 0;  ///< 8 or 16
  std::uint64_t raw_bytes = 0;  ///< width * height * channels * bit_depth / 8
  ByteCounts bytes;             ///< of the stream
  double ratio = 0;             ///< raw_bytes / file bytes
  double bpp = 0;               ///< 8 * file bytes / pixels
  double index_bpp = 0;         ///< 8 * index bytes / pixels
  /// Codewords in the file: the lesser of the K asked for or chosen and distinct_vectors; of ecvq those in use.
  std::uint32_t k = 0;
  std::uint32_t block_width_px = 1;       ///< of a vector, 1..16
  std::uint32_t block_height_px = 1;      ///< of a vector, 1..16
  Coding coding = Coding::packed;         ///< never automatic
  std::optional<Model> model;             ///< none for packed indices
  std::optional<RestoreFigures> restore;  ///< none without the decode filter
};

/// Wall-clock seconds of the stages of `encode`.
struct EncodeSeconds {
  double train = 0;    ///< distinct vectors and codebook
  double assign = 0;   ///< indices
  double encode = 0;   ///< coding of indices, the stream
  double measure = 0;  ///< distortion, and verifying
};

/// How the codebook was found.
enum class TrainingAlgorithm {
  exact,                  ///< all distinct vectors fit: nothing to learn
  dynamic_program,        ///< grey: the global optimum
  dynamic_program_lloyd,  ///< grey, many values: the optimum on a coarser grid, then Lloyd's steps
  given,                  ///< the codewords are those of EncodeOptions::codebook
  kmeans,                 ///< seeding, search and Lloyd's steps, as the effort allows
  em,                     ///< EM steps from a codebook of those above
  anneal,                 ///< falling eps, then Lloyd's steps
};

/// The mixture of Gaussians whose means are the codewords, on the vectors that were trained on.
struct MixtureReport {
  Covariance covariance = Covariance::tied_spherical;  ///< what the components have in common
  double log_likelihood = 0;                           ///< sum over all vectors of ln p(x), x in code values
  double bic = 0;                                      ///< Bayesian information criterion: less is better
  std::uint32_t restarts = 0;                          ///< collapsed components that were begun anew
  std::vector<cluster::EmStep> history;                ///< one for each step
};

/// What one `encode` did.
struct EncodeReport : StreamFigures {
  /// EncodeOptions::k, or 256 without it; none where a target, the gap statistic or `lossless` chose K.
  std::optional<std::uint32_t> k_requested;
  /// The K that a target, the gap statistic or `lossless` chose; as EncodeOptions::k it gives the same bytes (of ecvq
  /// with `lambda`, and `restore` where it is on). Else none.
  std::optional<std::uint32_t> k_chosen;
  std::uint64_t distinct_vectors = 0;                      ///< different ones in the image
  std::uint64_t trained_vectors = 0;                       ///< weighted vectors that the codebook was learned from
  Method method = Method::kmeans;                          ///< the one used
  std::optional<double> lambda;                            ///< of ecvq: the one used
  Dither dither = Dither::none;                            ///< the one used
  double dither_strength = 0;                              ///< the one used; 0 without dither
  Seeding seeding = Seeding::automatic;                    ///< the one used
  std::uint32_t effort = 5;                                ///< EncodeOptions::effort
  Space space = Space::rgb;                                ///< EncodeOptions::space
  TrainingAlgorithm algorithm = TrainingAlgorithm::exact;  ///< how the codebook was found
  std::uint64_t seed = 0;                                  ///< EncodeOptions::seed
  std::uint32_t iterations = 0;                            ///< Lloyd's final steps, after any search, or EM's
  bool converged = false;                      ///< the last step moved no vector, or did not raise the likelihood
  std::vector<IterationStats> history;         ///< one for each step of training
  std::optional<MixtureReport> mixture;        ///< of method em, unless the image is lossless
  std::vector<cluster::AnnealStep> annealing;  ///< of method anneal; distortions are sums over the vector's samples

  /// What the caller should know of the result, one sentence each: an option that could not take effect, a choice that
  /// is hardly what was wanted.
  std::vector<std::string> warnings;

  /// Rows of the gap statistic, where it chose K.
  std::optional<cluster::GapResult> gap;

  Distortion distortion;      ///< of what a decoder returns from the written bytes
  std::uint32_t threads = 0;  ///< as many as were allowed to work
  EncodeSeconds seconds;      ///< wall-clock time of the stages
};

/// One section of a stream as it lies in the file.
struct SectionInfo {
  std::string type;          ///< four characters; "HEAD" for the fixed header
  std::uint64_t offset = 0;  ///< of its first byte
  std::uint64_t bytes = 0;   ///< whole, with frame and checksum
  bool crc_ok = false;       ///< its checksum fits its bytes
};

/// What a stream says of itself, without decoding its indices.
struct StreamInfo : StreamFigures {
  std::uint32_t format_major = 0;  ///< of the format's version
  std::uint32_t format_minor = 0;  ///< of the format's version
  std::uint64_t strip_count = 0;   ///< of the index section
  /// Of a detached stream: that of the codebook which it needs (see vqi/codebook.hpp).
  std::optional<CodebookHash> codebook_hash;
  /// What `decode` counts against RunOptions::max_memory_bytes with one strip under way, the least with which it works,
  /// and for each further strip under way.
  std::uint64_t decode_memory_bytes = 0;
  std::uint64_t decode_strip_memory_bytes = 0;  ///< of each further strip
  double mse = 0;                 ///< as the encoder measured it: Distortion::mse, with alpha of premultiplied samples
  std::optional<double> psnr_db;  ///< none when mse is 0
  std::vector<SectionInfo> sections;  ///< in the order of the file
  std::optional<Error> damage;        ///< the first fault found, where there is one; figures may then be partial
};

}  // namespace vqi
