// The IndexModel of the model "balanced" (FORMAT.md, "Model 2: balanced").
#pragma once

#include <cstdint>
#include <memory>

#include "index_model.hpp"

namespace vqi::detail {

/// Paths of mixed bits through the tree of codewords.
[[nodiscard]] std::unique_ptr<const IndexModel> make_balanced_model(const CodebookView& codebook, RowOrder order);
/// As memory_of_model.
[[nodiscard]] ModelMemory balanced_memory(std::uint32_t k, std::uint32_t map_width) noexcept;

}  // namespace vqi::detail
