// Maps the enum Model to the models.
#include "index_model.hpp"

#include "balanced_model.hpp"
#include "fast_model.hpp"
#include "max_model.hpp"

namespace vqi::detail {

std::unique_ptr<const IndexModel> make_index_model(Model model, const CodebookView& codebook) {
  switch (model) {
    case Model::fast:
      return make_fast_model(codebook);
    case Model::balanced:
      return make_balanced_model(codebook);
    case Model::max:
      return make_max_model(codebook);
  }
  return nullptr;
}

}  // namespace vqi::detail
