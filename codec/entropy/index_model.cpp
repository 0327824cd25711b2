// Maps the enum Model to the models.
#include "index_model.hpp"

#include "balanced_model.hpp"
#include "fast_model.hpp"
#include "max_model.hpp"

namespace vqi::detail {

std::unique_ptr<const IndexModel> make_index_model(Model model, const CodebookView& codebook, RowOrder order) {
  switch (model) {
    case Model::fast:
      return make_fast_model(codebook);
    case Model::balanced:
      return make_balanced_model(codebook, order);
    case Model::max:
      return make_max_model(codebook);
  }
  return nullptr;
}

ModelMemory memory_of_model(Model model, std::uint32_t k, std::uint32_t map_width) noexcept {
  switch (model) {
    case Model::fast:
      return fast_memory(k, map_width);
    case Model::balanced:
      return balanced_memory(k, map_width);
    case Model::max:
      return max_memory(k, map_width);
  }
  return {};
}

}  // namespace vqi::detail
