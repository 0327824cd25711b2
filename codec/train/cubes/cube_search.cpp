// Filtering codewords by cubes of 16, 8 and 4 code values a side, and what is left of them vector by vector.
#include "cube_search.hpp"

#include <algorithm>
#include <bit>
#include <vector>

#include "assert.hpp"
#include "key_format.hpp"
#include "leaf_listing.hpp"
#include "vector_set.hpp"

namespace vqi::detail {
namespace {

static_assert(cube_keys == block_vectors);

/// The columns of a tile: pairs of coordinates, the second with a 0.
constexpr std::size_t columns = 2;
constexpr std::size_t words_of_tile = tile_vectors * columns;

constexpr std::uint32_t outer_bits = 4;  // sides of the larger cubes
constexpr std::uint32_t inner_bits = 3;
constexpr std::uint32_t cube_bits = 2;

/// Two numbers of 16 bits, as a tile and a table hold them.
std::int32_t pair_of(std::int32_t first, std::int32_t second) {
  return std::bit_cast<std::int32_t>((static_cast<std::uint32_t>(first) & 0xFFFFU) | static_cast<std::uint32_t>(second)
                                                                                         << 16);
}

/// Sum of w, and of w x in code values.
struct Cell {
  std::uint64_t weight = 0;
  std::array<std::uint64_t, 3> sum{};

