// The IndexModel of the model "max" (FORMAT.md, "Model 3: max").
#pragma once

#include <cstdint>
#include <memory>

#include "index_model.hpp"

namespace vqi::detail {

/// Paths through the tree of codewords as well, in the fewest bits.
[[nodiscard]] std::unique_ptr<const IndexModel> make_max_model(const CodebookView& codebook);
/// As memory_of_model.
[[nodiscard]] ModelMemory max_memory(std::uint32_t k, std::uint32_t map_width) noexcept;

}  // namespace vqi::detail
