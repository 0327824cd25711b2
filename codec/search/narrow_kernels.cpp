// The kernels of nearest-codeword search on int16, compiled once per SIMD target by Highway.
#include "nearest_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "narrow_kernels.cpp"
#include <hwy/foreach_target.h>
// After foreach_target: what is compiled for each target.
#include "nearest_kernels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

// Highway's dispatch needs functions outside the unnamed namespace.
NarrowKernels narrow_kernels_of_target() { return kernels_of<Narrow>(); }

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {

HWY_EXPORT(narrow_kernels_of_target);

NarrowKernels narrow_kernels() { return HWY_DYNAMIC_DISPATCH(narrow_kernels_of_target)(); }

}  // namespace vqi::detail
#endif
