// CodewordGeometry: where codewords lie in colour space, and which codewords are near each of them (FORMAT.md,
// "Geometry").
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "index_model.hpp"

namespace vqi::detail {

/// The mean colour of a codeword, on axes that the eye and the statistics of images suggest.
struct ColourPoint {
  std::int32_t luma = 0;  ///< red + 2 green + blue, or 4 grey
  std::int32_t orange = 0;
  std::int32_t green = 0;
  std::int32_t alpha = 0;
};

/// The squared distance of two colours: a step of chroma counts more than one of luma. Codebooks follow luma closely,
/// so that neighbours in the image differ less in chroma.
struct DistanceWeights {
  static constexpr std::int32_t luma = 1, orange = 12, green = 4, alpha = 16;
};

/// What the model "fast" derives from a codebook once, for all strips of a file.
class CodewordGeometry {
 public:
  static constexpr std::uint32_t near_count = 32;
  /// Up to this K every codeword is a candidate for the nearest; above it, only those close by in the file.
  static constexpr std::uint32_t searched_codewords_max = 4096;
  static constexpr std::size_t point_padding = 16;
  static constexpr std::uint16_t no_codeword = 0xFFFF;
  struct alignas(64) NearRow {
    std::array<std::uint16_t, near_count> codewords;
  };
  /// Eight numbers that vectors load at once: red + 2 green + blue, or 4 grey (0 .. 1020), four small channels, three
  /// zeros.
  struct alignas(16) SmallColour {
    std::array<std::int16_t, 8> values;
  };
  /// Cubes of colours, numbered by the upper bits of their channels.
  struct CubeShape {
    std::uint32_t bits;           ///< of each channel
    std::uint32_t channel_masks;  ///< the bits of a byte that are not dropped, four times

    /// The cube of a colour of four channels, the first one lowest.
    [[nodiscard]] std::uint32_t cube_of(std::uint32_t colour) const noexcept {
      const std::uint32_t parts = (colour & channel_masks) >> (8 - bits);
      const std::uint32_t pairs = (parts & 0x00FF00FFU) | (parts >> 8 & 0x00FF00FFU) << bits;
      return (pairs & 0xFFFFU) | pairs >> 16 << (2 * bits);
    }
  };

  explicit CodewordGeometry(const CodebookView& codebook);

  /// The most memory for K codewords, in bytes, reached while they are read.
  [[nodiscard]] static constexpr std::uint64_t size_bytes(std::uint32_t k) noexcept {
    constexpr std::uint64_t means = 4 * sizeof(std::int32_t);
    constexpr std::uint64_t small_points = 4 * sizeof(std::int32_t);
    return (k + point_padding) *
           (sizeof(ColourPoint) + means + small_points + sizeof(SmallColour) + sizeof(NearRow) + sizeof(std::uint32_t));
  }

  [[nodiscard]] std::uint32_t k() const noexcept { return k_; }
  [[nodiscard]] std::uint32_t cube_count() const noexcept { return 1U << (cube_shape_.bits * channels_); }
  /// The codewords nearest to `index`, equally near ones by their number; the first is `index` itself unless
  /// blocks share a mean. If the codebook has fewer than near_count, no_codeword fills the row.
  [[nodiscard]] const NearRow& near(std::uint32_t index) const noexcept { return near_[index]; }
  /// 2^20 / (16 x the distance to the fourth codeword of `near`), to divide distances by.
  [[nodiscard]] std::uint32_t inverse_spacing(std::uint32_t index) const noexcept { return inverse_spacing_[index]; }
  [[nodiscard]] const SmallColour& small_colour(std::uint32_t index) const noexcept { return small_colours_[index]; }
  [[nodiscard]] const CubeShape& cube_shape() const noexcept { return cube_shape_; }
  /// The centre of a cube, in small channels.
  [[nodiscard]] ColourPoint cube_centre(std::uint32_t cube) const noexcept;
  /// The codewords' points in small channels, coordinate by coordinate: luma, orange, green, alpha. A multiple of
  /// point_padding in number; the points after the last codeword are farther
  /// from any cube than all codewords.
  [[nodiscard]] std::span<const std::int32_t> small_points(std::size_t coordinate) const noexcept {
    return small_points_[coordinate];
  }

 private:
  void read_colours(const CodebookView& codebook);
  void find_near();

  std::uint32_t k_;
  std::uint32_t channels_;
  std::uint32_t shift_ = 0;  // from samples to the 8 bits of small channels
  CubeShape cube_shape_;
  std::size_t near_size_;
  std::vector<ColourPoint> points_;
  std::array<std::vector<std::int32_t>, 4> small_points_;
  std::vector<SmallColour> small_colours_;
  std::vector<NearRow> near_;
  std::vector<std::uint32_t> inverse_spacing_;
};

}  // namespace vqi::detail
