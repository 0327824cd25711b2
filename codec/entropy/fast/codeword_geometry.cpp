// Colours, near codewords and cells of a codebook.
#include "codeword_geometry.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "integer.hpp"

namespace vqi::detail {
namespace {

/// Codewords on each side in the file that are looked at where there are too many to look at all.
constexpr std::uint32_t window_codewords = 256;

ColourPoint point_of(std::span<const std::int32_t> channels) noexcept {
  switch (channels.size()) {
    case 1:
      return {4 * channels[0], 0, 0, 0};
    case 2:
      return {4 * channels[0], 0, 0, channels[1]};
    default: {
      const std::int32_t red = channels[0];
      const std::int32_t green = channels[1];
      const std::int32_t blue = channels[2];
      return {red + 2 * green + blue, red - blue, 2 * green - red - blue, channels.size() == 4 ? channels[3] : 0};
    }
  }
}

std::uint64_t distance_sq(const ColourPoint& a, const ColourPoint& b) noexcept {
  const std::int64_t luma = a.luma - b.luma;
  const std::int64_t orange = a.orange - b.orange;
  const std::int64_t green = a.green - b.green;
  const std::int64_t alpha = a.alpha - b.alpha;
  using Weights = DistanceWeights;
  return static_cast<std::uint64_t>(Weights::luma * luma * luma + Weights::orange * orange * orange +
                                    Weights::green * green * green + Weights::alpha * alpha * alpha);
}

/// floor(sqrt(value)).
std::uint64_t square_root(std::uint64_t value) noexcept {
  std::uint64_t root = 0;
  for (std::uint32_t bit = 32; bit-- > 0;) {
    const std::uint64_t larger = root | std::uint64_t{1} << bit;
    if (larger * larger <= value) root = larger;
  }
  return root;
}

std::uint32_t inverse_of_spacing(std::uint64_t fourth_distance_sq) noexcept {
  // The distance in sixteenths of the unit of distance(); 6 is the weight of luma in distance_sq().
  const std::uint64_t sixteenths = std::max<std::uint64_t>(8, square_root(256 * fourth_distance_sq / 6));
  return static_cast<std::uint32_t>((16U << 16) / sixteenths);
}

constexpr CodewordGeometry::CellShape shape_of_cells(std::uint32_t channels) noexcept {
  if (channels <= 2) return {8, 0xFFFFFFFFU};
  return channels == 3 ? CodewordGeometry::CellShape{5, 0xF8F8F8F8U} : CodewordGeometry::CellShape{4, 0xF0F0F0F0U};
}

}  // namespace

CodewordGeometry::CodewordGeometry(const CodebookView& codebook)
    : k_(codebook.k),
      channels_(codebook.channels),
      cell_shape_(shape_of_cells(codebook.channels)),
      near_size_(std::min(codebook.k, near_count)) {
  read_colours(codebook);
  find_near();
}

void CodewordGeometry::read_colours(const CodebookView& codebook) {
  const std::uint32_t pixels = codebook.block_width_px * codebook.block_height_px;
  std::vector<std::int32_t> means(std::size_t{k_} * channels_);
  std::array<std::int32_t, 4> least{};
  std::int32_t range = 0;
  for (std::uint32_t c = 0; c < channels_; ++c) {
    std::int32_t most = 0;
    least[c] = std::numeric_limits<std::int32_t>::max();
    for (std::uint32_t k = 0; k < k_; ++k) {
      std::uint32_t sum = 0;
      for (std::uint32_t p = 0; p < pixels; ++p) sum += codebook.samples[(std::size_t{k} * pixels + p) * channels_ + c];
      const auto mean = static_cast<std::int32_t>(sum / pixels);
      means[std::size_t{k} * channels_ + c] = mean;
      least[c] = std::min(least[c], mean);
      most = std::max(most, mean);
    }
    range = std::max(range, most - least[c]);
  }
  const auto range_bits = static_cast<std::uint32_t>(std::bit_width(static_cast<std::uint32_t>(range)));
  shift_ = range_bits > 8 ? range_bits - 8 : 0;
  points_.resize(k_);
  small_colours_.resize(k_);
  constexpr std::int32_t far_away = 16384;
  for (std::vector<std::int32_t>& coordinate : small_points_)
    coordinate.assign(divide_up<std::size_t>(k_, point_padding) * point_padding, 0);
  std::fill(small_points_[0].begin() + k_, small_points_[0].end(), far_away);
  for (std::uint32_t k = 0; k < k_; ++k) {
    const std::span<std::int32_t> channels(means.data() + std::size_t{k} * channels_, channels_);
    points_[k] = point_of(channels);
    for (std::uint32_t c = 0; c < channels_; ++c) {
      channels[c] = (channels[c] - least[c]) >> shift_;
      small_colours_[k].lanes[1 + c] = static_cast<std::int16_t>(channels[c]);
    }
    const ColourPoint small = point_of(channels);
    small_colours_[k].lanes[0] = static_cast<std::int16_t>(small.luma);
    small_points_[0][k] = small.luma;
    small_points_[1][k] = small.orange;
    small_points_[2][k] = small.green;
    small_points_[3][k] = small.alpha;
  }
}

void CodewordGeometry::find_near() {
  struct Near {
    std::uint64_t distance_sq;
    std::uint32_t index;
  };
  NearRow none{};
  none.codewords.fill(no_codeword);
  near_.assign(k_, none);
  inverse_spacing_.resize(k_);
  std::array<Near, near_count> best{};
  for (std::uint32_t k = 0; k < k_; ++k) {
    const bool all = k_ <= searched_codewords_max;
    const std::uint32_t begin = all || k < window_codewords ? 0 : k - window_codewords;
    const std::uint32_t end = all ? k_ : std::min(k_, k + window_codewords + 1);
    std::size_t found = 0;
    for (std::uint32_t other = begin; other < end; ++other) {
      const std::uint64_t distance = distance_sq(points_[k], points_[other]);
      if (found == near_size_ && distance >= best[found - 1].distance_sq) continue;
      std::size_t at = found == near_size_ ? found - 1 : found++;
      for (; at > 0 && best[at - 1].distance_sq > distance; --at) best[at] = best[at - 1];
      best[at] = {distance, other};
    }
    for (std::size_t r = 0; r < near_size_; ++r) near_[k].codewords[r] = static_cast<std::uint16_t>(best[r].index);
    const std::uint64_t fourth = best[std::min<std::size_t>(near_size_ - 1, 3)].distance_sq;
    inverse_spacing_[k] = inverse_of_spacing(fourth >> (2 * shift_));
  }
}

ColourPoint CodewordGeometry::cell_centre(std::uint32_t cell) const noexcept {
  std::array<std::int32_t, 4> channels{};
  const std::uint32_t dropped = 8 - cell_shape_.bits;
  for (std::uint32_t c = 0; c < channels_; ++c, cell >>= cell_shape_.bits) {
    const std::uint32_t part = cell & ((1U << cell_shape_.bits) - 1);
    channels[c] = static_cast<std::int32_t>((part << dropped) + ((1U << dropped) >> 1));
  }
  return point_of(std::span(channels).first(channels_));
}

}  // namespace vqi::detail
