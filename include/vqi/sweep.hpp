// Rate against distortion: one image encoded in many ways, and the way that meets a target.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "vqi/cluster.hpp"
#include "vqi/codec.hpp"
#include "vqi/export.hpp"

namespace vqi {

/// One way of encoding an image, and what came of it.
struct SweepRow {
  EncodeOptions options;
  EncodeReport report;   ///< that of `encode` with these options; `seconds` leave out what rows share
  bool on_hull = false;  ///< no mixture of other rows has both a lower rate and a lower distortion
  bool knee = false;     ///< the row of the hull behind which more bits begin to buy less
};

/// Gets a row, its number and its stream as soon as the row is finished: not in order, from
/// whichever thread was at work, but never from two at once. `on_hull` and `knee` are not known yet.
using SweepRowCallback = std::function<void(std::size_t number, const SweepRow& row, std::span<const std::byte> bytes)>;

struct SweepOptions {
  std::vector<EncodeOptions> rows;  ///< each encoded with; their `threads` and `progress` are not looked at
  std::uint32_t threads = 0;        ///< 0: as many as the machine has; rows run at once, never changes a byte
  std::uint64_t max_memory_bytes = std::uint64_t{1} << 34;  ///< for rows that run at once; one always may
  SweepRowCallback on_row;                                  ///< may be empty
  ProgressCallback progress;                                ///< of the whole, as Stage::sweep; may be empty
};

/// Encodes `image` with the options of each row. Bytes and report of a row are what `encode` gives
/// with the same options; what rows have in common is done once. Rows of one block size should be
/// neighbours, as what they share is kept only while they last.
///
/// `image` is borrowed for the call. Throws Error{invalid_image, invalid_option, cancelled}, what
/// `on_row` throws, and std::bad_alloc.
[[nodiscard]] VQI_API std::vector<SweepRow> sweep(ImageView image, const SweepOptions& options);

/// A point in the plane of rate and distortion.
struct RatePoint {
  double bpp = 0;
  double mse = 0;
};

/// The lower convex hull of some points, in their order, and its knee.
struct RateHull {
  std::vector<bool> on_hull;
  std::optional<std::size_t> knee;  ///< none unless three different points are on the hull
};

/// The points that minimise mse + lambda bpp for some lambda >= 0: Shoham and Gersho, "Efficient bit
/// allocation for an arbitrary set of quantizers", IEEE Trans. ASSP 36(9), 1988. The knee is the one
/// farthest below the chord from the hull's first to its last point, which scaling an axis does not
/// change: Satopaa, Albrecht, Irwin and Raghavan, "Finding a 'kneedle' in a haystack", ICDCS
/// workshops 2011.
[[nodiscard]] VQI_API RateHull find_rate_hull(std::span<const RatePoint> points);

/// The gap statistic of an image's vectors, weighted by how often they occur: how many clusters of colours, or of
/// blocks, there are. Single pixels are merged to the means of cubes of 4 code values a side where that leaves some 500
/// for each of the most clusters; what merging takes from the dispersions is put back. `options` tells the block, seed,
/// threads and progress; `gap.run` is not looked at. Throws as `encode` and cluster::gap do. Costs some seconds.
[[nodiscard]] VQI_API cluster::GapResult image_gap(ImageView image, const cluster::GapOptions& gap,
                                                   const EncodeOptions& options = {});

/// Encodes with the K that the gap statistic chooses; `options.k` is not looked at, `report.k_requested` is none.
[[nodiscard]] VQI_API Encoded encode_with_gap(ImageView image, const cluster::GapOptions& gap,
                                              const EncodeOptions& options = {});

/// What a stream has to achieve; at most one is set.
struct Target {
  std::optional<double> psnr_db;           ///< PSNR at least; any lossless stream meets it
  std::optional<std::uint64_t> max_bytes;  ///< size of the stream at most
  std::optional<double> ratio;             ///< raw bytes / stream bytes at least
  std::optional<double> bpp;               ///< 8 * stream bytes / pixels at most
};

/// Finds a K with which the target is met and encodes with it, the other options as they are. With
/// K - 1 a PSNR is not reached, with K + 1 a size is passed: as few codewords as a PSNR needs, as
/// many as a size allows. (Where all distinct vectors fit, more codewords change nothing.) The
/// bytes are those of `encode` with that K, and what was verified; `report.k_requested` is none.
///
/// With Method::ecvq and no `options.lambda` K and lambda are searched together: of those that were tried
/// and meet the target, the fewest bytes for a PSNR or the least distortion for a size. The bytes are those
/// of `encode` with `report.k_chosen` and `report.lambda`; some 12 encodes, 30 at the worst.
///
/// `image` is borrowed for the call; `options.k` is not looked at. Throws what `encode` throws, and
/// Error{target_unreachable}, which tells the best value that is possible. Costs a few times as much
/// as one `encode`.
[[nodiscard]] VQI_API Encoded encode_to_target(ImageView image, const Target& target,
                                               const EncodeOptions& options = {});

}  // namespace vqi
