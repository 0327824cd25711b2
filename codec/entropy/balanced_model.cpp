// The model "balanced" as an IndexModel.
#include <memory>

#include "balanced_strip.hpp"
#include "index_model.hpp"
#include "strip_models.hpp"
#include "vqi/error.hpp"

namespace vqi {

namespace {

class BalancedModel final : public IndexModel {
 public:
  explicit BalancedModel(const CodebookView& codebook) : codebook_(make_points(codebook)) {}

  [[nodiscard]] std::vector<std::byte> encode(std::span<const std::uint16_t> indices, std::uint32_t map_width,
                                              const RowHook& between_rows) const override {
    return encode_balanced_strip(codebook_, indices, map_width, between_rows);
  }

  void decode(std::span<const std::byte> bytes, std::uint32_t map_width, std::span<std::uint16_t> indices,
              const RowHook& between_rows) const override {
    if (!decode_balanced_strip(codebook_, bytes, map_width, indices, between_rows))
      throw Error(ErrorCode::corrupt_indices, "the coded indices do not end with the strip");
  }

  [[nodiscard]] std::uint64_t state_bytes(std::uint32_t map_width) const noexcept override {
    return balanced_state_bytes(codebook_.tree, map_width);
  }

 private:
  BalancedCodebook codebook_;
};

}  // namespace

std::unique_ptr<IndexModel> make_balanced_model(const CodebookView& codebook) {
  return std::make_unique<BalancedModel>(codebook);
}

}  // namespace vqi
