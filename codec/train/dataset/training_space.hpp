// TrainingSpace: from samples to the integer coordinates in which distances are measured, and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "block_grid.hpp"
#include "fixed_point.hpp"
#include "oklab.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

/// What alpha a vector has in all of its pixels.
enum class Opacity : std::uint8_t { mixed, opaque, transparent };

/// Coordinates are samples, centred on zero. Pixels with alpha are premultiplied, so that the colour under a
/// transparent pixel costs nothing.
///
/// In Space::oklab a pixel's coordinates are lightness less its middle, the two other axes and alpha, premultiplied as
/// well. 1 is as much as the largest sample, and they come as multiples of 2^-F.
class TrainingSpace {
 public:
  explicit TrainingSpace(const BlockGrid& grid, Space space = Space::rgb);

  [[nodiscard]] bool is_oklab() const noexcept { return oklab_ != nullptr; }

  /// The number of coordinates, one for each sample.
  [[nodiscard]] std::uint32_t dimension() const noexcept { return dimension_; }
  [[nodiscard]] std::uint32_t bit_depth() const noexcept { return bit_depth_; }
  [[nodiscard]] bool premultiplied() const noexcept { return premultiplied_; }
  /// The value that is subtracted from a sample, after premultiplying.
  [[nodiscard]] std::int32_t centre() const noexcept { return centre_; }
  /// The number format for these coordinates.
  [[nodiscard]] FixedPoint fixed_point() const;

  /// Writes the coordinates of a vector of samples: integers, or in Oklab x 2^F.
  void to_coordinates(const std::byte* samples, std::span<std::int32_t> coordinates) const noexcept;

  /// The opacity of a vector, given as x_F = x 2^fraction_bits; mixed without alpha.
  [[nodiscard]] Opacity opacity_of(const std::int32_t* scaled, std::uint32_t fraction_bits) const noexcept;
  /// Gives a codeword x_F this opacity, with the nearest coordinates that have it; nothing changes where it is mixed.
  void pin(Opacity opacity, std::span<std::int32_t> scaled, std::uint32_t fraction_bits) const noexcept;

  /// Writes the vector of samples whose coordinates are nearest to a codeword, given as x_F = x 2^fraction_bits.
  void to_samples(std::span<const std::int32_t> scaled, std::uint32_t fraction_bits, std::byte* samples) const noexcept;

 private:
  /// The coordinate of alpha where a pixel is opaque, or transparent.
  [[nodiscard]] std::int32_t alpha_bound(bool opaque, std::uint32_t fraction_bits) const noexcept;
  void to_lab(const std::byte* samples, std::int32_t* coordinates) const noexcept;
  void from_lab(const std::int32_t* scaled, double unit, std::byte* samples) const noexcept;

  std::uint32_t channels_;
  std::uint32_t bit_depth_;
  std::uint32_t dimension_;
  bool premultiplied_;
  std::int32_t max_value_;
  std::int32_t centre_;
  std::shared_ptr<const Oklab> oklab_;  // null in Space::rgb
  double lab_unit_ = 0;                 // what 1 becomes: the largest sample times 2^F
};

}  // namespace vqi::detail
