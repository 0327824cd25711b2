// VQI_ASSERT: aborts on a bug of ours in checked builds, costs nothing in others.
#pragma once

#if defined(VQI_CHECKED) && VQI_CHECKED
#include <cstdio>
#include <cstdlib>
#define VQI_ASSERT(condition)                                                         \
  do {                                                                                \
    if (!(condition)) {                                                               \
      std::fprintf(stderr, "vqi: bug: %s (%s:%d)\n", #condition, __FILE__, __LINE__); \
      std::abort();                                                                   \
    }                                                                                 \
  } while (false)
#else
#define VQI_ASSERT(condition) static_cast<void>(0)
#endif
