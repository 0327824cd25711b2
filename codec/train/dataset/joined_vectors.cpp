// Sorting by Morton codes and joining runs of equal coordinates, or copying where neither is needed.
#include "joined_vectors.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>

#include "work_pulse.hpp"

namespace vqi::detail {
namespace {

// Steps of WorkPulse: for a key, for comparing two vectors, and beside its coordinates for copying a vector.
constexpr std::uint64_t key_steps = 64;
constexpr std::uint64_t comparison_steps = 8;
constexpr std::uint64_t copy_steps = 32;

/// The Morton code of the top bits of all coordinates, as many as fit into 64 bits.
std::uint64_t morton_key(std::span<const std::int32_t> coordinates, std::uint32_t coordinate_bits) {
  const std::uint32_t bits =
      std::min<std::uint32_t>(coordinate_bits, 64 / static_cast<std::uint32_t>(coordinates.size()));
  const std::int64_t offset = std::int64_t{1} << (coordinate_bits - 1);
  std::uint64_t key = 0;
  for (std::uint32_t bit = 0; bit < bits; ++bit)
    for (const std::int32_t coordinate : coordinates) {
      const auto value = static_cast<std::uint64_t>(coordinate + offset);
      key = key << 1 | (value >> (coordinate_bits - 1 - bit) & 1U);
    }
  return key;
}

/// The distinct vectors sorted by Morton code, if there are few samples, then by coordinates.
std::vector<std::uint32_t> ordered(std::size_t count, const TrainingSpace& space,
                                   const std::vector<std::int32_t>& coordinates, WorkPulse pulse) {
  // Coordinates of Oklab have fraction bits.
  const std::uint32_t bits = space.bit_depth() + (space.is_oklab() ? space.fixed_point().fraction_bits() : 0);
  const auto row = [&](std::uint32_t i) {
    return std::span(coordinates).subspan(std::size_t{i} * space.dimension(), space.dimension());
  };
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<std::uint64_t> keys(count);
  if (space.dimension() <= morton_dimensions_max)
    for (std::uint32_t i = 0; i < count; ++i) {
      pulse.add(key_steps);
      keys[i] = morton_key(row(i), bits);
    }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    pulse.add(comparison_steps);
    if (keys[a] != keys[b]) return keys[a] < keys[b];
    const auto row_a = row(a);
    const auto row_b = row(b);
    const auto difference = std::mismatch(row_a.begin(), row_a.end(), row_b.begin());
    return difference.first == row_a.end() ? a < b : *difference.first < *difference.second;
  });
  return order;
}

}  // namespace

JoinedVectors join_vectors(const VectorCounts& distinct, const TrainingSpace& space, const ThreadPool& pool) {
  const std::size_t count = distinct.size();
  const std::uint32_t dimension = space.dimension();
  JoinedVectors joined{VectorSet(space.fixed_point(), count), {}, {}};
  WorkPulse pulse(pool);
  // Samples are integers, and coordinates of Oklab come with their fraction bits.
  const std::int32_t unit = space.is_oklab() ? 1 : 1 << joined.vectors.fixed_point().fraction_bits();
  std::vector<std::int32_t> scaled(dimension);
  const auto append = [&](std::span<const std::int32_t> vector, std::uint32_t weight) {
    pulse.add(copy_steps + std::uint64_t{4} * dimension);
    std::transform(vector.begin(), vector.end(), scaled.begin(), [&](std::int32_t x) { return x * unit; });
    joined.vectors.append(scaled, weight);
  };
  const bool kept_apart = !space.premultiplied() && !space.is_oklab();
  if (kept_apart && (distinct.in_morton_order() || space.dimension() > morton_dimensions_max)) {
    if (space.bit_depth() == 8) {
      joined.vectors.append_bytes(distinct.samples().bytes().data(), space.centre(), distinct.counts(), pool);
    } else {
      std::vector<std::int32_t> vector(dimension);
      for (std::uint32_t i = 0; i < count; ++i) {
        space.to_coordinates(distinct.samples().row(i), vector);
        append(vector, distinct.counts()[i]);
      }
    }
    joined.vectors.finish();
    return joined;
  }

  joined.vector_of.resize(count);
  joined.representative.reserve(count);
  std::vector<std::int32_t> coordinates(count * dimension);
  const auto row = [&](std::uint32_t i) {
    return std::span(coordinates).subspan(std::size_t{i} * dimension, dimension);
  };
  for (std::uint32_t i = 0; i < count; ++i) {
    pulse.add(std::uint64_t{4} * dimension);
    space.to_coordinates(distinct.samples().row(i), row(i));
  }
  const std::vector<std::uint32_t> order = ordered(count, space, coordinates, pulse);
  for (std::size_t begin = 0; begin < count;) {
    const auto vector = row(order[begin]);
    std::size_t end = begin;
    std::uint32_t weight = 0;
    std::uint32_t heaviest = order[begin];
    for (; end < count && std::equal(vector.begin(), vector.end(), row(order[end]).begin()); ++end) {
      weight += distinct.counts()[order[end]];
      if (distinct.counts()[order[end]] > distinct.counts()[heaviest]) heaviest = order[end];
      joined.vector_of[order[end]] = static_cast<std::uint32_t>(joined.representative.size());
    }
    append(vector, weight);
    joined.representative.push_back(heaviest);
    begin = end;
  }
  joined.vectors.finish();
  return joined;
}

}  // namespace vqi::detail
