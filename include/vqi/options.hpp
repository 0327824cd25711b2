// What decides about a result: EncodeOptions for encode, DecodeLimits for everything that reads.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace vqi {

struct Codebook;
class Image;

/// How indices are written. The names in files and on the command line are the enumerators'.
enum class Coding {
  packed,     ///< log2(K) bits for every index (FORMAT.md, "1: fixed width", "2: uniform range")
  entropy,    ///< a context model that knows the codewords (FORMAT.md, "3: context model")
  automatic,  ///< entropy or packed, whichever gives the smaller file; with Method::ecvq entropy
};

/// Context models of `Coding::entropy`, by the time they take.
enum class Model {
  fast,      ///< the least time
  balanced,  ///< smaller files, several times the time of fast
  max,       ///< the smallest files; a megapixel takes seconds
};

/// How codebook and indices are found.
enum class Method {
  kmeans,  ///< least distortion: each vector gets its nearest codeword, opaque and transparent ones one of their kind
  ecvq,    ///< least distortion + lambda * rate: entropy-constrained vector quantization; implies entropy coding
  em,      ///< codewords are the means of a mixture of Gaussians; vectors get codewords as with kmeans
  anneal,  ///< k-means reached by annealing from one codeword, to see how it works; mostly worse, and slower
};

/// What the covariances of a mixture of Gaussians have in common. p counts their free numbers.
enum class Covariance {
  tied_spherical,  ///< one variance for all components and directions: p = 1; k-means is its limit at 0
  spherical,       ///< a variance for each component: p = k
  diagonal,        ///< a variance for each component and dimension: p = k d
  tied,            ///< one matrix for all components: p = d (d + 1) / 2
  full,            ///< a matrix for each component: p = k d (d + 1) / 2
};

/// How the first codebook is chosen before Lloyd's steps.
enum class Seeding {
  /// split; grey pixels up to K = 1024 need none unless max_iterations bounds Lloyd's steps: their optimum is computed
  /// (of more than 4,096 values on a coarser grid, then Lloyd's steps).
  automatic,
  split,     ///< costly cells cut across their principal axis: Wu, ACM Trans. Graphics 11(4), 1992
  kmeanspp,  ///< D^2 sampling: Arthur and Vassilvitskii, SODA 2007
};

/// How the indices of pixels are chosen that lie between codewords.
enum class Dither {
  none,       ///< each pixel gets its nearest codeword
  automatic,  ///< as diffusion, where the nearest codewords would break a gradient into bands; flat areas, edges, text
              ///< and texture keep them
  diffusion,  ///< the error of each pixel is carried on to its neighbours: Floyd and Steinberg, 1976
  blue,       ///< by thresholds of blue noise: a pixel's index depends on its colour and its place alone
  bayer,      ///< the same by Bayer's matrix, a regular pattern of 8 x 8 pixels
};

/// What "near" means while codewords are learned and vectors are assigned. Codewords are stored in code values and all
/// distortions are of code values in either, except those of IterationStats.
enum class Space {
  rgb,    ///< squared differences of code values
  oklab,  ///< squared differences in Oklab, of code values as sRGB: nearer to what an eye sees
};

/// Red, green, blue and alpha of 8 bits, not premultiplied. In an image of 16 bits each sample counts 257 times.
using Colour = std::array<std::uint8_t, 4>;

