// The IndexModel of the model "fast" (FORMAT.md, "Model 1: fast").
#pragma once

#include <memory>

#include "index_model.hpp"

namespace vqi::detail {

/// Mixed distributions of sixteen symbols for each index.
[[nodiscard]] std::unique_ptr<const IndexModel> make_fast_model(const CodebookView& codebook);

}  // namespace vqi::detail
