// VQI_API: marks what a shared library exports, which is the API and nothing else.
#pragma once

// A static library is compiled with VQI_STATIC, so that what links it exports nothing of vqi. Programs define nothing.
#if defined(VQI_STATIC)
#define VQI_API
#else
#define VQI_API __attribute__((visibility("default")))
#endif
