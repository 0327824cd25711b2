// Sums over cubes of a table's byte counts, eight at a time.
#include "colour_cubes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "key_format.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t word_bytes = 8;
constexpr std::size_t cube_words = cube_keys / word_bytes;
constexpr std::size_t leaf_cubes = leaf_keys / cube_keys;
constexpr std::size_t task_tops = 512;

/// Four sums of 16 bits: of the bytes 0 and 1, 2 and 3, 4 and 5, 6 and 7 of some words, in that order.
class PairSums {
 public:
  PairSums() = default;
  explicit PairSums(std::uint64_t bits) : bits_(bits) {}
  PairSums operator+(const PairSums& other) const { return PairSums(bits_ + other.bits_); }
  [[nodiscard]] std::uint32_t all() const { return second_half() + (at(0) + at(1)); }
  /// Of the bytes 4 to 7.
  [[nodiscard]] std::uint32_t second_half() const { return at(2) + at(3); }
  /// Of the bytes 2, 3, 6 and 7.
  [[nodiscard]] std::uint32_t odd_pairs() const { return at(1) + at(3); }

 private:
  [[nodiscard]] std::uint32_t at(std::uint32_t pair) const {
    return static_cast<std::uint32_t>(bits_ >> (16 * pair) & 0xFFFFU);
  }
  std::uint64_t bits_ = 0;
};

/// Sums of w, and of w d and w d^2 for a vector's place d = 0 .. 3 in its cube along each axis.
struct CubeMoments {
  std::uint32_t weight = 0;
  std::array<std::uint32_t, 3> sum{};
  std::array<std::uint32_t, 3> squares{};
};

/// Of a place's two bits the upper ones choose the word and the lower ones the byte in it, both in the order of the
/// axes from the most significant bit: word and byte numbers are three bits each.
CubeMoments moments_of(const std::uint8_t* entries) {
  constexpr std::uint64_t even_bytes = 0x00FF00FF00FF00FFU;
  std::array<PairSums, cube_words> pairs;
  std::array<PairSums, cube_words> odd;  // of the second byte of each pair alone
  for (std::size_t w = 0; w < cube_words; ++w) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < word_bytes; ++i) word |= std::uint64_t{entries[w * word_bytes + i]} << (8 * i);
    odd[w] = PairSums(word >> 8 & even_bytes);
    pairs[w] = PairSums(word & even_bytes) + odd[w];
  }
  const PairSums upper_first = pairs[4] + pairs[5] + (pairs[6] + pairs[7]);
  const PairSums upper_second = pairs[2] + pairs[3] + (pairs[6] + pairs[7]);
  const PairSums upper_third = pairs[1] + pairs[3] + (pairs[5] + pairs[7]);
  const PairSums odd_upper_third = odd[1] + odd[3] + (odd[5] + odd[7]);
  const PairSums all = upper_first + (pairs[0] + pairs[1] + (pairs[2] + pairs[3]));
  const PairSums all_odd = odd_upper_third + (odd[0] + odd[2] + (odd[4] + odd[6]));

  CubeMoments moments;
  moments.weight = all.all();
  const std::array<std::uint32_t, 3> lower{all.second_half(), all.odd_pairs(), all_odd.all()};
  const std::array<std::uint32_t, 3> upper{upper_first.all(), upper_second.all(), upper_third.all()};
  const std::array<std::uint32_t, 3> both{upper_first.second_half(), upper_second.odd_pairs(), odd_upper_third.all()};
  for (std::size_t i = 0; i < 3; ++i) {
    moments.sum[i] = lower[i] + 2 * upper[i];
    moments.squares[i] = lower[i] + 4 * upper[i] + 4 * both[i];
  }
  return moments;
}

void prefetch_leaf(const std::uint8_t* leaf) {
  for (std::size_t c = 0; c < leaf_cubes; ++c) __builtin_prefetch(leaf + c * cube_keys);
}

bool occurs(const std::uint8_t* entries) {
  std::array<std::uint64_t, cube_words> words{};
  std::memcpy(words.data(), entries, sizeof words);
  std::uint64_t any = 0;
  for (const std::uint64_t word : words) any |= word;
  return any != 0;
}

}  // namespace

