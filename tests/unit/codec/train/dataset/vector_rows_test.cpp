// VectorRows: the vectors of a set, number by number.
#include "vector_rows.hpp"

#include <catch2/catch.hpp>

#include "vector_sets.hpp"

TEST_CASE("rows are the vectors of the set with their weights") {
  for (const std::int32_t bound : {128, 32768}) {
    const vqi::detail::VectorSet set = vqi::test::make_vectors(3, bound, 70).set();
    const vqi::detail::VectorRows points(set);
    CHECK(points.dimension() == 3);
    CHECK(points.size() == 70);
    std::size_t wrong = 0;
    for (std::size_t n = 0; n < 70; ++n) {
      if (points.weight(n) != set.weights()[n]) ++wrong;
      for (std::uint32_t i = 0; i < 3; ++i)
        if (points.row(n)[i] != static_cast<float>(set.scaled(n, i))) ++wrong;
    }
    CHECK(wrong == 0);
  }
}
