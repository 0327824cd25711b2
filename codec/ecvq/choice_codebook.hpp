// ChoiceCodebook: codewords as integer coordinates, each with its nearest neighbours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sample_array.hpp"
#include "training_space.hpp"
#include "work.hpp"

namespace vqi::detail {

/// |a - b|^2 of two rows of one dimension.
[[nodiscard]] inline std::uint64_t distance_sq(std::span<const std::int32_t> a, const std::int32_t* b) noexcept {
  std::uint64_t sum = 0;
  for (std::size_t d = 0; d < a.size(); ++d) {
    const std::int64_t difference = std::int64_t{a[d]} - b[d];
    sum += static_cast<std::uint64_t>(difference * difference);
  }
  return sum;
}

struct NearCodeword {
  std::uint64_t distance_sq = 0;
  std::uint16_t index = 0;
};

/// A codebook in training space.
class ChoiceCodebook {
 public:
  /// The most neighbours that a codeword has. Farther ones hardly ever pay: on photographs the choice falls on the
  /// nearest dozen or on an index beside the vector.
  static constexpr std::size_t neighbours_max = 48;

  /// Borrows `space`.
  ChoiceCodebook(const SampleArray& codewords, const TrainingSpace& space, const Work& work);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::uint32_t dimension() const noexcept { return dimension_; }
  [[nodiscard]] std::span<const std::int32_t> row(std::size_t k) const noexcept {
    return std::span(coordinates_).subspan(k * dimension_, dimension_);
  }
  /// |vector - codeword k|^2, and much more where only one of the two is wholly opaque, or transparent, and the vector
  /// would lose that.
  [[nodiscard]] std::uint64_t distance_to(std::size_t k, const std::int32_t* vector) const noexcept {
    const std::uint64_t distance = distance_sq(row(k), vector);
    if (opacities_.empty()) return distance;
    const Opacity kind = space_->opacity_of(vector, 0);
    return kind == Opacity::mixed || kind == opacities_[k] ? distance : distance + lost_alpha_sq;
  }
  /// The codewords nearest to codeword `k`, the nearest first.
  [[nodiscard]] std::span<const NearCodeword> near(std::size_t k) const noexcept {
    return std::span(near_).subspan(k * neighbours_, neighbours_);
  }

 private:
  /// More than any saving of bits is worth; sixteen of them are below 2^63 in the units of a choice.
  static constexpr std::uint64_t lost_alpha_sq = std::uint64_t{1} << 41;

  void find_near(std::span<const std::uint32_t> order, std::span<const std::int64_t> sums, std::size_t at);

  const TrainingSpace* space_;
  std::vector<Opacity> opacities_;  // (k); empty without alpha
  std::size_t size_;
  std::uint32_t dimension_;
  std::size_t neighbours_;
  std::vector<std::int32_t> coordinates_;  // (k, dimension)
  std::vector<NearCodeword> near_;         // (k, neighbours)
};

}  // namespace vqi::detail
