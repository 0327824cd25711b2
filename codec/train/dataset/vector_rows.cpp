// Copying tiles of integers to rows of floats.
#include "vector_rows.hpp"

namespace vqi::detail {

VectorRows::VectorRows(const VectorSet& vectors, WorkPulse pulse) : dimension_(vectors.dimension()) {
  constexpr std::uint64_t copy_steps = 4;  // with taking fresh memory
  coordinates_.reserve(vectors.size() * dimension_);
  weights_.assign(vectors.weights().begin(), vectors.weights().end());
  pulse.in_portions(0, vectors.size(), copy_steps * dimension_, [&](std::size_t first, std::size_t last) {
    coordinates_.resize(last * dimension_);
    vectors.for_each_vector(first, last, [&](std::size_t n, const std::int32_t* x) {
      for (std::uint32_t i = 0; i < dimension_; ++i) coordinates_[n * dimension_ + i] = static_cast<float>(x[i]);
    });
  });
}

}  // namespace vqi::detail
