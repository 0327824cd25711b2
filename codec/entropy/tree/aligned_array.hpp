// AlignedArray: int32 values aligned for vector loads.
#pragma once

#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <new>

namespace vqi::detail {

using AlignedArray = hwy::AlignedFreeUniquePtr<std::int32_t[]>;

/// `count` times `value`; std::bad_alloc as from any container.
[[nodiscard]] inline AlignedArray make_aligned_array(std::size_t count, std::int32_t value) {
  AlignedArray values = hwy::AllocateAligned<std::int32_t>(count);
  if (values == nullptr) throw std::bad_alloc();
  std::fill_n(values.get(), count, value);
  return values;
}

}  // namespace vqi::detail
