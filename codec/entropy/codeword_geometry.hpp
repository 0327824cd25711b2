// CodewordGeometry: where codewords lie in colour space, who is near whom, and who is near a colour (FORMAT.md,
// "Geometry").
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "index_model.hpp"

namespace vqi {

/// The mean colour of a codeword, in weights that the eye and the statistics of images suggest.
struct ColourPoint {
  std::int32_t luma = 0;  ///< red + 2 green + blue, or 4 grey
  std::int32_t orange = 0;
  std::int32_t green = 0;
  std::int32_t alpha = 0;
};

/// Derived from a codebook once, shared by all calls.
class CodewordGeometry {
 public:
  static constexpr std::uint32_t near_count = 32;
  /// Up to here every codeword is a candidate for the nearest; above, only those close by in the file.
  static constexpr std::uint32_t searched_codewords_max = 4096;
  static constexpr std::uint32_t cell_count = 1U << 16;

  explicit CodewordGeometry(const CodebookView& codebook);

  [[nodiscard]] std::uint32_t k() const noexcept { return k_; }
  /// The codewords nearest to `index`, equally near ones by their number; itself is the first unless blocks share a
  /// mean.
  [[nodiscard]] std::span<const std::uint16_t> near(std::uint32_t index) const noexcept {
    return {near_.data() + std::size_t{index} * near_count, near_size_};
  }
  /// 2^20 / (16 x the distance to the fourth codeword of `near`), to divide distances by.
  [[nodiscard]] std::uint32_t inverse_spacing(std::uint32_t index) const noexcept { return inverse_spacing_[index]; }

  /// Colours of four neighbours to the cell of the colour that is expected next.
  [[nodiscard]] std::uint32_t predicted_cell(std::uint32_t west, std::uint32_t north, std::uint32_t north_west,
                                             std::uint32_t north_east) const noexcept {
    const std::uint64_t sum = 2 * (packed_[west] + packed_[north]) + packed_[north_east] + bias - packed_[north_west];
    std::uint32_t cell = 0;
    for (std::uint32_t c = 0; c < channels_; ++c) cell = cell << cell_bits_ | cell_part_[sum >> (16 * c + 2) & 0x3FFU];
    return cell;
  }
  /// The codeword nearest to the centre of a cell. Costs K distances; k() <= searched_codewords_max.
  [[nodiscard]] std::uint32_t nearest_to_cell(std::uint32_t cell) const noexcept;

  /// City-block distance of two codewords in steps of about one 8-bit code value.
  [[nodiscard]] std::uint32_t distance(std::uint32_t a, std::uint32_t b) const noexcept {
    const std::array<std::int16_t, 4>& p = coarse_[a];
    const std::array<std::int16_t, 4>& q = coarse_[b];
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i) sum += p[i] < q[i] ? q[i] - p[i] : p[i] - q[i];
    return static_cast<std::uint32_t>(2 * sum);
  }

 private:
  /// Keeps the four sums above 0: 256 x 4 in each.
  static constexpr std::uint64_t bias = 0x0402'0402'0402'0402U;

  void read_colours(const CodebookView& codebook);
  void find_near();

  std::uint32_t k_;
  std::uint32_t channels_;
  std::uint32_t shift_ = 0;              // from samples to the 8 bits of cells and coarse distances
  std::uint32_t cell_bits_;              // per channel
  std::array<std::int32_t, 4> least_{};  // of each channel
  std::size_t near_size_;
  std::vector<ColourPoint> points_;
  std::vector<std::array<std::int16_t, 4>> coarse_;
  std::vector<std::uint64_t> packed_;  // four channels of 8 bits in 16 bits each
  std::vector<std::uint16_t> near_;
  std::vector<std::uint32_t> inverse_spacing_;
  std::array<std::uint8_t, 1024> cell_part_{};  // 256 + a clamped channel to its part of a cell
};

}  // namespace vqi
