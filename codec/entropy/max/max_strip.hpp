// The model "max": codes a strip's positions in the codeword tree in the fewest bits (FORMAT.md, "Model 3: max").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codeword_density.hpp"
#include "codeword_tree.hpp"
#include "index_model.hpp"
#include "logistic.hpp"
#include "point_prediction.hpp"

namespace vqi::detail {

/// What the strips of a file share.
struct MaxCodebook {
  explicit MaxCodebook(const CodewordPoints& points)
      : tree(points.whole), prediction(points, tree), density(points, tree), coordinates(points.coordinates) {}
  CodewordTree tree;
  PointPrediction prediction;
  CodewordDensity density;
  LogitTable logits;
  std::size_t coordinates;
};

/// indices: rows of map_width, each below the codebook's K.
[[nodiscard]] std::vector<std::byte> encode_max_strip(const MaxCodebook& codebook,
                                                      std::span<const std::uint16_t> indices, std::size_t map_width,
                                                      const RowHook& between_rows);

/// Fills `indices`, each below K whatever the bytes are. False if the bytes do not end where the
/// indices do.
[[nodiscard]] bool decode_max_strip(const MaxCodebook& codebook, std::span<const std::byte> bytes,
                                    std::size_t map_width, std::span<std::uint16_t> indices,
                                    const RowHook& between_rows);

/// Memory that coding one strip takes.
[[nodiscard]] std::uint64_t max_state_bytes(const CodewordTree& tree, std::uint32_t map_width) noexcept;

}  // namespace vqi::detail
