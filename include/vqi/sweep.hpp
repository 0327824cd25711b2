// Rate against distortion: one image encoded in many ways, and the way that meets a target.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "vqi/codec.hpp"
#include "vqi/export.hpp"
#include "vqi/gap.hpp"

namespace vqi {

/// One way of encoding an image, and what came of it.
struct SweepRow {
  EncodeOptions options;  ///< with `k`, 256 where the row had none and is not lossless
  EncodeReport report;    ///< that of `encode` with these options; `seconds` leave out what rows share
  bool on_hull = false;   ///< no mixture of other rows has both a lower rate and a lower distortion
  bool knee = false;      ///< the row of the hull after which more bits begin to buy less
};

/// Gets a row, its number and its stream as soon as the row is finished: not in order, from
/// whichever thread was at work, but never from two at once. `on_hull` and `knee` are not known yet.
using SweepRowCallback = std::function<void(std::size_t number, const SweepRow& row, std::span<const std::byte> bytes)>;

/// Encodes `image` with the options of each row. Bytes and report of a row are what `encode` gives with the same
/// options; work that rows have in common is done once. Put rows of one block size next to each other: what they share
/// is dropped at the first row of another size. `on_row` may be empty.
///
/// `image`, `rows` and `on_row` are borrowed for the call. Rows are encoded at once, as many as `run.threads` and
/// `run.max_memory_bytes` allow; one row is bounded as `encode` is. Progress is that of all rows, as Stage::sweep.
/// Throws Error{invalid_image, invalid_option, limit_exceeded, cancelled}, what `on_row` throws, and std::bad_alloc.
[[nodiscard]] VQI_API std::vector<SweepRow> sweep(ImageView image, std::span<const EncodeOptions> rows,
                                                  const SweepRowCallback& on_row = {}, const RunOptions& run = {});

/// A point in the plane of rate and distortion.
struct RatePoint {
  double bpp = 0;  ///< rate: bits per pixel
  double mse = 0;  ///< distortion
};

/// The lower convex hull of some points, in their order, and its knee.
struct RateHull {
  std::vector<bool> on_hull;        ///< for each point
  std::optional<std::size_t> knee;  ///< none unless three different points are on the hull
};

/// The points that minimise mse + lambda bpp for some lambda >= 0: Shoham and Gersho, "Efficient bit
/// allocation for an arbitrary set of quantizers", IEEE Trans. ASSP 36(9), 1988. The knee is the one
/// farthest below the chord from the hull's first to its last point, which scaling an axis does not
/// change: Satopaa, Albrecht, Irwin and Raghavan, "Finding a 'kneedle' in a haystack", ICDCS
/// workshops 2011.
[[nodiscard]] VQI_API RateHull find_rate_hull(std::span<const RatePoint> points);

/// The gap statistic of an image's vectors, weighted by how often they occur: how many clusters of colours, or of
/// blocks of `block_width_px` x `block_height_px` pixels (1..16 each), there are. Vectors of up to 6 samples, as
/// single pixels are, are merged to the means of cubes of 4 code values a side if at least 500 * gap.k_max means are
/// left; the dispersion inside the cubes is then added to W_k. `image` is borrowed for the call. `run.max_memory_bytes`
/// counts the distinct vectors that are merged, and those that are clustered with the reference sets, as cluster::gap
/// does. Throws what `encode` and cluster::gap throw. Costs some seconds.
[[nodiscard]] VQI_API cluster::GapResult image_gap(ImageView image, const cluster::GapOptions& gap,
                                                   std::uint32_t block_width_px = 1, std::uint32_t block_height_px = 1,
                                                   const RunOptions& run = {});

/// Encodes with the K that `image_gap` chooses for the block of `options`, which is `report.k_chosen`;
/// `report.k_requested` is none. `image` is borrowed for the call. Costs image_gap() and encode(), counts memory as
/// each of them does, and throws what both throw, and Error{invalid_option} if `options.k` is given.
[[nodiscard]] VQI_API Encoded encode_with_gap(ImageView image, const cluster::GapOptions& gap,
                                              const EncodeOptions& options = {}, const RunOptions& run = {});

/// What a stream has to achieve; exactly one is set.
struct Target {
  std::optional<double> psnr_db{};           ///< PSNR at least, above 0 and finite; any lossless stream meets it
  std::optional<std::uint64_t> max_bytes{};  ///< size of the stream at most
  std::optional<double> ratio{};             ///< raw bytes / stream bytes at least, above 0 and finite
  std::optional<double> bpp{};               ///< 8 * stream bytes / pixels at most, above 0 and finite
};

/// Finds a K with which the target is met and encodes with it, the other options as they are. With
/// K - 1 a PSNR is not reached, with K + 1 a size is passed: as few codewords as a PSNR needs, as
/// many as a size allows. (Where all distinct vectors fit, more codewords change nothing.) Figures need not rise with
/// K: the K found is one such K, not always the only one. The bytes are those of `encode` with that K, which is
/// `report.k_chosen`; `report.k_requested` is none.
///
/// With Method::ecvq and no `options.lambda` K and lambda are searched together: of the pairs that were tried
/// and meet the target, the one with the fewest bytes for a PSNR or the least distortion for a size. The bytes are
/// those of `encode` with `report.k_chosen` and `report.lambda`; some 12 encodes, 30 at worst.
///
/// `image` is borrowed for the call. Throws what `encode` throws, Error{invalid_option} if `options.k` is given or not
/// exactly one target is set, and Error{target_unreachable}, which says the best value that is possible. Memory is
/// counted as in `encode`. Where K alone is searched it costs 1.7 to 7 times as much as one `encode` in the mean, up
/// to 13 times on screens where few K fit.
[[nodiscard]] VQI_API Encoded encode_to_target(ImageView image, const Target& target, const EncodeOptions& options = {},
                                               const RunOptions& run = {});

}  // namespace vqi
