# vqi_compile_options(target): the compile options of all our targets.

include(CheckCXXSourceCompiles)
check_cxx_source_compiles("#include <version>
#ifndef _LIBCPP_VERSION
#error another standard library
#endif
int main() {}" VQI_HAS_LIBCXX)
option(VQI_WASM_SIMD "WebAssembly: use its SIMD instructions" ON)

# vqi_double_kernels(source...): Highway's target for WebAssembly has no vectors of doubles; loops take their place.
function(vqi_double_kernels)
  if(EMSCRIPTEN)
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_DEFINITIONS HWY_DISABLED_TARGETS=HWY_WASM)
  endif()
endfunction()

# vqi_machine_options(target): what the compiler must be told of the machine, so that it makes the same bytes there.
function(vqi_machine_options target)
  # Contraction of products and sums to FMA would make floating-point results depend on the machine.
  target_compile_options(${target} PRIVATE -ffp-contract=off)
  if(VQI_HAS_LIBCXX)
    target_compile_options(${target} PRIVATE "SHELL:-include ${PROJECT_SOURCE_DIR}/codec/base/libcxx_gaps.hpp")
  endif()
  if(EMSCRIPTEN)
    target_compile_options(${target} PRIVATE -fwasm-exceptions $<$<BOOL:${VQI_WASM_SIMD}>:-msimd128>)
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
    # Vectors of these targets have no size that a compiler knows, so that they cannot be members of the kernels' types.
    target_compile_definitions(${target} PRIVATE "HWY_DISABLED_TARGETS=(HWY_SVE|HWY_SVE_256|HWY_SVE2|HWY_SVE2_128)")
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # Highway 1.0's functions for NEON are for this target, and GCC inlines them into functions for the same alone.
      # vqi calls none that needs the extension.
      target_compile_options(${target} PRIVATE -march=armv8-a+crypto)
    endif()
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^i[3-6]86$")
    # The registers of x87 hold more bits than a double has.
    target_compile_options(${target} PRIVATE -msse2 -mfpmath=sse)
  endif()
endfunction()

function(vqi_compile_options target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON
                                             CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  if(NOT BUILD_SHARED_LIBS)
    target_compile_definitions(${target} PRIVATE VQI_STATIC)  # see vqi/export.hpp
  endif()
  vqi_machine_options(${target})
  if(PROJECT_IS_TOP_LEVEL)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
                                             -Wnon-virtual-dtor -Wold-style-cast -Wundef)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # g++ 12 sees overlapping copies in `"text" + std::to_string(n)` where there are none (GCC bug 105651).
      target_compile_options(${target} PRIVATE -Wno-restrict)
    endif()
  endif()
  if(VQI_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(VQI_CHECKED)
    target_compile_definitions(${target} PRIVATE VQI_CHECKED=1)
  endif()
endfunction()
