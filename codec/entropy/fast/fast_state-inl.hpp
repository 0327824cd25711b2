// FastState: everything that the model "fast" learns while it codes a strip.
//
// For sources that Highway compiles once per SIMD target.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_FAST_STATE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_FAST_STATE_INL_HPP
#undef VQI_FAST_STATE_INL_HPP
#else
#define VQI_FAST_STATE_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "codeword_geometry.hpp"
#include "distribution16-inl.hpp"
#include "integer.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

/// The distributions of one strip, all uniform at first.
struct FastState {
  static constexpr std::uint32_t bits_pattern = 9, bits_near = 14, bits_wide = 15, bits_digit_wide = 15;
  static constexpr std::uint32_t digit_keys_max = 1U << 12;

  /// `digit_keys`: the keys that a codebook's digits have; `cubes`: those of the geometry, 0 if they are not used.
  FastState(const CodewordGeometry& geometry, bool use_wide, std::uint32_t digit_keys, std::uint32_t cubes)
      : bits_digit_near(std::min(13U, bits_for(geometry.k()) + 5)),
        pattern(std::size_t{1} << bits_pattern, uniform_distribution),
        near(std::size_t{1} << bits_near, uniform_distribution),
        wide(use_wide ? std::size_t{1} << bits_wide : 0, uniform_distribution),
        digit(std::min(digit_keys, digit_keys_max), uniform_distribution),
        digit_near(std::size_t{1} << bits_digit_near, uniform_distribution),
        digit_wide(use_wide ? std::size_t{1} << bits_digit_wide : 0, uniform_distribution),
        nearest_of_cube(cubes) {}

  /// The most memory that an object and the rows beside it take.
  [[nodiscard]] static std::uint64_t size_bytes(std::uint32_t map_width) noexcept {
    constexpr std::uint64_t distributions = (1U << bits_pattern) + (1U << bits_near) + (1U << bits_wide) +
                                            digit_keys_max + (1U << 13) + (1U << bits_digit_wide);
    constexpr std::uint64_t cubes_and_places = 1U << 18;
    return distributions * sizeof(Distribution) + cubes_and_places + (std::uint64_t{map_width} + 4) * 12;
  }

  std::uint32_t bits_digit_near;
  // Of the first symbol: which neighbours agree and how much they differ; hashes of neighbours.
  std::vector<Distribution> pattern, near, wide;
  // Of the symbols that follow an escape.
  std::vector<Distribution> digit, digit_near, digit_wide;
  std::vector<std::uint16_t> nearest_of_cube;  // 1 + the codeword; 0 where not computed yet
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
