// Sets glibc's thresholds with mallopt.
#include "heap_pages.hpp"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace vqi::bench {

std::string_view name(HeapPages pages) { return pages == HeapPages::fresh ? "fresh" : "reused"; }

#ifdef __GLIBC__

std::vector<HeapPages> selectable_heap_pages() { return {HeapPages::fresh, HeapPages::reused}; }

void select_heap_pages(HeapPages pages) {
  const bool fresh = pages == HeapPages::fresh;
  // Setting a threshold also stops glibc from raising it each time a large block is freed.
  mallopt(M_MMAP_THRESHOLD, 64 * 1024);
  mallopt(M_MMAP_MAX, fresh ? 1'000'000 : 0);
  mallopt(M_TRIM_THRESHOLD, fresh ? 64 * 1024 : -1);  // -1: never
}

#else

std::vector<HeapPages> selectable_heap_pages() { return {HeapPages::fresh}; }

void select_heap_pages(HeapPages) {}

#endif

}  // namespace vqi::bench
