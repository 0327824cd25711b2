// The IndexModel of the model "fast" (FORMAT.md, "Model 1: fast").
#pragma once

#include <cstdint>
#include <memory>

#include "index_model.hpp"

namespace vqi::detail {

/// Mixed distributions of sixteen symbols for each index.
[[nodiscard]] std::unique_ptr<const IndexModel> make_fast_model(const CodebookView& codebook);
/// As memory_of_model.
[[nodiscard]] ModelMemory fast_memory(std::uint32_t k, std::uint32_t map_width) noexcept;

}  // namespace vqi::detail
