// Huffman's algorithm with two queues; counts are flattened until the longest code is short enough.
#include "huffman_code.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace vqi::detail {
namespace {

struct TreeNode {
  std::uint64_t count = 0;
  std::size_t parent = 0;
};

/// Depths of the leaves, whose counts ascend; at least two.
std::vector<std::uint8_t> leaf_depths(const std::vector<std::uint64_t>& counts) {
  const std::size_t leaves = counts.size();
  std::vector<TreeNode> nodes;
  nodes.reserve(2 * leaves - 1);
  for (const std::uint64_t count : counts) nodes.push_back({count, 0});
  std::size_t leaf = 0;
  std::size_t inner = leaves;
  const auto take_smallest = [&] {
    const bool is_leaf = leaf < leaves && (inner >= nodes.size() || nodes[leaf].count <= nodes[inner].count);
    return is_leaf ? leaf++ : inner++;
  };
  while (nodes.size() < 2 * leaves - 1) {
    const std::size_t first = take_smallest();
    const std::size_t second = take_smallest();
    nodes[first].parent = nodes[second].parent = nodes.size();
    nodes.push_back({nodes[first].count + nodes[second].count, 0});
  }
  std::vector<std::uint8_t> depths(nodes.size());
  for (std::size_t i = nodes.size() - 1; i-- > 0;) depths[i] = static_cast<std::uint8_t>(depths[nodes[i].parent] + 1);
  depths.resize(leaves);
  return depths;
}

}  // namespace

std::vector<std::uint8_t> code_lengths(std::span<const std::uint32_t> counts, std::uint32_t longest) {
  std::vector<std::size_t> symbols;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) symbols.push_back(i);
  std::vector<std::uint8_t> lengths(counts.size());
  if (symbols.size() < 2) {
    for (const std::size_t symbol : symbols) lengths[symbol] = 1;
    return lengths;
  }
  std::stable_sort(symbols.begin(), symbols.end(), [&](std::size_t a, std::size_t b) { return counts[a] < counts[b]; });
  std::vector<std::uint64_t> ascending;
  ascending.reserve(symbols.size());
  for (const std::size_t symbol : symbols) ascending.push_back(counts[symbol]);
  std::vector<std::uint8_t> depths = leaf_depths(ascending);
  while (*std::max_element(depths.begin(), depths.end()) > longest) {
    for (std::uint64_t& count : ascending) count = count / 2 + 1;
    depths = leaf_depths(ascending);
  }
  for (std::size_t i = 0; i < symbols.size(); ++i) lengths[symbols[i]] = depths[i];
  return lengths;
}

std::vector<std::uint16_t> canonical_codes(std::span<const std::uint8_t> lengths) {
  constexpr std::size_t bounds = 17;
  std::array<std::uint32_t, bounds> count{};
  for (const std::uint8_t length : lengths) ++count[length];
  count[0] = 0;
  std::array<std::uint32_t, bounds> next{};
  for (std::size_t bits = 1; bits < bounds; ++bits) next[bits] = (next[bits - 1] + count[bits - 1]) << 1;
  std::vector<std::uint16_t> codes(lengths.size());
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    std::uint32_t code = lengths[i] == 0 ? 0 : next[lengths[i]]++;
    std::uint32_t mirrored = 0;
    for (std::uint8_t bit = 0; bit < lengths[i]; ++bit, code >>= 1) mirrored = mirrored << 1 | (code & 1);
    codes[i] = static_cast<std::uint16_t>(mirrored);
  }
  return codes;
}

}  // namespace vqi::detail
