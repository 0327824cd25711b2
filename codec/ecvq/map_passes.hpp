// MapPasses: passes of ECVQ over a whole map, strip by strip, and what the map costs after each.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index_choice.hpp"
#include "map_vectors.hpp"
#include "sample_array.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Distortion and rate of a map.
struct ConstraintRound {
  double distortion_sq = 0;  ///< sum of squared distances
  double bits = 0;           ///< of the indices by the model "balanced", and of the plain codebook
  [[nodiscard]] double cost(double lambda) const noexcept { return distortion_sq + lambda * bits; }
};

/// What indices cost, over the map and in each tile of each strip.
struct MapCosts {
  ConstraintRound sum;
  std::vector<StripChoice> tiles;
};

/// Of a plain codebook.
[[nodiscard]] double codebook_bits(const SampleArray& codewords);

/// `lambda` in units of 1 / lambda_unit.
[[nodiscard]] std::uint64_t lambda_units(double lambda);

/// The passes over one map, whose strips are chosen at the same time. Several passes may run at once.
class MapPasses {
 public:
  /// Borrows `vectors` and what `work` holds.
  MapPasses(const MapVectors& vectors, std::uint32_t strip_rows, const Work& work);

  /// Chooses all indices (choose_indices), or only prices them, as `plan` says. Throws Error{cancelled} if the progress
  /// says stop.
  MapCosts run(const SampleArray& codewords, std::uint64_t lambda, const ChoicePlan& plan,
               std::span<std::uint16_t> indices);

  /// Takes back the tiles of `changed` that cost more at `lambda` than in `before`. Returns what that saves, if tiles
  /// cost the same beside others.
  double take_back(double lambda, const MapCosts& earlier, std::span<const std::uint16_t> before, const MapCosts& later,
                   std::span<std::uint16_t> changed) const;

 private:
  /// The strips of a map.
  class Strips {
   public:
    Strips(const BlockGrid& grid, std::uint32_t strip_rows) : grid_(grid), strip_rows_(strip_rows) {}

    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] std::size_t first_row(std::size_t i) const noexcept { return i * strip_rows_; }
    [[nodiscard]] std::size_t rows(std::size_t i) const noexcept;
    [[nodiscard]] std::size_t tiles_of(std::size_t i) const noexcept;
    [[nodiscard]] std::size_t first_tile(std::size_t i) const noexcept;
    [[nodiscard]] std::size_t tiles() const noexcept { return first_tile(size() - 1) + tiles_of(size() - 1); }
    [[nodiscard]] std::span<std::uint16_t> part(std::size_t i, std::span<std::uint16_t> map) const noexcept;

   private:
    const BlockGrid& grid_;
    std::uint32_t strip_rows_;
  };

  const MapVectors& vectors_;
  Strips strips_;
  Work work_;
  std::atomic<std::uint64_t> chosen_{0};
};

}  // namespace vqi::detail
