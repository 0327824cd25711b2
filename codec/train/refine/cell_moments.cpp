// Sums of products in 128-bit integers, moved between cells as vectors move.
#include "cell_moments.hpp"

#include <array>

namespace vqi::detail {
namespace {

/// Steps of WorkPulse for one product.
constexpr std::uint64_t product_steps = 4;

}  // namespace

CellMoments::CellMoments(const VectorSet& vectors, std::size_t k, std::span<const std::uint16_t> indices,
                         WorkPulse pulse)
    : vectors_(&vectors),
      stride_(std::size_t{vectors.dimension()} * (vectors.dimension() + 1) / 2),
      products_(k * stride_) {
  vectors.for_each_vector(0, vectors.size(), [&](std::size_t n, const std::int32_t* x) {
    pulse.add(product_steps * stride_);
    add({x, vectors.dimension()}, vectors.weights()[n], indices[n]);
  });
}

void CellMoments::add(std::span<const std::int32_t> x, std::int64_t weight, std::size_t cell) {
  int128* product = products_.data() + cell * stride_;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::int64_t weighted = weight * x[i];
    for (std::size_t j = 0; j <= i; ++j) *product++ += int128{weighted} * x[j];
  }
}

void CellMoments::apply(std::span<const CellChange> changes, std::span<const std::uint16_t> indices, WorkPulse pulse) {
  std::array<std::int32_t, matrix_dimensions_max> coordinates{};
  const std::span<std::int32_t> x = std::span(coordinates).first(vectors_->dimension());
  for (const CellChange& change : changes) {
    pulse.add(2 * product_steps * stride_);
    vectors_->read_scaled(change.vector, x);
    const std::int64_t weight = vectors_->weights()[change.vector];
    add(x, -weight, change.from);
    add(x, weight, indices[change.vector]);
  }
}

CellSplit CellMoments::split(std::size_t k, const CellSums& sums) const {
  return split_by_moments(sums.weight(k), sums.sum(k), std::span(products_).subspan(k * stride_, stride_));
}

}  // namespace vqi::detail
