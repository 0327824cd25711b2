// Strips of the model "balanced", compiled once per SIMD target by Highway for the coder's mixer.
#include "balanced_strip.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "balanced_strip.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "balanced_coder-inl.hpp"

#include "strip_pass.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

std::vector<std::byte> encode_strip(const BalancedCodebook& codebook, std::span<const std::uint16_t> indices,
                                    std::size_t map_width, const RowHook& between_rows) {
  return encode_rows<BalancedCoder>(codebook, indices, map_width, between_rows);
}

bool decode_strip(const BalancedCodebook& codebook, std::span<const std::byte> bytes, std::size_t map_width,
                  std::span<std::uint16_t> indices, const RowHook& between_rows) {
  return decode_rows<BalancedCoder>(codebook, bytes, map_width, indices, between_rows);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {

HWY_EXPORT(encode_strip);
HWY_EXPORT(decode_strip);

std::vector<std::byte> encode_balanced_strip(const BalancedCodebook& codebook, std::span<const std::uint16_t> indices,
                                             std::size_t map_width, const RowHook& between_rows) {
  return HWY_DYNAMIC_DISPATCH(encode_strip)(codebook, indices, map_width, between_rows);
}

bool decode_balanced_strip(const BalancedCodebook& codebook, std::span<const std::byte> bytes, std::size_t map_width,
                           std::span<std::uint16_t> indices, const RowHook& between_rows) {
  return HWY_DYNAMIC_DISPATCH(decode_strip)(codebook, bytes, map_width, indices, between_rows);
}

std::uint64_t balanced_state_bytes(const CodewordTree& tree, std::uint32_t map_width) noexcept {
  return BalancedState::size_bytes(tree, map_width);
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
