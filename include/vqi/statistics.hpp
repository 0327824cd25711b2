// Statistics: the vectors of any number of images with their counts, gathered in parts that add up, and their files.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "vqi/export.hpp"
#include "vqi/image.hpp"
#include "vqi/run_options.hpp"

namespace vqi {

/// Which part of a list of images statistics are of: `number` of `count`.
struct Shard {
  std::uint32_t number = 1;  ///< 1..count
  std::uint32_t count = 1;   ///< into how many the list is split
};

/// Tells shards apart: a hash of the shard's number and count and of the pixels of its images, whatever their order.
using ShardId = std::array<std::byte, 16>;

/// What a codebook is learned from: the vectors of any number of images with their counts. Of single pixels of 8 bits
/// every colour is counted. Of blocks and 16 bits the vectors of each image count on their own; if together they are
/// more than the sample has room for, a sample of them is kept. The order of the images does not matter, nor how they
/// are split into statistics that are merged. Where their types differ, all are widened to the least type that holds
/// each.
class Statistics {
 public:
  static constexpr std::uint32_t sample_size_default = 1U << 20;  ///< vectors that are kept
  static constexpr std::uint32_t sample_size_max = 1U << 28;      ///< the most that may be asked for

  /// For blocks of this size, 1..16 a side, with samples of at most `sample_size` vectors, 1..2^28, for each type of
  /// image. Images that are added make up the shard `shard`. Throws Error{invalid_option}.
  VQI_API explicit Statistics(std::uint32_t block_width_px = 1, std::uint32_t block_height_px = 1,
                              std::uint32_t sample_size = sample_size_default, const Shard& shard = {});
  VQI_API Statistics(Statistics&& other) noexcept;             ///< `other` may only be assigned to then
  VQI_API Statistics& operator=(Statistics&& other) noexcept;  ///< the same
  VQI_API ~Statistics();

  /// Adds the vectors of `image`, which is borrowed for the call.
  /// `run.max_memory_bytes` bounds all that is kept. Throws Error{invalid_image, limit_exceeded, cancelled}.
  VQI_API void add(ImageView image, const RunOptions& run = {});

  /// Adds the images of `part` and returns true. If this has all of its shards already, nothing is added and the result
  /// is false; if `part` has all shards that are here, it takes their place. Throws Error{invalid_option} if only some
  /// of the shards are here too, or if block or sample sizes differ, and Error{limit_exceeded}; nothing has changed
  /// then.
  VQI_API bool merge(Statistics part, const RunOptions& run = {});

  [[nodiscard]] VQI_API std::uint32_t block_width_px() const noexcept;   ///< of the blocks, 1..16
  [[nodiscard]] VQI_API std::uint32_t block_height_px() const noexcept;  ///< of the blocks, 1..16
  [[nodiscard]] VQI_API std::uint32_t sample_size() const noexcept;      ///< the most vectors that are kept
  [[nodiscard]] VQI_API std::uint64_t images() const noexcept;           ///< that were added
  [[nodiscard]] VQI_API std::uint64_t pixels() const noexcept;           ///< of all images
  [[nodiscard]] VQI_API std::uint64_t vectors() const noexcept;          ///< of all images
  /// Different vectors of all images together; where is_sampled(), those in the sample. Takes as long as a merge.
  [[nodiscard]] VQI_API std::uint64_t distinct_vectors() const;
  /// True if a sample has left out vectors.
  [[nodiscard]] VQI_API bool is_sampled() const noexcept;
  /// The mean squared difference of the samples of all vectors, with alpha premultiplied, from the mean of their
  /// channel: what a single colour would cost. Never an estimate. nullopt without images, and where images are of
  /// several types, whose code values do not compare.
  [[nodiscard]] VQI_API std::optional<double> variance() const;
  /// The ids of all shards, ascending. Images that were added are one shard.
  [[nodiscard]] VQI_API std::vector<ShardId> shards() const;

 private:
  friend struct StatisticsAccess;
  struct State;
  std::unique_ptr<State> state_;
};

/// The bytes of a .vqs file (codec/statistics/STATISTICS.md). Equal statistics have equal bytes. Throws
/// Error{invalid_option} if there is no image.
[[nodiscard]] VQI_API std::vector<std::byte> write_statistics(const Statistics& statistics);

/// Reads a .vqs file. `bytes` are borrowed and may be anything: what is no whole, undamaged file is an Error of class
/// data with its byte offset. `run.max_memory_bytes` bounds what is kept; Error{limit_exceeded}.
[[nodiscard]] VQI_API Statistics read_statistics(std::span<const std::byte> bytes, const RunOptions& run = {});

/// What a .vqs file says of itself.
struct StatisticsInfo {
  std::uint32_t block_width_px = 1;                             ///< of the blocks, 1..16
  std::uint32_t block_height_px = 1;                            ///< of the blocks, 1..16
  std::uint32_t sample_size = Statistics::sample_size_default;  ///< the most vectors that are kept
  std::vector<ShardId> shards;                                  ///< ascending
};

/// Settings and shards alone, from which it is known whether parts can be merged. All checksums are checked. Throws as
/// read_statistics does.
[[nodiscard]] VQI_API StatisticsInfo inspect_statistics(std::span<const std::byte> bytes, const RunOptions& run = {});

/// Throws Error{invalid_option} unless statistics with the settings of `own` and `part` can be merged.
VQI_API void check_alike(const StatisticsInfo& own, const StatisticsInfo& part);

}  // namespace vqi
