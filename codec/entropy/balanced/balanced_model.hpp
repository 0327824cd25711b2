// The IndexModel of the model "balanced" (FORMAT.md, "Model 2: balanced").
#pragma once

#include <memory>

#include "index_model.hpp"

namespace vqi::detail {

/// Paths of mixed bits through the tree of codewords.
[[nodiscard]] std::unique_ptr<const IndexModel> make_balanced_model(const CodebookView& codebook);

}  // namespace vqi::detail