ColourCubes::ColourCubes(const KeyCounts& counts, const ThreadPool& pool)
    : counts_(counts), overflow_(counts.overflow()) {
  struct Part {
    std::vector<ColourCube> cubes;
    std::uint64_t weight = 0;
    std::uint64_t sum = 0;
    std::uint64_t squares = 0;

    void add_cube(std::uint32_t first_key, const std::uint8_t* entries) {
      const CubeMoments moments = moments_of(entries);
      const std::array<std::uint8_t, 3> corner = vector_of_key(first_key);
      ColourCube cube{first_key, moments.weight, {}};
      for (std::size_t i = 0; i < 3; ++i) {
        const std::uint64_t low = corner[i];
        cube.sum[i] = low * moments.weight + moments.sum[i];
        sum += cube.sum[i];
        squares += low * low * moments.weight + 2 * low * moments.sum[i] + moments.squares[i];
      }
      weight += moments.weight;
      cubes.push_back(cube);
    }
    void add_overflow(std::uint32_t key) {
      constexpr std::uint32_t count = 255;
      const std::array<std::uint8_t, 3> vector = vector_of_key(key);
      ColourCube& cube = cubes.back();
      for (std::size_t i = 0; i < 3; ++i) {
        const std::uint64_t value = vector[i];
        cube.sum[i] += count * value;
        sum += count * value;
        squares += count * value * value;
      }
      cube.weight += count;
      weight += count;
    }
  };
  std::vector<Part> parts(divide_up(counts.tops(), task_tops));
  pool.for_each(parts.size(), [&](std::size_t t) {
    auto overflowed = std::lower_bound(overflow_.begin(), overflow_.end(), t * task_tops * leaf_keys);
    std::vector<std::size_t> tops;
    for (std::size_t top = t * task_tops; top < std::min(counts.tops(), (t + 1) * task_tops); ++top)
      if (counts.leaf(top) != nullptr) tops.push_back(top);
    for (std::size_t i = 0; i < tops.size(); ++i) {
      const std::size_t top = tops[i];
      const std::uint8_t* const leaf = counts.leaf(top);
      // Leaves lie in the order in which they were met, which a processor cannot foresee.
      if (i + 1 < tops.size()) prefetch_leaf(counts.leaf(tops[i + 1]));
      for (std::size_t c = 0; c < leaf_cubes; ++c) {
        if (!occurs(leaf + c * cube_keys)) continue;
        const auto first_key = static_cast<std::uint32_t>(top * leaf_keys + c * cube_keys);
        parts[t].add_cube(first_key, leaf + c * cube_keys);
        for (; overflowed != overflow_.end() && *overflowed < first_key + cube_keys; ++overflowed)
          parts[t].add_overflow(*overflowed);
      }
    }
  });
  std::size_t size = 0;
  for (const Part& part : parts) size += part.cubes.size();
  cubes_.reserve(size);
  for (const Part& part : parts) {
    cubes_.insert(cubes_.end(), part.cubes.begin(), part.cubes.end());
    total_weight_ += part.weight;
    total_sum_ += part.sum;
    total_squares_ += part.squares;
  }
}

std::span<const std::uint32_t> ColourCubes::overflow(const ColourCube& cube) const noexcept {
  const auto begin = std::lower_bound(overflow_.begin(), overflow_.end(), cube.first_key);
  const auto end = std::lower_bound(begin, overflow_.end(), cube.first_key + cube_keys);
  return {begin, end};
}

std::uint64_t ColourCubes::norm(std::int32_t centre) const noexcept {
  const auto c = static_cast<std::uint64_t>(centre);
  return total_squares_ + 3 * c * c * total_weight_ - 2 * c * total_sum_;
}

VectorSet ColourCubes::means(const FixedPoint& fixed_point, std::int32_t centre, std::uint32_t side_bits) const {
  VectorSet set(fixed_point, cubes_.size());
  const std::uint32_t bits = fixed_point.fraction_bits();
  for (std::size_t begin = 0; begin < cubes_.size();) {
    ColourCube joined = cubes_[begin];
    const auto cube_of = [&](std::size_t c) { return cubes_[c].first_key >> (3 * side_bits); };
    std::size_t end = begin + 1;
    for (; end < cubes_.size() && cube_of(end) == cube_of(begin); ++end) {
      joined.weight += cubes_[end].weight;
      for (std::size_t i = 0; i < 3; ++i) joined.sum[i] += cubes_[end].sum[i];
    }
    std::array<std::int32_t, 3> mean{};
    for (std::size_t i = 0; i < 3; ++i) {
      // Rounded by adding half of the divisor. Below 2^48, so that doubles hold the dividend, and twice as fast as a
      // division of integers.
      const auto doubled = static_cast<double>((joined.sum[i] << (bits + 1)) + joined.weight);
      mean[i] = static_cast<std::int32_t>(doubled / (2.0 * joined.weight)) - centre * (1 << bits);
    }
    set.append(mean, joined.weight);
    begin = end;
  }
  set.finish();
  return set;
}

}  // namespace vqi::detail
