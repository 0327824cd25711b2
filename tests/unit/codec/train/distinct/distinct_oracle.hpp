// Checks of distinct vectors against a map of all vectors of an image.
#pragma once

#include <catch2/catch.hpp>
#include <cstdint>
#include <map>
#include <vector>

#include "distinct_vectors.hpp"
#include "test_work.hpp"

namespace vqi::test {
using namespace detail;

using Vector = std::vector<std::byte>;

/// Every vector of the map in raster order.
inline std::vector<Vector> vectors_of(const Image& image, const BlockGrid& grid) {
  std::vector<Vector> vectors;
  for (std::uint32_t y = 0; y < grid.map_height(); ++y)
    for (std::uint32_t x = 0; x < grid.map_width(); ++x) {
      Vector& vector = vectors.emplace_back(grid.vector_bytes());
      gather_vector(image, grid, x, y, vector.data());
    }
  return vectors;
}

/// That `distinct` has each different vector once with its count, and maps each vector of the image to its own.
inline void check_distinct(const DistinctVectors& distinct, const Image& image, const BlockGrid& grid, TestWork& work) {
  const std::vector<Vector> vectors = vectors_of(image, grid);
  std::map<Vector, std::uint32_t> expected;
  for (const Vector& vector : vectors) ++expected[vector];
  REQUIRE(distinct.size() == expected.size());
  REQUIRE(distinct.samples().rows() == expected.size());
  REQUIRE(distinct.counts().size() == expected.size());
  std::map<Vector, std::uint32_t> found;
  std::vector<std::uint16_t> index_of;
  for (std::size_t d = 0; d < distinct.size(); ++d) {
    const std::byte* const row = distinct.samples().row(d);
    found[Vector(row, row + grid.vector_bytes())] = distinct.counts()[d];
    index_of.push_back(static_cast<std::uint16_t>(d));
  }
  CHECK(found == expected);
  std::vector<std::uint16_t> indices(grid.vector_count());
  distinct.map(index_of, indices, work);
  std::size_t wrong = 0;
  for (std::size_t v = 0; v < vectors.size(); ++v) {
    const std::byte* const row = distinct.samples().row(indices[v]);
    if (Vector(row, row + grid.vector_bytes()) != vectors[v]) ++wrong;
  }
  CHECK(wrong == 0);
}

}  // namespace vqi::test
