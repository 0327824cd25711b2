// The class BalancedModel, and the dispatch of its coder to a SIMD target: Highway compiles this file once for each.
#include "balanced_model.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "balanced_model.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "balanced_coder-inl.hpp"
#include "side_by_side_coder-inl.hpp"

#include "balanced_tables.hpp"
#include "decoding_alone.hpp"
#include "row_order.hpp"
#include "side_by_side_rows.hpp"
#include "side_by_side_state.hpp"
#include "strip_coding.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

/// Codes rows one by one or side by side until `go_on` says no. Returns the rows that were complete then.
template <class Bits, class Index, class GoOn>
std::size_t code_rows_in_order(const BalancedTables& tables, bool side_by_side, Bits& bits, std::span<Index> indices,
                               std::size_t map_width, const GoOn& go_on) {
  const std::size_t rows = indices.size() / map_width;
  if (side_by_side) return SideBySideCoder<Bits>(tables, map_width, bits).run(indices.data(), rows, go_on);
  BalancedCoder<Bits> coder(tables, map_width, bits);
  return code_rows(coder, indices.data(), rows, map_width, go_on);
}

std::vector<std::byte> encode_strip(const BalancedTables& tables, RowOrder order,
                                    std::span<const std::uint16_t> indices, std::size_t map_width,
                                    const RowHook& between_rows) {
  EncodedBits bits;
  const bool side_by_side =
      bits.code(order == RowOrder::by_repeats && seldom_repeats(indices, map_width), side_by_side_probability);
  code_rows_in_order(tables, side_by_side, bits, indices, map_width, [&](std::size_t) {
    if (between_rows) between_rows();
    return true;
  });
  return bits.coder.finish();
}

DecodedRows decode_strip(const BalancedTables& tables, std::span<const std::byte> bytes, StripBytes known,
                         std::size_t map_width, std::span<std::uint16_t> indices, const DecodeHook& hook) {
  DecodedBits bits{BinaryDecoder(bytes)};
  const bool side_by_side = bits.code(false, side_by_side_probability);
  const std::size_t rows =
      code_rows_in_order(tables, side_by_side, bits, indices, map_width,
                         [&](std::size_t complete) { return goes_on(bits, known, complete, hook); });
  return {rows, rows * map_width == indices.size() && bits.coder.finished()};
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

class BalancedModel final : public IndexModel {
 public:
  BalancedModel(const CodebookView& codebook, RowOrder order) : tables_(make_points(codebook)), order_(order) {}

  [[nodiscard]] std::vector<std::byte> encode(std::span<const std::uint16_t> indices, std::uint32_t map_width,
                                              const RowHook& between_rows) const override {
#if defined(VQI_DECODING_ALONE)
    return refuse_to_encode(indices, map_width, between_rows);
#else
    return HWY_DYNAMIC_DISPATCH(encode_strip)(tables_, order_, indices, map_width, between_rows);
#endif
  }

  [[nodiscard]] DecodedRows decode(std::span<const std::byte> bytes, StripBytes known, std::uint32_t map_width,
                                   std::span<std::uint16_t> indices, const DecodeHook& hook) const override {
    return HWY_DYNAMIC_DISPATCH(decode_strip)(tables_, bytes, known, map_width, indices, hook);
  }

 private:
  BalancedTables tables_;
  [[maybe_unused]] RowOrder order_;  // of encoders
};

}  // namespace

std::unique_ptr<const IndexModel> make_balanced_model(const CodebookView& codebook, RowOrder order) {
  return std::make_unique<BalancedModel>(codebook, order);
}

ModelMemory balanced_memory(std::uint32_t k, std::uint32_t map_width) noexcept {
  const std::uint32_t depth = CodewordTree::depth_of(k);
  return {BalancedTables::size_bytes(k),
          std::max(BalancedState::size_bytes(depth, map_width),
                   SideBySideState::size_bytes(depth) + SideBySideRows::size_bytes(map_width))};
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
