// Counting and listing by SIMD without branches, as no branch predictor knows which colours occur.
//
// Compiled once per SIMD target by Highway.
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

std::size_t count_bins(const std::uint8_t* bins) {
  const hn::CappedTag<std::uint8_t, chunk_bins> d;
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < chunk_bins; i += hn::Lanes(d))
    zeros += hn::CountTrue(d, hn::Eq(hn::LoadU(d, bins + i), hn::Zero(d)));
  return chunk_bins - zeros;
}

void list_bins(const std::uint8_t* bins, std::uint32_t first_code, ChunkList& list) {
  const hn::CappedTag<std::uint32_t, 16> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d_bytes;
  auto codes = hn::Iota(d, first_code);
  const auto step = hn::Set(d, static_cast<std::uint32_t>(hn::Lanes(d)));
  std::size_t size = 0;
  for (std::size_t i = 0; i < chunk_bins; i += hn::Lanes(d)) {
    const auto counts = hn::PromoteTo(d, hn::LoadU(d_bytes, bins + i));
    const auto occurs = hn::Ne(counts, hn::Zero(d));
    // Compress in registers and store whole vectors: storing parts of them is slow.
    hn::StoreU(hn::Compress(codes, occurs), d, list.codes.data() + size);
    hn::StoreU(hn::Compress(counts, occurs), d, list.counts.data() + size);
    size += hn::CountTrue(d, occurs);
    codes = hn::Add(codes, step);
  }
  list.size = size;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {

HWY_EXPORT(count_bins);
HWY_EXPORT(list_bins);

std::size_t count_occurring(const std::uint8_t* bins) noexcept { return HWY_DYNAMIC_DISPATCH(count_bins)(bins); }

void list_chunk(const std::uint8_t* bins, std::uint32_t first_code, ChunkList& list) noexcept {
  HWY_DYNAMIC_DISPATCH(list_bins)(bins, first_code, list);
}

}  // namespace vqi::detail
#endif
