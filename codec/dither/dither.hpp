// dither: chooses the indices of a map so that mixtures of codewords stand for colours between them.
#pragma once

#include <cstdint>
#include <span>

#include "sample_array.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"
#include "work.hpp"

namespace vqi::detail {

/// The strength where none is asked for. Chosen by eye: above it noise grows faster than what the mean gains.
[[nodiscard]] constexpr double default_dither_strength(Dither method) noexcept {
  if (method == Dither::none) return 0;
  return method == Dither::blue || method == Dither::bayer ? 0.5 : 0.8;
}

/// Bytes that dither() takes for each pixel beside the indices.
[[nodiscard]] std::uint64_t dither_bytes_per_pixel(Dither method) noexcept;

/// `indices` holds the nearest codeword of each pixel of `image`; `codewords` are single pixels. A transparent pixel
/// and one whose colour is a codeword keep their index, and an opaque one gets an opaque codeword if there is one.
/// `strength` is 0 .. 1. The result is the same at any number of threads. Throws Error{cancelled}.
void dither(const ImageView& image, const SampleArray& codewords, Dither method, double strength,
            std::span<std::uint16_t> indices, const Work& work);

}  // namespace vqi::detail
