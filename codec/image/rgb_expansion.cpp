// Expansion of palettes by AVX-512's byte permutations (VBMI), and without.
#include "rgb_expansion.hpp"

#include <algorithm>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace vqi::detail {
namespace {

constexpr std::size_t line_bytes = 64;
constexpr std::size_t pixel_bytes = 3;

#if defined(__x86_64__)

/// Pixels that fill three cache lines.
constexpr std::size_t run_pixels = 64;

/// Where the low bytes of the indices in two vectors stand, and the bytes of three lines: a pixel's first and second
/// byte from two vectors at once, numbered 0 to 127, and under `third` the third byte.
struct LineOrder {
  std::array<std::array<std::uint8_t, line_bytes>, 3> pixel{};
  std::array<std::array<std::uint8_t, line_bytes>, 3> first_two{};
  std::array<std::uint64_t, 3> third{};
  std::array<std::uint8_t, line_bytes> low_bytes{};
};

constexpr LineOrder make_line_order() {
  LineOrder order;
  for (std::size_t at = 0; at < 3 * line_bytes; ++at) {
    const std::size_t line = at / line_bytes;
    const std::size_t byte = at % line_bytes;
    const std::size_t pixel = at / pixel_bytes;
    order.pixel[line][byte] = static_cast<std::uint8_t>(pixel);
    order.first_two[line][byte] = static_cast<std::uint8_t>(pixel + (at % pixel_bytes == 1 ? line_bytes : 0));
    if (at % pixel_bytes == 2) order.third[line] |= std::uint64_t{1} << byte;
  }
  for (std::size_t n = 0; n < line_bytes; ++n) order.low_bytes[n] = static_cast<std::uint8_t>(2 * n);
  return order;
}

constexpr LineOrder line_order = make_line_order();

bool permutes_bytes() noexcept {
  static const bool result = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                             __builtin_cpu_supports("avx512vbmi") != 0;
  return result;
}

#endif

}  // namespace

RgbExpansion::RgbExpansion(std::span<const std::byte> colours) noexcept {
  std::copy(colours.begin(), colours.end(), colours_.begin());
  for (std::size_t i = 0; i < colours.size(); ++i)
    planes_[i % pixel_bytes][i / pixel_bytes] = static_cast<std::uint8_t>(colours[i]);
}

void RgbExpansion::expand_portable(std::span<const std::uint16_t> indices, std::byte* pixels) const noexcept {
  if (indices.empty()) return;
  // Four bytes are moved at once; the fourth is overwritten by the next pixel.
  for (const std::uint16_t index : indices.first(indices.size() - 1)) {
    std::memcpy(pixels, colours_.data() + index * pixel_bytes, pixel_bytes + 1);
    pixels += pixel_bytes;
  }
  std::memcpy(pixels, colours_.data() + indices.back() * pixel_bytes, pixel_bytes);
}

#if defined(__x86_64__)

__attribute__((target("avx512f,avx512bw,avx512vbmi"))) void RgbExpansion::expand_lines(
    std::span<const std::uint16_t> indices, std::byte* pixels) const noexcept {
  const __m512i low_bytes = _mm512_loadu_si512(line_order.low_bytes.data());
  __m512i table[3][4];
  __m512i pixel[3];
  __m512i first_two[3];
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t part = 0; part < 4; ++part)
      table[i][part] = _mm512_loadu_si512(planes_[i].data() + part * line_bytes);
    pixel[i] = _mm512_loadu_si512(line_order.pixel[i].data());
    first_two[i] = _mm512_loadu_si512(line_order.first_two[i].data());
  }
  for (std::size_t n = 0; n < indices.size(); n += run_pixels, pixels += 3 * line_bytes) {
    const __m512i index = _mm512_permutex2var_epi8(_mm512_loadu_si512(indices.data() + n), low_bytes,
                                                   _mm512_loadu_si512(indices.data() + n + run_pixels / 2));
    const __mmask64 upper_half = _mm512_movepi8_mask(index);
    __m512i bytes[3];
    for (std::size_t i = 0; i < 3; ++i)
      bytes[i] = _mm512_mask_blend_epi8(upper_half, _mm512_permutex2var_epi8(table[i][0], index, table[i][1]),
                                        _mm512_permutex2var_epi8(table[i][2], index, table[i][3]));
    for (std::size_t line = 0; line < 3; ++line) {
      const __m512i two = _mm512_permutex2var_epi8(bytes[0], first_two[line], bytes[1]);
      _mm512_storeu_si512(pixels + line * line_bytes,
                          _mm512_mask_permutexvar_epi8(two, line_order.third[line], pixel[line], bytes[2]));
    }
  }
}

void RgbExpansion::expand(std::span<const std::uint16_t> indices, std::byte* pixels) const noexcept {
  if (!permutes_bytes()) return expand_portable(indices, pixels);
  // Up to the first pixel that begins a cache line; there is one in every 64.
  std::size_t before = 0;
  while (before < indices.size() && reinterpret_cast<std::uintptr_t>(pixels + before * pixel_bytes) % line_bytes != 0)
    ++before;
  expand_portable(indices.first(before), pixels);
  const std::size_t lines = (indices.size() - before) / run_pixels * run_pixels;
  expand_lines(indices.subspan(before, lines), pixels + before * pixel_bytes);
  expand_portable(indices.subspan(before + lines), pixels + (before + lines) * pixel_bytes);
}

#else

void RgbExpansion::expand(std::span<const std::uint16_t> indices, std::byte* pixels) const noexcept {
  expand_portable(indices, pixels);
}

#endif

}  // namespace vqi::detail
