// The class MaxModel, and the dispatch of its coder to a SIMD target: Highway compiles this file once for each.
#include "max_model.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "max_model.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "max_coder-inl.hpp"

#include "decoding_alone.hpp"
#include "max_tables.hpp"
#include "strip_coding.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

std::vector<std::byte> encode_strip(const MaxTables& tables, std::span<const std::uint16_t> indices,
                                    std::size_t map_width, const RowHook& between_rows) {
  return encode_rows<MaxCoder>(tables, indices, map_width, between_rows);
}

DecodedRows decode_strip(const MaxTables& tables, std::span<const std::byte> bytes, StripBytes known,
                         std::size_t map_width, std::span<std::uint16_t> indices, const DecodeHook& hook) {
  return decode_rows<MaxCoder>(tables, bytes, known, map_width, indices, hook);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {

HWY_EXPORT(encode_strip);
HWY_EXPORT(decode_strip);

namespace {

class MaxModel final : public IndexModel {
 public:
  explicit MaxModel(const CodebookView& codebook) : tables_(make_points(codebook)) {}

  [[nodiscard]] std::vector<std::byte> encode(std::span<const std::uint16_t> indices, std::uint32_t map_width,
                                              const RowHook& between_rows) const override {
#if defined(VQI_DECODING_ALONE)
    return refuse_to_encode(indices, map_width, between_rows);
#else
    return HWY_DYNAMIC_DISPATCH(encode_strip)(tables_, indices, map_width, between_rows);
#endif
  }

  [[nodiscard]] DecodedRows decode(std::span<const std::byte> bytes, StripBytes known, std::uint32_t map_width,
                                   std::span<std::uint16_t> indices, const DecodeHook& hook) const override {
    return HWY_DYNAMIC_DISPATCH(decode_strip)(tables_, bytes, known, map_width, indices, hook);
  }

 private:
  MaxTables tables_;
};

}  // namespace

std::unique_ptr<const IndexModel> make_max_model(const CodebookView& codebook) {
  return std::make_unique<MaxModel>(codebook);
}

ModelMemory max_memory(std::uint32_t k, std::uint32_t map_width) noexcept {
  return {MaxTables::size_bytes(k), MaxState::size_bytes(CodewordTree::depth_of(k), map_width)};
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
