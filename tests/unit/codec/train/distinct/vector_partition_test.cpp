// VectorPartition: numbers by first appearance, counts, and vectors that are not there.
#include "vector_partition.hpp"

#include <array>
#include <catch2/catch.hpp>

using vqi::detail::VectorPartition;

TEST_CASE("vectors are numbered as they come, counted, and told apart where their hashes are equal") {
  VectorPartition partition;
  const auto vector = [](int n) { return std::array{static_cast<std::byte>(n), static_cast<std::byte>(n >> 8)}; };
  CHECK(partition.find(5, vector(1)) == VectorPartition::none);
  for (int round = 0; round < 2; ++round)
    for (int n = 0; n < 1000; ++n)
      CHECK(partition.find_or_add(static_cast<std::uint64_t>(n % 10), vector(n)) == static_cast<std::uint32_t>(n));
  CHECK(partition.find(7, vector(117)) == 117);
  CHECK(partition.find(7, vector(118)) == VectorPartition::none);
  CHECK(partition.counts == std::vector<std::uint32_t>(1000, 2));
  CHECK(partition.samples.size() == 2000);
  CHECK(partition.size_bytes() >= 2000 + 1000 * (4 + 8) + 2000 * 4);
  const std::array<std::byte, 3> bytes{std::byte{1}, std::byte{2}, std::byte{3}};
  CHECK(vqi::detail::hash_samples(bytes.data(), 3, 8) != vqi::detail::hash_samples(bytes.data(), 2, 8));
}
