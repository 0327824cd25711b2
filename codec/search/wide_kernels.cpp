// The kernels of nearest-codeword search on doubles, compiled once per SIMD target by Highway; apart from those on
// int16, because not every target has vectors of doubles (cmake/compile_options.cmake).
#include "nearest_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "wide_kernels.cpp"
#include <hwy/foreach_target.h>
// After foreach_target: what is compiled for each target.
#include "nearest_kernels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

// Highway's dispatch needs functions outside the unnamed namespace.
WideKernels wide_kernels_of_target() { return kernels_of<Wide>(); }

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {

HWY_EXPORT(wide_kernels_of_target);

WideKernels wide_kernels() { return HWY_DYNAMIC_DISPATCH(wide_kernels_of_target)(); }

}  // namespace vqi::detail
#endif
