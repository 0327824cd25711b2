/* The version of these headers, for C and C++. It stands here and nowhere else: CMakeLists.txt reads it from this
   file. */
#ifndef VQI_VERSION_H
#define VQI_VERSION_H

#define VQI_VERSION_MAJOR 0
#define VQI_VERSION_MINOR 1
#define VQI_VERSION_PATCH 0

#define VQI_VERSION_TEXT_OF(number) #number
#define VQI_VERSION_JOIN(major, minor, patch) \
  VQI_VERSION_TEXT_OF(major) "." VQI_VERSION_TEXT_OF(minor) "." VQI_VERSION_TEXT_OF(patch)
/* "MAJOR.MINOR.PATCH", as a string literal. */
#define VQI_VERSION VQI_VERSION_JOIN(VQI_VERSION_MAJOR, VQI_VERSION_MINOR, VQI_VERSION_PATCH)
/* MAJOR * 10000 + MINOR * 100 + PATCH, to compare with. */
#define VQI_VERSION_NUMBER (VQI_VERSION_MAJOR * 10000 + VQI_VERSION_MINOR * 100 + VQI_VERSION_PATCH)

#endif
