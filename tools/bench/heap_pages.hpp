// Selects whether large allocations get new pages from the system, or pages that were used before.
#pragma once

#include <string_view>
#include <vector>

namespace vqi::bench {

/// A page fault for every 4 kB costs about as much as copying 4 kB. So times of work that fills memory are comparable
/// only if its memory is equally fresh.
enum class HeapPages {
  fresh,   ///< every large allocation is mapped anew, and unmapped when freed
  reused,  ///< large allocations come from a heap that never shrinks, without faults once it has grown
};

[[nodiscard]] std::string_view name(HeapPages pages);

/// The choices that this C library allows; `fresh` is always one of them.
[[nodiscard]] std::vector<HeapPages> selectable_heap_pages();

/// Applies to all later allocations of the process.
void select_heap_pages(HeapPages pages);

}  // namespace vqi::bench