  void add(std::uint64_t more, const std::array<std::uint64_t, 3>& more_sum) {
    weight += more;
    for (std::size_t i = 0; i < 3; ++i) sum[i] += more_sum[i];
  }
};

/// Calls use(place in the cube, count) for the vectors of a cube that occur.
template <typename Use>
void for_each_vector(const ColourCubes& cubes, const ColourCube& cube, const Use& use) {
  const std::uint8_t* const entries = cubes.counts().leaf(cube.first_key / leaf_keys) + cube.first_key % leaf_keys;
  std::uint32_t weight = 0;
  for_each_count({entries, cube_keys}, [&](std::uint32_t place, std::uint32_t count) {
    use(place, count);
    weight += count;
  });
  if (weight == cube.weight) return;
  for (const std::uint32_t key : cubes.overflow(cube)) use(key - cube.first_key, 255);
}

}  // namespace

CubeSearch::CubeSearch(const ColourCubes& cubes, const FixedPoint& fixed_point, std::int32_t centre,
                       const ThreadPool& pool)
    : cubes_(cubes), fixed_point_(fixed_point), centre_(centre), pool_(pool), kernels_(narrow_kernels()) {
  VQI_ASSERT(!fixed_point.wide() && fixed_point.dimension() == 3);
  const std::int32_t unit = 2 << fixed_point.fraction_bits();
  for (std::uint32_t place = 0; place < cube_keys; ++place) {
    const std::array<std::uint8_t, 3> offset = vector_of_key(place);
    std::int32_t* const words = tiles_.data() + place / tile_vectors * words_of_tile + place % tile_vectors;
    words[0] = pair_of(-offset[0] * unit, -offset[1] * unit);
    words[tile_vectors] = pair_of(-offset[2] * unit, 0);
  }
}

std::int32_t CubeSearch::stored(std::int32_t value) const noexcept {
  return (centre_ - value) * (2 << fixed_point_.fraction_bits());
}

SearchBox<std::int32_t> CubeSearch::box_of(std::uint32_t first_key, std::int32_t side) const noexcept {
  const std::array<std::uint8_t, 3> low = vector_of_key(first_key);
  SearchBox<std::int32_t> box{};
  // What is stored falls as the code value rises.
  const std::int32_t last = side - 1;
  box.low[0] = pair_of(stored(low[0] + last), stored(low[1] + last));
  box.low[1] = pair_of(stored(low[2] + last), 0);
  box.high[0] = pair_of(stored(low[0]), stored(low[1]));
  box.high[1] = pair_of(stored(low[2]), 0);
  return box;
}

void CubeSearch::assign_cube(std::uint32_t first_key, NarrowTable& table, Nearest& nearest) const noexcept {
  const std::array<std::uint8_t, 3> corner = vector_of_key(first_key);
  std::array<std::int32_t, 3> origin{};
  for (std::size_t i = 0; i < origin.size(); ++i)
    origin[i] = (corner[i] - centre_) * (1 << fixed_point_.fraction_bits());
  for (std::size_t k = 0; k < table.count; ++k) {
    std::int32_t& first_pair = table.column(0)[k];
    std::int32_t& second_pair = table.column(1)[k];
    const std::int32_t first = static_cast<std::int16_t>(first_pair & 0xFFFF) - origin[0];
    const std::int32_t second = (first_pair >> 16) - origin[1];
    const std::int32_t third = static_cast<std::int16_t>(second_pair & 0xFFFF) - origin[2];
    first_pair = pair_of(first, second);
    second_pair = pair_of(third, 0);
    table.norms[k] = first * first + second * second + third * third;
  }
  kernels_.assign(tiles_.data(), block_tiles, table, nearest.data());
}

template <typename Whole, typename Mixed>
void CubeSearch::visit(const NarrowTable& table, std::size_t begin, std::size_t end, const Whole& whole,
                       const Mixed& mixed) const {
  NarrowTable outer;
  NarrowTable inner;
  NarrowTable own;
  constexpr std::uint32_t none = ~0U;
  std::uint32_t outer_cube = none;
  std::uint32_t inner_cube = none;
  Nearest nearest;
  for (std::size_t c = begin; c < end; ++c) {
    const ColourCube& cube = cubes_.cubes()[c];
    const auto cube_of = [&](std::uint32_t side_bits) { return cube.first_key >> (3 * side_bits); };
    const auto filter = [&](std::uint32_t side_bits, const NarrowTable& from, NarrowTable& to) {
      const std::uint32_t first_key = cube_of(side_bits) << (3 * side_bits);
      kernels_.filter(box_of(first_key, 1 << side_bits), from, no_rival, to);
    };
    if (cube_of(outer_bits) != outer_cube) {
      outer_cube = cube_of(outer_bits);
      filter(outer_bits, table, outer);
    }
    const NarrowTable* left = &outer;
    if (left->count > 1) {
      if (cube_of(inner_bits) != inner_cube) {
        inner_cube = cube_of(inner_bits);
        filter(inner_bits, outer, inner);
      }
      left = &inner;
    }
    if (left->count > 1) {
      filter(cube_bits, inner, own);
      left = &own;
    }
    if (left->count == 1) {
      whole(cube, static_cast<std::uint16_t>(left->indices[0]));
      continue;
    }
    assign_cube(cube.first_key, own, nearest);
    mixed(cube, own, nearest);
  }
}

std::size_t CubeSearch::task_count() const noexcept {
  return std::clamp<std::size_t>(cubes_.cubes().size() / 1024, 1, std::size_t{pool_.threads()} * 8);
}

CubeStep CubeSearch::step(const FixedCodewords& codewords) const {
  NarrowTable table;
  fill_table(codewords, table);
  const std::size_t tasks = std::min<std::size_t>(task_count(), pool_.threads());
  std::vector<std::vector<Cell>> cells_of(tasks, std::vector<Cell>(codewords.size()));
  pool_.for_each(tasks, [&](std::size_t t) {
    std::vector<Cell>& cells = cells_of[t];
    const std::size_t size = cubes_.cubes().size();
    visit(
        table, size * t / tasks, size * (t + 1) / tasks,
        [&](const ColourCube& cube, std::uint16_t index) { cells[index].add(cube.weight, cube.sum); },
        [&](const ColourCube& cube, const NarrowTable&, const Nearest& nearest) {
          const std::array<std::uint8_t, 3> corner = vector_of_key(cube.first_key);
          for_each_vector(cubes_, cube, [&](std::uint32_t place, std::uint64_t count) {
            const std::array<std::uint8_t, 3> offset = vector_of_key(place);
            Cell& cell = cells[nearest[place]];
            cell.weight += count;
            for (std::size_t i = 0; i < 3; ++i)
              cell.sum[i] += count * (std::uint64_t{corner[i]} + std::uint64_t{offset[i]});
          });
        });
  });
  const std::uint32_t bits = fixed_point_.fraction_bits();
  CubeStep result{codewords, int128{cubes_.norm(centre_)} << (2 * bits), false};
  for (std::size_t k = 0; k < codewords.size(); ++k) {
    Cell cell;
    for (const std::vector<Cell>& cells : cells_of) cell.add(cells[k].weight, cells[k].sum);
    if (cell.weight == 0) {
      result.empty_cells = true;
      continue;
    }
    const auto weight = static_cast<std::int64_t>(cell.weight);
    for (std::size_t i = 0; i < 3; ++i) {
      const std::int64_t sum = (static_cast<std::int64_t>(cell.sum[i]) - centre_ * weight) * (std::int64_t{1} << bits);
      std::int32_t& codeword = result.codewords.row(k)[i];
      codeword = static_cast<std::int32_t>(divide_round(sum, weight));
      result.objective += int128{weight} * codeword * codeword - 2 * int128{sum} * codeword;
    }
  }
  return result;
}

std::optional<KeyIndices> CubeSearch::assign(const FixedCodewords& codewords) const {
  NarrowTable table;
  fill_table(codewords, table);
  KeyIndices indices(cubes_.counts(), static_cast<std::uint32_t>(codewords.size() - 1));
  const std::size_t tasks = task_count();
  std::vector<std::vector<char>> used_by(tasks, std::vector<char>(codewords.size()));
  pool_.for_each(tasks, [&](std::size_t t) {
    std::vector<char>& used = used_by[t];
    const std::size_t size = cubes_.cubes().size();
    visit(
        table, size * t / tasks, size * (t + 1) / tasks,
        [&](const ColourCube& cube, std::uint16_t index) {
          indices.set(cube.first_key, cube_keys, index);
          used[index] = 1;
        },
        [&](const ColourCube& cube, const NarrowTable& left, const Nearest& nearest) {
          indices.set(cube.first_key, nearest);
          if (std::all_of(left.indices.begin(), left.indices.begin() + static_cast<std::ptrdiff_t>(left.count),
                          [&](std::int32_t index) { return used[static_cast<std::size_t>(index)] != 0; }))
            return;
          for_each_vector(cubes_, cube, [&](std::uint32_t place, std::uint32_t) { used[nearest[place]] = 1; });
        });
  });
  for (std::size_t k = 0; k < codewords.size(); ++k)
    if (std::none_of(used_by.begin(), used_by.end(), [&](const std::vector<char>& used) { return used[k] != 0; }))
      return std::nullopt;
  return indices;
}

}  // namespace vqi::detail
