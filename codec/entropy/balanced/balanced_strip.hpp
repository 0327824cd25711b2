// The model "balanced": codes a strip's positions in the codeword tree (FORMAT.md, "Model 2: balanced").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codeword_tree.hpp"
#include "index_model.hpp"
#include "point_prediction.hpp"

namespace vqi::detail {

/// What the strips of a file share.
struct BalancedCodebook {
  explicit BalancedCodebook(const CodewordPoints& points) : tree(points.whole), prediction(points, tree) {}
  CodewordTree tree;
  PointPrediction prediction;
};

/// indices: rows of map_width, each below the codebook's K.
[[nodiscard]] std::vector<std::byte> encode_balanced_strip(const BalancedCodebook& codebook,
                                                           std::span<const std::uint16_t> indices,
                                                           std::size_t map_width, const RowHook& between_rows);

/// Fills `indices`, each below K whatever the bytes are. False if the bytes do not end where the
/// indices do.
[[nodiscard]] bool decode_balanced_strip(const BalancedCodebook& codebook, std::span<const std::byte> bytes,
                                         std::size_t map_width, std::span<std::uint16_t> indices,
                                         const RowHook& between_rows);

/// Memory that coding one strip takes.
[[nodiscard]] std::uint64_t balanced_state_bytes(const CodewordTree& tree, std::uint32_t map_width) noexcept;

}  // namespace vqi::detail