/// A field for each option of `vqi compress` that bytes depend on, and `verify`; the defaults are the tool's.
/// An option that is given and cannot apply is Error{invalid_option}.
struct EncodeOptions {
  /// Codewords asked for, 1..65536. None: 256, or what a target or the gap statistic chooses.
  std::optional<std::uint32_t> k;
  /// K is the number of distinct vectors, so that every sample is kept, in colours under transparent pixels too. Above
  /// 65,536 of them encode throws Error{target_unreachable}. Not with `k`, another method than kmeans, a seeding or
  /// max_iterations, as nothing is trained.
  bool lossless = false;
  std::uint32_t block_width_px = 1;   ///< a vector is a block of this width, 1..16,
  std::uint32_t block_height_px = 1;  ///< and of this height, 1..16
  Method method = Method::kmeans;     ///< how codebook and indices are found
  /// Of ecvq: squared code values, summed over the vector, that a bit is worth, 0..1e10. None: 0.65 D
  /// sqrt(log2 k / R), where D is the mean squared distance of a vector to its nearest codeword, and R the bits that an
  /// index of these takes. 0 is used where all distinct vectors fit into k.
  std::optional<double> lambda;
  std::optional<Covariance> covariance;         ///< of em alone; none: tied_spherical
  Seeding seeding = Seeding::automatic;         ///< how the first codebook is chosen
  std::uint32_t effort = 5;                     ///< 1 (fastest) to 9 (lowest distortion)
  std::optional<std::uint32_t> max_iterations;  ///< Lloyd's final steps, or EM's, at most; none: by effort
  std::uint64_t seed = 1;                       ///< of the random numbers; the same seed gives the same bytes
  /// For single pixels (no larger block) and any method but ecvq, which chooses indices itself. Pixels whose colour is
  /// a codeword, and transparent ones, are left as they are.
  Dither dither = Dither::none;
  /// The part of each error that is carried on, 0..1. None: 0.8, of blue and bayer 0.5.
  std::optional<double> dither_strength;
  Coding coding = Coding::automatic;  ///< how indices are written
  std::optional<Model> model;         ///< of entropy coding; none: fast up to effort 3, balanced up to 7, then max
  /// Codewords that are given: these alone, in this order, and nothing is learned. They are of the image's type, and
  /// the blocks are theirs. Not with `k`, a target, `lossless`, `fixed`, another method than kmeans, or an option on
  /// learning. With Coding::automatic and entropy the stream keeps the order as well.
  std::shared_ptr<const Codebook> codebook{};
  /// Colours that stay exactly as they are, as the first codewords and in this order; k - fixed.size() others are
  /// learned around them. At most k, for single pixels and k-means. Grey for a grey image, opaque where it has no
  /// alpha.
  std::vector<Colour> fixed{};
  /// How much each pixel counts in learning: a grey image without alpha, of the image's size, 8 or 16 bits. Where it is
  /// black, a pixel counts as good as nothing. Not with `codebook` or Method::ecvq.
  std::shared_ptr<const Image> weights{};
  /// Colours of small regions that would be lost get codewords, at most a quarter of all: those farther from the others
  /// than three times the root mean squared distance. For single pixels and k-means, which runs twice; no `codebook`.
  bool keep_small = false;
  Space space = Space::rgb;  ///< oklab: with Method::kmeans
  /// Whether the stream may ask decoders to restore what quantization took, by a small network (FORMAT.md, "The decode
  /// filter"), at the strength of several, and of none, that leaves the least squared error. None: under a target, with
  /// Method::ecvq and any model but fast. For single pixels without dither and up to 4,096 codewords.
  std::optional<bool> restore{};
  /// Write the hash of `codebook` in its place: the stream then needs it to be decoded.
  bool detach = false;
  /// Decode the finished stream and compare it, sample by sample, with what was to be written. Changes no byte; a
  /// difference is Error{verification_failed}. Costs one decode, and its image in memory.
  bool verify = false;
};

/// The number of codewords that is asked for.
[[nodiscard]] inline std::uint32_t k_of(const EncodeOptions& options) noexcept { return options.k.value_or(256); }

/// The context model of entropy coding: the one asked for, else that of the effort.
[[nodiscard]] inline Model model_of(const EncodeOptions& options) noexcept {
  if (options.model) return *options.model;
  if (options.effort <= 3) return Model::fast;
  return options.effort <= 7 ? Model::balanced : Model::max;
}

/// How large an image may be that is read from bytes of any origin, and what decoding makes of it. Passing a limit is
/// Error{limit_exceeded}, before memory is taken for it. The limit of memory is `RunOptions::max_memory_bytes`.
struct DecodeLimits {
  std::uint64_t max_pixels = std::uint64_t{1} << 28;  ///< width * height
  std::uint32_t max_side_px = 1U << 20;               ///< width, and height
  bool restore = true;  ///< false: plain codewords, without the decode filter that a stream may ask for
};

}  // namespace vqi
