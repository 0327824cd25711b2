// The chain of nearest codewords: the nearest is searched outwards from a codeword's place in the order of brightness,
// until brightness alone proves that no nearer codeword follows.
#include "codeword_order.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "outward_search.hpp"

namespace vqi::detail {
namespace {

/// The most differences of samples that a chain may take: about a second of work.
constexpr std::uint64_t chain_work_max = std::uint64_t{1} << 32;

std::uint64_t brightness(const SampleArray& codebook, std::size_t row) noexcept {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < codebook.dimension(); ++i) sum += codebook.at(row, i);
  return sum;
}

/// Codewords in the order of brightness, from which codewords can be removed. A place is a number in that order.
class BrightnessLine {
 public:
  BrightnessLine(const SampleArray& codebook, const std::vector<std::uint16_t>& by_brightness, WorkPulse pulse)
      : dimension_(codebook.dimension()), is_wide_(codebook.bit_depth() > 8), pulse_(pulse) {
    const std::size_t k = by_brightness.size();
    samples_.reserve(k * dimension_);
    brightness_.reserve(k);
    for (const std::uint16_t codeword : by_brightness) {
      pulse_.add(std::uint64_t{2} * dimension_);
      for (std::uint32_t i = 0; i < dimension_; ++i)
        samples_.push_back(static_cast<std::int32_t>(codebook.at(codeword, i)));
      brightness_.push_back(brightness(codebook, codeword));
    }
    // Entry p + 1 is that of place p: 0 and k + 1 are the ends beside the line.
    darker_.resize(k + 2);
    brighter_.resize(k + 2);
    for (std::size_t p = 0; p < k + 2; ++p) {
      darker_[p] = static_cast<std::uint32_t>(p - 1);
      brighter_[p] = static_cast<std::uint32_t>(p + 1);
    }
  }

  /// Takes the codeword at `place` off the line; its own links to both sides stay.
  void remove(std::size_t place) noexcept {
    brighter_[darker_[place + 1]] = brighter_[place + 1];
    darker_[brighter_[place + 1]] = darker_[place + 1];
  }

  /// The place of the remaining codeword that is nearest to the one at `place`, which was just removed. Of equally near
  /// codewords the one at the lowest place.
  [[nodiscard]] std::size_t nearest_remaining(std::size_t place) {
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    std::uint32_t nearest = 0;
    search_outwards(*this, darker_[place + 1], brighter_[place + 1], brightness_[place],
                    [&](std::uint32_t next, std::uint64_t difference) {
                      if (nearest != 0 && is_beyond(difference, least, dimension_)) return false;
                      const std::uint64_t distance = distance_sq(place, next - 1);
                      if (distance < least || (distance == least && next < nearest)) {
                        least = distance;
                        nearest = next;
                      }
                      work_ += dimension_;
                      pulse_.add(dimension_);
                      return true;
                    });
    return nearest - 1;
  }

  // The line of search_outwards, whose places are 1 more than those of this class.
  [[nodiscard]] bool contains(std::uint32_t place) const noexcept { return place != 0 && place <= brightness_.size(); }
  [[nodiscard]] std::uint64_t sum(std::uint32_t place) const noexcept { return brightness_[place - 1]; }
  [[nodiscard]] std::uint32_t below(std::uint32_t place) const noexcept { return darker_[place]; }
  [[nodiscard]] std::uint32_t above(std::uint32_t place) const noexcept { return brighter_[place]; }

  [[nodiscard]] std::uint64_t work() const noexcept { return work_; }

 private:
  [[nodiscard]] std::uint64_t distance_sq(std::size_t a, std::size_t b) const noexcept {
    const std::int32_t* x = samples_.data() + a * dimension_;
    const std::int32_t* y = samples_.data() + b * dimension_;
    return is_wide_ ? sum_of_squares<std::int64_t>(x, y) : sum_of_squares<std::int32_t>(x, y);
  }

  /// 1024 squared differences of bytes, the most that a codeword has, fit into 31 bits.
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
  WorkPulse pulse_;
  std::uint64_t work_ = 0;
  std::vector<std::int32_t> samples_;
  std::vector<std::uint64_t> brightness_;
  std::vector<std::uint32_t> darker_;
  std::vector<std::uint32_t> brighter_;
};

}  // namespace

std::vector<std::uint16_t> order_codewords(const SampleArray& codebook, WorkPulse pulse) {
  const std::size_t k = codebook.rows();
  std::vector<std::uint64_t> keys(k);
  pulse.in_portions(0, k, codebook.dimension(), [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) keys[i] = brightness(codebook, i);
  });
  std::vector<std::uint16_t> by_brightness(k);
  std::iota(by_brightness.begin(), by_brightness.end(), std::uint16_t{0});
  std::stable_sort(by_brightness.begin(), by_brightness.end(),
                   [&](std::uint16_t a, std::uint16_t b) { return keys[a] < keys[b]; });
  BrightnessLine line(codebook, by_brightness, pulse);
  std::vector<std::uint16_t> order;
  order.reserve(k);
  std::vector<bool> is_taken(k);
  for (std::size_t place = 0; order.size() < k; place = line.nearest_remaining(place)) {
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
