// DiffusedTargets: what pixels should look like once the errors of pixels before them are made good.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "dither_palette.hpp"
#include "index_colours.hpp"
#include "search_costs.hpp"

namespace vqi::detail {

/// What a choice leaves for the pixel to its right, in 1/16 code value: red, green, blue and alpha, premultiplied.
struct CarriedError {
  std::array<std::int16_t, 4> parts{};
};

/// How errors are spread. Shared by all threads.
struct Diffusion {
  DitherPalette palette;
  std::int32_t strength;               ///< of `full_strength`
  std::span<const std::uint8_t> mask;  ///< 1 for the pixels that take part; empty: all

  Diffusion(std::span<const ColourSet::Colour> colours, std::int32_t part, std::span<const std::uint8_t> pixels);
};

/// The targets of one row after another, for one thread. Errors go to the neighbours by the weights of Floyd and
/// Steinberg, all rows from left to right: what goes right depends on the path that a search looks at, what comes from
/// above is known. They are limited as the errors of every dither are. A pixel outside the mask, a transparent one, and
/// one whose colour the palette has neither take nor give.
class DiffusedTargets {
 public:
  using Carried = CarriedError;
  static constexpr bool diffuses = true;

  /// Borrows all.
  DiffusedTargets(const Diffusion& diffusion, const IndexColours& colours, std::uint32_t width_px);

  /// Begins the row whose first pixel is number `first` of the image; `nearest` are the colours nearest to its pixels.
  void begin_row(std::size_t first, const PremultipliedColour* pixels, const std::uint8_t* nearest);
  /// Ends it: its indices are final. Returns the sum of their distances. `wanted`, if given, gets what was wanted of
  /// each pixel: of an opaque one within the range of samples, of others their own colours.
  std::int64_t end_row(const std::uint8_t* chosen, PremultipliedColour* wanted = nullptr);

  /// The cost of colour `index` at x, after a pixel that left `carried`.
  [[nodiscard]] std::int32_t distance(std::uint32_t x, std::uint8_t index, const CarriedError& carried) const noexcept;
  /// What colour `index` leaves.
  [[nodiscard]] CarriedError carried(std::uint32_t x, std::uint8_t index, const CarriedError& before) const noexcept;
  /// The colour nearest to what is wanted at x.
  [[nodiscard]] std::uint8_t nearest(std::uint32_t x, const CarriedError& carried) const noexcept;

 private:
  static constexpr std::int32_t scale = 16;

  [[nodiscard]] PremultipliedColour wanted_colour(std::uint32_t x, const CarriedError& before) const noexcept;
  [[nodiscard]] DitherPoint error_of(std::uint32_t x, std::uint8_t index, const CarriedError& before) const noexcept;

  const Diffusion& diffusion_;
  const IndexColours& colours_;
  std::uint32_t width_;
  const PremultipliedColour* pixels_ = nullptr;
  const std::uint8_t* nearest_ = nullptr;
  std::vector<DitherPoint> scaled_colours_;
  std::vector<DitherPoint> wanted_;  // of each pixel, without what is carried
  std::vector<std::uint8_t> takes_part_;
  std::vector<DitherPoint> below_;  // errors for the next row, with a pixel beyond either end
};

/// Targets without diffusion: the pixels themselves.
class PlainTargets {
 public:
  struct Carried {};
  static constexpr bool diffuses = false;

  explicit PlainTargets(const IndexColours& colours) : colours_(colours) {}

  void begin_row(std::size_t, const PremultipliedColour* pixels, const std::uint8_t* nearest) noexcept {
    pixels_ = pixels;
    nearest_ = nearest;
  }
  void end_row(const std::uint8_t*) const noexcept {}
  [[nodiscard]] std::int32_t distance(std::uint32_t x, std::uint8_t index, Carried) const noexcept {
    return colours_.distance(pixels_[x], index) * cost_unit;
  }
  [[nodiscard]] Carried carried(std::uint32_t, std::uint8_t, Carried) const noexcept { return {}; }
  [[nodiscard]] std::uint8_t nearest(std::uint32_t x, Carried) const noexcept { return nearest_[x]; }

 private:
  const IndexColours& colours_;
  const PremultipliedColour* pixels_ = nullptr;
  const std::uint8_t* nearest_ = nullptr;
};

}  // namespace vqi::detail
