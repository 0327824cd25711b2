// VQI_API: marks what a shared library exports, which is the API and nothing else.
#pragma once

// VQI_STATIC is defined by our build alone, for static libraries: a program or library that links one then does not
// export vqi's symbols in turn. Programs define nothing.
#if defined(VQI_STATIC)
#define VQI_API
#else
#define VQI_API __attribute__((visibility("default")))
#endif
