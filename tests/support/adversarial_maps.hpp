// Index maps that are hard for a coder: noise, one colour, checks, single rows and columns, slopes, text; and
// codewords.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "index_model.hpp"
#include "random.hpp"

namespace vqi::test {
using namespace detail;

struct IndexMap {
  std::string name;
  std::uint32_t width = 1;
  std::vector<std::uint16_t> indices;
};

/// Maps of indices below k, each of about ten thousand entries at most.
inline std::vector<IndexMap> make_index_maps(std::uint32_t k) {
  Random random(k);
  std::vector<IndexMap> maps;
  const auto add = [&](const std::string& name, std::uint32_t width, std::uint32_t height, auto&& index_at) {
    IndexMap map{name, width, {}};
    for (std::uint32_t y = 0; y < height; ++y)
      for (std::uint32_t x = 0; x < width; ++x) map.indices.push_back(static_cast<std::uint16_t>(index_at(x, y) % k));
    maps.push_back(map);
  };
  const auto noise = [&](std::uint32_t, std::uint32_t) { return static_cast<std::uint32_t>(random.below(k)); };
  add("noise", 97, 61, noise);
  add("one colour, the first", 130, 70, [](auto, auto) { return 0U; });
  add("one colour, the last", 130, 70, [k](auto, auto) { return k - 1; });
  add("checkerboard", 90, 50, [k](std::uint32_t x, std::uint32_t y) { return (x + y) % 2 == 0 ? 0 : k - 1; });
  add("one column", 1, 300, noise);
  add("two columns", 2, 200, noise);
  add("one row", 400, 1, noise);
  add("one index", 1, 1, noise);
  add("slopes", 120, 80, [k](std::uint32_t x, std::uint32_t y) { return (x + y) * k / 200; });
  add("noise in a flat field", 100, 60, [&](std::uint32_t x, std::uint32_t y) {
    return x > 40 && x < 60 && y > 20 && y < 30 ? static_cast<std::uint32_t>(random.below(k)) : 0U;
  });
  add("words that repeat", 128, 64,
      [k](std::uint32_t x, std::uint32_t y) { return y % 16 < 9 ? (x % 23 * 7 + y % 16 * 5) % 11 % k : 0U; });
  return maps;
}

/// Random samples for k codewords, row by row; codewords may be equal.
inline std::vector<std::uint16_t> make_codewords(std::uint32_t k, std::uint32_t dimension, std::uint32_t depth) {
  Random random(k + dimension);
  std::vector<std::uint16_t> samples(std::size_t{k} * dimension);
  for (std::uint16_t& sample : samples) sample = static_cast<std::uint16_t>(random.below(std::uint64_t{1} << depth));
  return samples;
}

}  // namespace vqi::test
