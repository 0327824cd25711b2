// Renders the sample pictures. Every run gives the same pixels.
#pragma once

#include "vqi/image.hpp"

namespace vqi_samples {

/// A lake between mountains in the evening, 480x320 RGB: gradients, texture, haze, reflections.
[[nodiscard]] vqi::Image render_landscape();

/// A window of a made-up mail program, 480x320 RGB: flat areas, sharp edges, text.
[[nodiscard]] vqi::Image render_interface();

/// A glossy star with a soft shadow, 128x128 RGBA: smooth alpha, large transparent areas.
[[nodiscard]] vqi::Image render_sprite();

/// A slow ramp with soft hills, 256x256 grey at 16 bits: gradients that 8 bits would band.
[[nodiscard]] vqi::Image render_gradient16();

}  // namespace vqi_samples
