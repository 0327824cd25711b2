// Copying tiles of integers to rows of floats.
#include "vector_rows.hpp"

namespace vqi::detail {

VectorRows::VectorRows(const VectorSet& vectors) : dimension_(vectors.dimension()) {
  coordinates_.resize(vectors.size() * dimension_);
  weights_.assign(vectors.weights().begin(), vectors.weights().end());
  vectors.for_each_vector(0, vectors.size(), [&](std::size_t n, const std::int32_t* x) {
    for (std::uint32_t i = 0; i < dimension_; ++i) coordinates_[n * dimension_ + i] = static_cast<float>(x[i]);
  });
}

}  // namespace vqi::detail
