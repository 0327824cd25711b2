// CodewordGeometry: where codewords lie in colour space, who is near whom, and who is near a colour (FORMAT.md,
// "Geometry").
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "index_model.hpp"

namespace vqi::detail {

/// The mean colour of a codeword, in weights that the eye and the statistics of images suggest.
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

/// Derived from a codebook once, shared by all calls.
class CodewordGeometry {
 public:
  static constexpr std::uint32_t near_count = 32;
  /// Up to here every codeword is a candidate for the nearest; above, only those close by in the file.
  static constexpr std::uint32_t searched_codewords_max = 4096;
  static constexpr std::size_t point_padding = 16;
  static constexpr std::uint16_t no_codeword = 0xFFFF;
  struct alignas(64) NearRow {
    std::array<std::uint16_t, near_count> codewords;
  };
  /// For vectors of eight: red + 2 green + blue, or 4 grey (0 .. 1020), four small channels, three zeros.
  struct alignas(16) SmallColour {
    std::array<std::int16_t, 8> lanes;
  };
  /// Cells are cubes of colours, numbered by the upper bits of their channels.
  struct CellShape {
    std::uint32_t bits;           ///< of each channel
    std::uint32_t channel_masks;  ///< the bits of a byte that are not dropped, four times

    /// The cell of a colour of four channels, the first one lowest.
    [[nodiscard]] std::uint32_t cell_of(std::uint32_t colour) const noexcept {
      const std::uint32_t parts = (colour & channel_masks) >> (8 - bits);
      const std::uint32_t pairs = (parts & 0x00FF00FFU) | (parts >> 8 & 0x00FF00FFU) << bits;
      return (pairs & 0xFFFFU) | pairs >> 16 << (2 * bits);
    }
  };

  explicit CodewordGeometry(const CodebookView& codebook);

  [[nodiscard]] std::uint32_t k() const noexcept { return k_; }
  [[nodiscard]] std::uint32_t cell_count() const noexcept { return 1U << (cell_shape_.bits * channels_); }
  /// The codewords nearest to `index`, equally near ones by their number; itself is the first unless blocks share a
  /// mean. Behind the last of fewer codewords stands no_codeword.
  [[nodiscard]] const NearRow& near(std::uint32_t index) const noexcept { return near_[index]; }
  /// 2^20 / (16 x the distance to the fourth codeword of `near`), to divide distances by.
  [[nodiscard]] std::uint32_t inverse_spacing(std::uint32_t index) const noexcept { return inverse_spacing_[index]; }
  [[nodiscard]] const SmallColour& small_colour(std::uint32_t index) const noexcept { return small_colours_[index]; }
  [[nodiscard]] const CellShape& cell_shape() const noexcept { return cell_shape_; }
  /// The centre of a cell, in small channels.
  [[nodiscard]] ColourPoint cell_centre(std::uint32_t cell) const noexcept;
  /// The codewords' points in small channels, coordinate by coordinate: luma, orange, green, alpha. A multiple of
  /// point_padding in number; those behind the last codeword are farther from any cell than it.
  [[nodiscard]] std::span<const std::int32_t> small_points(std::size_t coordinate) const noexcept {
    return small_points_[coordinate];
  }

 private:
  void read_colours(const CodebookView& codebook);
  void find_near();

  std::uint32_t k_;
  std::uint32_t channels_;
  std::uint32_t shift_ = 0;  // from samples to the 8 bits of small channels
  CellShape cell_shape_;
  std::size_t near_size_;
  std::vector<ColourPoint> points_;
  std::array<std::vector<std::int32_t>, 4> small_points_;
  std::vector<SmallColour> small_colours_;
  std::vector<NearRow> near_;
  std::vector<std::uint32_t> inverse_spacing_;
};

}  // namespace vqi::detail
