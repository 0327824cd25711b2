// Cutting a cell: parts that partition it, the gain that is told, and the axis along which it is widest.
#include "cell_split.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "vector_sets.hpp"

using vqi::detail::CellSplit;
using vqi::detail::Cut;
using vqi::detail::VectorRows;
using vqi::test::MadeVectors;
using vqi::test::make_vectors;

namespace {

using Members = std::vector<std::uint32_t>;

Members all_of(const VectorRows& points) {
  Members members(points.size());
  std::iota(members.begin(), members.end(), 0U);
  return members;
}

struct Part {
  double weight = 0;
  std::vector<double> mean;
};

Part part_of(const VectorRows& points, std::span<const std::uint32_t> members) {
  Part part{0, std::vector<double>(points.dimension())};
  for (const std::uint32_t n : members) {
    part.weight += points.weight(n);
    for (std::uint32_t i = 0; i < points.dimension(); ++i) part.mean[i] += points.weight(n) * double{points.row(n)[i]};
  }
  for (double& value : part.mean) value /= part.weight;
  return part;
}

/// The sum of w |x - mean|^2.
double scatter_of(const VectorRows& points, std::span<const std::uint32_t> members) {
  const Part part = part_of(points, members);
  double sum = 0;
  for (const std::uint32_t n : members)
    for (std::uint32_t i = 0; i < points.dimension(); ++i)
      sum += points.weight(n) * std::pow(double{points.row(n)[i]} - part.mean[i], 2);
  return sum;
}

/// Two clouds of 20 and 30 points, far from each other along the last axis.
MadeVectors two_clouds(std::uint32_t dimension) {
  MadeVectors made = make_vectors(dimension, 128, 50);
  for (std::size_t n = 0; n < 50; ++n)
    for (std::uint32_t i = 0; i < dimension; ++i) {
      std::int32_t& x = made.coordinates[n * dimension + i];
      x /= 16;
      if (i + 1 == dimension) x += n < 20 ? -100 : 100;
    }
  return made;
}

}  // namespace

TEST_CASE("two clouds are told apart exactly, in few dimensions and in many, wherever the cut stands") {
  for (const std::uint32_t dimension : {1U, 3U, 6U, 7U, 20U})
    for (const Cut cut : {Cut::mean, Cut::best}) {
      const vqi::detail::VectorSet set = two_clouds(dimension).set();
      const VectorRows points(set);
      Members members = all_of(points);
      const CellSplit split = vqi::detail::split_cell(points, members, cut);
      INFO("dimension " << dimension << ", cut " << static_cast<int>(cut));
      REQUIRE(split.first.size() == dimension);
      const double whole = scatter_of(points, members);
      const std::size_t size = vqi::detail::partition_cell(points, members, split);
      REQUIRE((size == 20 || size == 30));
      const auto first = std::span(members).first(size);
      const auto second = std::span(members).subspan(size);
      for (const std::uint32_t n : first) CHECK((n < 20) == (size == 20));
      CHECK(split.gain == Approx(whole - scatter_of(points, first) - scatter_of(points, second)).epsilon(1e-9));
      const Part part = part_of(points, first);
      for (std::uint32_t i = 0; i < dimension; ++i) CHECK(split.first[i] == Approx(part.mean[i]).margin(1e-6));
    }
}

TEST_CASE("the best cut gains as much as the cut through the mean or nearly so, on lopsided cells much more") {
  MadeVectors made = make_vectors(8, 128, 200);
  for (std::size_t n = 0; n < 200; ++n) {
    for (std::uint32_t i = 0; i < 8; ++i) made.coordinates[n * 8 + i] /= 64;
    made.coordinates[n * 8] = n < 190 ? static_cast<std::int32_t>(n % 60) - 120 : 120;
    made.weights[n] = 1;
  }
  const vqi::detail::VectorSet set = made.set();
  const VectorRows points(set);
  const Members members = all_of(points);
  const double at_mean = vqi::detail::split_cell(points, members, Cut::mean).gain;
  const double best = vqi::detail::split_cell(points, members, Cut::best).gain;
  CHECK(best > 1.2 * at_mean);
  CHECK(best <= scatter_of(points, members));
}

TEST_CASE("a cell of one vector, of none or of equal ones gains nothing") {
  for (const std::uint32_t dimension : {2U, 9U})
    for (const Cut cut : {Cut::mean, Cut::best}) {
      const vqi::detail::VectorSet set = make_vectors(dimension, 128, 10, 1).set();
      const VectorRows points(set);
      const Members members = all_of(points);
      for (const std::size_t size : {0U, 1U, 2U, 10U})
        CHECK(vqi::detail::split_cell(points, std::span(members).first(size), cut).gain == 0);
    }
}

TEST_CASE("two different vectors become a part each, whatever their weights") {
  for (const std::uint32_t dimension : {1U, 3U, 8U})
    for (const Cut cut : {Cut::mean, Cut::best}) {
      MadeVectors made{dimension, 128, std::vector<std::int32_t>(2 * dimension, 5), {1, 1'000'000}};
      made.coordinates.back() = 6;
      const vqi::detail::VectorSet set = made.set();
      const VectorRows points(set);
      Members members{0, 1};
      const CellSplit split = vqi::detail::split_cell(points, members, cut);
      CHECK(split.gain > 0);
      CHECK(vqi::detail::partition_cell(points, members, split) == 1);
    }
}

TEST_CASE("partitioning keeps the order within each part") {
  const vqi::detail::VectorSet set = two_clouds(3).set();
  const VectorRows points(set);
  Members members = all_of(points);
  const std::size_t size =
      vqi::detail::partition_cell(points, members, vqi::detail::split_cell(points, members, Cut::best));
  CHECK(std::is_sorted(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(size)));
  CHECK(std::is_sorted(members.begin() + static_cast<std::ptrdiff_t>(size), members.end()));
}
