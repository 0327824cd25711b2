// The chain of nearest codewords, searched outwards from each one's place in the order of brightness.
//
// With s the sum of a codeword's samples, (s(a) - s(b))^2 <= D |a - b|^2 by Cauchy and Schwarz, so brightness alone
// tells that nothing nearer can follow (Guan and Kamel 1992 for the search of a codebook).
#include "codeword_order.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace vqi::detail {
namespace {

/// Differences of samples that one chain may look at: about a second of work.
constexpr std::uint64_t chain_work_max = std::uint64_t{1} << 32;

std::uint64_t brightness(const SampleArray& codebook, std::size_t row) noexcept {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < codebook.dimension(); ++i) sum += codebook.at(row, i);
  return sum;
}

/// Codewords in the order of brightness, of which those left can be walked in both directions.
class BrightnessLine {
 public:
  BrightnessLine(const SampleArray& codebook, const std::vector<std::uint16_t>& by_brightness)
      : dimension_(codebook.dimension()), is_wide_(codebook.bit_depth() > 8) {
    const std::size_t k = by_brightness.size();
    samples_.reserve(k * dimension_);
    brightness_.reserve(k);
    for (const std::uint16_t codeword : by_brightness) {
      for (std::uint32_t i = 0; i < dimension_; ++i)
        samples_.push_back(static_cast<std::int32_t>(codebook.at(codeword, i)));
      brightness_.push_back(brightness(codebook, codeword));
    }
    // Place p + 1 of these for codeword p: both ends have a place beside the line.
    darker_.resize(k + 2);
    brighter_.resize(k + 2);
    for (std::size_t p = 0; p < k + 2; ++p) {
      darker_[p] = static_cast<std::uint32_t>(p - 1);
      brighter_[p] = static_cast<std::uint32_t>(p + 1);
    }
  }

  /// Takes the codeword at `place` off the line; the places beside it stay known to it.
  void remove(std::size_t place) noexcept {
    brighter_[darker_[place + 1]] = brighter_[place + 1];
    darker_[brighter_[place + 1]] = darker_[place + 1];
  }

  /// The place of the codeword left that is nearest to the one at `place`, which was just removed.
  [[nodiscard]] std::size_t nearest_left(std::size_t place) noexcept {
    const std::uint32_t end = static_cast<std::uint32_t>(brightness_.size()) + 1;
    std::uint32_t down = darker_[place + 1];
    std::uint32_t up = brighter_[place + 1];
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    std::uint32_t nearest = 0;
    while (down != 0 || up != end) {
      // The darker side first where both are as far, so that of equally near codewords the darkest is met or kept.
      const std::uint64_t below = down == 0 ? too_far : brightness_[place] - brightness_[down - 1];
      const std::uint64_t above = up == end ? too_far : brightness_[up - 1] - brightness_[place];
      const std::uint64_t step = std::min(below, above);
      if (nearest != 0 && is_beyond(step, least)) break;
      const std::uint32_t next = below <= above ? down : up;
      const std::uint64_t distance = distance_sq(place, next - 1);
      if (distance < least || (distance == least && next < nearest)) {
        least = distance;
        nearest = next;
      }
      (below <= above ? down : up) = below <= above ? darker_[down] : brighter_[up];
      work_ += dimension_;
    }
    return nearest - 1;
  }

  [[nodiscard]] std::uint64_t work() const noexcept { return work_; }

 private:
  static constexpr std::uint64_t too_far = std::numeric_limits<std::uint64_t>::max();

  /// Whether a difference of brightness tells of a distance above `least`. Both sides stay below 2^53.
  [[nodiscard]] bool is_beyond(std::uint64_t difference, std::uint64_t least) const noexcept {
    return difference * difference > least * dimension_;
  }

  [[nodiscard]] std::uint64_t distance_sq(std::size_t a, std::size_t b) const noexcept {
    const std::int32_t* x = samples_.data() + a * dimension_;
    const std::int32_t* y = samples_.data() + b * dimension_;
    return is_wide_ ? sum_of_squares<std::int64_t>(x, y) : sum_of_squares<std::int32_t>(x, y);
  }

  /// The squares of 2^15 bytes fit into 31 bits, and a codeword has 1024 samples at most.
  template <class Sum>
  [[nodiscard]] std::uint64_t sum_of_squares(const std::int32_t* x, const std::int32_t* y) const noexcept {
    Sum sum = 0;
    for (std::uint32_t i = 0; i < dimension_; ++i) {
      const Sum difference = x[i] - y[i];
      sum += difference * difference;
    }
    return static_cast<std::uint64_t>(sum);
  }

  std::uint32_t dimension_;
  bool is_wide_;
  std::uint64_t work_ = 0;
  std::vector<std::int32_t> samples_;
  std::vector<std::uint64_t> brightness_;
  std::vector<std::uint32_t> darker_;
  std::vector<std::uint32_t> brighter_;
};

}  // namespace

std::vector<std::uint16_t> order_codewords(const SampleArray& codebook) {
  const std::size_t k = codebook.rows();
  std::vector<std::uint64_t> keys(k);
  for (std::size_t i = 0; i < k; ++i) keys[i] = brightness(codebook, i);
  std::vector<std::uint16_t> by_brightness(k);
  std::iota(by_brightness.begin(), by_brightness.end(), std::uint16_t{0});
  std::stable_sort(by_brightness.begin(), by_brightness.end(),
                   [&](std::uint16_t a, std::uint16_t b) { return keys[a] < keys[b]; });
  BrightnessLine line(codebook, by_brightness);
  std::vector<std::uint16_t> order;
  order.reserve(k);
  std::vector<bool> is_taken(k);
  for (std::size_t place = 0; order.size() < k; place = line.nearest_left(place)) {
    line.remove(place);
    is_taken[place] = true;
    order.push_back(by_brightness[place]);
    if (order.size() == k || line.work() > chain_work_max) break;
  }
  for (std::size_t place = 0; place < k; ++place)
    if (!is_taken[place]) order.push_back(by_brightness[place]);
  return order;
}

}  // namespace vqi::detail
