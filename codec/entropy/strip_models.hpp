// The index models that follow a path through the tree of codewords.
#pragma once

#include <memory>

#include "index_model.hpp"

namespace vqi::detail {

/// FORMAT.md, "Model 2: balanced".
[[nodiscard]] std::unique_ptr<IndexModel> make_balanced_model(const CodebookView& codebook);
/// FORMAT.md, "Model 3: max".
[[nodiscard]] std::unique_ptr<IndexModel> make_max_model(const CodebookView& codebook);

}  // namespace vqi::detail
