#include "strip_models.hpp"

#include "balanced_strip.hpp"
#include "max_strip.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {

namespace {

struct Balanced {
  using Codebook = BalancedCodebook;
  static constexpr auto encode = encode_balanced_strip;
  static constexpr auto decode = decode_balanced_strip;
  static constexpr auto state_bytes = balanced_state_bytes;
};

struct Max {
  using Codebook = MaxCodebook;
  static constexpr auto encode = encode_max_strip;
  static constexpr auto decode = decode_max_strip;
  static constexpr auto state_bytes = max_state_bytes;
};

template <class Strip>
class StripModel final : public IndexModel {
 public:
  explicit StripModel(const CodebookView& codebook) : codebook_(make_points(codebook)) {}

  [[nodiscard]] std::vector<std::byte> encode(std::span<const std::uint16_t> indices, std::uint32_t map_width,
                                              const RowHook& between_rows) const override {
    return Strip::encode(codebook_, indices, map_width, between_rows);
  }

  void decode(std::span<const std::byte> bytes, std::uint32_t map_width, std::span<std::uint16_t> indices,
              const RowHook& between_rows) const override {
    if (!Strip::decode(codebook_, bytes, map_width, indices, between_rows))
      throw Error(ErrorCode::corrupt_indices, "the coded indices do not end with the strip");
  }

  [[nodiscard]] std::uint64_t state_bytes(std::uint32_t map_width) const noexcept override {
    return Strip::state_bytes(codebook_.tree, map_width);
  }

 private:
  typename Strip::Codebook codebook_;
};

}  // namespace

std::unique_ptr<IndexModel> make_balanced_model(const CodebookView& codebook) {
  return std::make_unique<StripModel<Balanced>>(codebook);
}

std::unique_ptr<IndexModel> make_max_model(const CodebookView& codebook) {
  return std::make_unique<StripModel<Max>>(codebook);
}

}  // namespace vqi::detail
