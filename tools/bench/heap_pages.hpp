// Decides whether large allocations get new pages from the system or pages that were in use before.
#pragma once

#include <string_view>
#include <vector>

namespace vqi::bench {

/// A page fault for every 4 kB costs about as much as copying them, so times of work that fills
/// memory compare only where the memory is equally fresh.
enum class HeapPages {
  fresh,   ///< every large allocation is mapped anew and unmapped when it is freed
  reused,  ///< large allocations come from a heap that never shrinks: no faults once it has grown
};

[[nodiscard]] std::string_view name(HeapPages pages);

/// Those that this C library lets a program choose; `fresh` is always one.
[[nodiscard]] std::vector<HeapPages> selectable_heap_pages();

/// Holds for allocations from now on, in the whole process.
void select_heap_pages(HeapPages pages);

}  // namespace vqi::bench
