// Means of whole codewords, of their halves and of their quarters.
#include "codeword_points.hpp"

namespace vqi::detail {

namespace {

/// A rectangle of a block's pixels: columns x0 .. x1 - 1, rows y0 .. y1 - 1.
struct Part {
  std::uint32_t x0, y0, x1, y1;
};

/// Codewords as rectangles of pixels.
class Blocks {
 public:
  explicit Blocks(const CodebookView& codebook)
      : codebook_(codebook),
        right_begin_(codebook.block_width_px / 2),
        lower_begin_(codebook.block_height_px / 2),
        left_end_((codebook.block_width_px + 1) / 2),
        upper_end_((codebook.block_height_px + 1) / 2) {}

  /// A side of one pixel is its own half.
  [[nodiscard]] Part all() const noexcept { return {0, 0, codebook_.block_width_px, codebook_.block_height_px}; }
  [[nodiscard]] Part right() const noexcept { return {right_begin_, 0, all().x1, all().y1}; }
  [[nodiscard]] Part lower() const noexcept { return {0, lower_begin_, all().x1, all().y1}; }
  [[nodiscard]] Part quarter(bool right, bool lower) const noexcept {
    return {right ? right_begin_ : 0, lower ? lower_begin_ : 0, right ? all().x1 : left_end_,
            lower ? all().y1 : upper_end_};
  }

  /// The mean of one channel over a part of a codeword, as a coordinate.
  [[nodiscard]] std::int32_t mean(std::size_t codeword, const Part& part, std::uint32_t channel) const {
    const std::size_t row_samples = std::size_t{codebook_.block_width_px} * codebook_.channels;
    const std::size_t dimension = row_samples * codebook_.block_height_px;
    const std::size_t first = codeword * dimension + channel;
    std::uint32_t sum = 0;  // at most 256 * 65535
    for (std::uint32_t y = part.y0; y < part.y1; ++y)
      for (std::uint32_t x = part.x0; x < part.x1; ++x)
        sum += codebook_.samples[first + y * row_samples + std::size_t{x} * codebook_.channels];
    const std::uint32_t count = (part.x1 - part.x0) * (part.y1 - part.y0);
    return static_cast<std::int32_t>(codebook_.bit_depth == 8 ? sum * 16 / count : sum / (16 * count));
  }

  /// The means of the channels.
  [[nodiscard]] Point channel_means(std::size_t codeword, const Part& part) const {
    Point point{};
    for (std::uint32_t c = 0; c < codebook_.channels; ++c) point[c] = mean(codeword, part, c);
    return point;
  }

 private:
  const CodebookView& codebook_;
  std::uint32_t right_begin_, lower_begin_, left_end_, upper_end_;
};

}  // namespace

CodewordPoints make_points(const CodebookView& codebook) {
  const Blocks blocks(codebook);
  CodewordPoints points;
  points.is_block = codebook.block_width_px * codebook.block_height_px > 1;
  // Points of grey blocks have room for the means of the four quarters, which tell a slope from a plain.
  const bool quarters = points.is_block && codebook.channels <= 2;
  if (quarters || codebook.channels >= 3) points.axes = quarters ? PointAxes::quarters : PointAxes::colour;
  points.coordinates = quarters ? point_dimension_max : codebook.channels;
  for (std::vector<Point>* list : {&points.whole, &points.right, &points.lower}) list->reserve(codebook.k);
  for (std::size_t i = 0; i < codebook.k; ++i) {
    if (quarters) {
      const std::int32_t upper_right = blocks.mean(i, blocks.quarter(true, false), 0);
      const std::int32_t lower_left = blocks.mean(i, blocks.quarter(false, true), 0);
      const std::int32_t lower_right = blocks.mean(i, blocks.quarter(true, true), 0);
      points.whole.push_back({blocks.mean(i, blocks.quarter(false, false), 0), upper_right, lower_left, lower_right});
      points.right.push_back({upper_right, upper_right, lower_right, lower_right});
      points.lower.push_back({lower_left, lower_right, lower_left, lower_right});
    } else {
      points.whole.push_back(blocks.channel_means(i, blocks.all()));
      points.right.push_back(blocks.channel_means(i, blocks.right()));
      points.lower.push_back(blocks.channel_means(i, blocks.lower()));
    }
  }
  return points;
}

}  // namespace vqi::detail
