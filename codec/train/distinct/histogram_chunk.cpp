// Listing by compressed SIMD vectors, compiled once per target by Highway: which entries occur cannot be predicted.
#include "histogram_chunk.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "histogram_chunk.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

std::size_t count_entries(const std::uint8_t* entries) {
  const hn::CappedTag<std::uint8_t, leaf_keys> d;
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < leaf_keys; i += hn::Lanes(d))
    zeros += hn::CountTrue(d, hn::Eq(hn::LoadU(d, entries + i), hn::Zero(d)));
  return leaf_keys - zeros;
}

void list_entries(const std::uint8_t* entries, std::uint32_t first_key, LeafList& list) {
  const hn::CappedTag<std::uint32_t, 16> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d_bytes;
  auto keys = hn::Iota(d, first_key);
  const auto step = hn::Set(d, static_cast<std::uint32_t>(hn::Lanes(d)));
  std::size_t size = 0;
  for (std::size_t i = 0; i < leaf_keys; i += hn::Lanes(d)) {
    const auto counts = hn::PromoteTo(d, hn::LoadU(d_bytes, entries + i));
    const auto occurs = hn::Ne(counts, hn::Zero(d));
    // Compressed in registers and stored whole, as processors are slow at storing parts.
    hn::StoreU(hn::Compress(keys, occurs), d, list.keys.data() + size);
    hn::StoreU(hn::Compress(counts, occurs), d, list.counts.data() + size);
    size += hn::CountTrue(d, occurs);
    keys = hn::Add(keys, step);
  }
  list.size = size;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {

HWY_EXPORT(count_entries);
HWY_EXPORT(list_entries);

std::size_t count_leaf(const std::uint8_t* entries) noexcept { return HWY_DYNAMIC_DISPATCH(count_entries)(entries); }

void list_leaf(const std::uint8_t* entries, std::uint32_t first_key, LeafList& list) noexcept {
  HWY_DYNAMIC_DISPATCH(list_entries)(entries, first_key, list);
}

}  // namespace vqi::detail
#endif
