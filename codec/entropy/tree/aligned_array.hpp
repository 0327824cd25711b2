// AlignedArray: int32 values aligned for vector loads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace vqi::detail {

/// Enough for the widest vectors, and a cache line on every machine that has them.
inline constexpr std::align_val_t vector_alignment{128};

struct AlignedDeleter {
  void operator()(std::int32_t* values) const noexcept { ::operator delete(values, vector_alignment); }
};

using AlignedArray = std::unique_ptr<std::int32_t[], AlignedDeleter>;

/// An array of `count` times `value`. Throws std::bad_alloc.
[[nodiscard]] inline AlignedArray make_aligned_array(std::size_t count, std::int32_t value) {
  AlignedArray values(static_cast<std::int32_t*>(::operator new(count * sizeof(std::int32_t), vector_alignment)));
  std::fill_n(values.get(), count, value);
  return values;
}

}  // namespace vqi::detail
