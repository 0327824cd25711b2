// WebP files, written with libwebp directly or put together from its chunks.
#pragma once

#include <webp/encode.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "byte_tools.hpp"
#include "vqi/image.hpp"

namespace vqi::testing {

/// A simple WebP of an 8-bit RGB or RGBA image.
inline Bytes write_webp_fixture(const Image& image, bool is_lossless) {
  const auto* samples = reinterpret_cast<const std::uint8_t*>(image.samples().data());
  const int width = static_cast<int>(image.width_px());
  const int height = static_cast<int>(image.height_px());
  const int stride = static_cast<int>(image.row_bytes());
  std::uint8_t* file = nullptr;
  std::size_t size = 0;
  constexpr float quality = 80;
  if (image.channels() == 4)
    size = is_lossless ? WebPEncodeLosslessRGBA(samples, width, height, stride, &file)
                       : WebPEncodeRGBA(samples, width, height, stride, quality, &file);
  else
    size = is_lossless ? WebPEncodeLosslessRGB(samples, width, height, stride, &file)
                       : WebPEncodeRGB(samples, width, height, stride, quality, &file);
  const auto* begin = reinterpret_cast<const std::byte*>(file);
  Bytes bytes(begin, begin + size);
  WebPFree(file);
  return bytes;
}

/// True for a file in the extended format, as lossy ones with alpha are.
inline bool has_canvas(const Bytes& file) { return file[15] == std::byte{'X'}; }

/// A RIFF file of WebP around chunks.
inline Bytes webp_of_chunks(const Bytes& chunks) {
  Bytes file = bytes_of("RIFF");
  append_le(file, chunks.size() + 4, 4);
  append(file, "WEBP");
  append(file, chunks);
  return file;
}

inline void append_webp_chunk(Bytes& to, std::string_view type, const Bytes& data) {
  append(to, type);
  append_le(to, data.size(), 4);
  append(to, data);
  if (data.size() % 2 != 0) to.push_back(std::byte{0});
}

inline Bytes webp_canvas(std::uint8_t flags, std::uint32_t width_px, std::uint32_t height_px) {
  Bytes chunk;
  append_le(chunk, flags, 4);
  append_le(chunk, width_px - 1, 3);
  append_le(chunk, height_px - 1, 3);
  return chunk;
}

/// The picture of a simple file in the extended format, with one more chunk: in front of the pixels if it is ICCP.
inline Bytes extended_webp(const Bytes& simple, std::uint8_t flags, std::uint32_t width_px, std::uint32_t height_px,
                           std::string_view type, const Bytes& data) {
  Bytes chunks;
  constexpr std::size_t riff_head_bytes = 12;
  const Bytes pixels(simple.begin() + riff_head_bytes, simple.end());
  if (has_canvas(simple)) return simple;
  append_webp_chunk(chunks, "VP8X", webp_canvas(flags, width_px, height_px));
  if (type == "ICCP") append_webp_chunk(chunks, type, data);
  append(chunks, pixels);
  if (type != "ICCP") append_webp_chunk(chunks, type, data);
  return webp_of_chunks(chunks);
}

/// An animation of whole-canvas frames, each blended over the one before.
inline Bytes animated_webp(std::uint32_t width_px, std::uint32_t height_px, const std::vector<Bytes>& frames) {
  constexpr std::uint8_t animation_and_alpha = 0x12;
  constexpr std::size_t riff_head_bytes = 12;
  constexpr std::size_t canvas_chunk_bytes = 18;
  Bytes chunks;
  append_webp_chunk(chunks, "VP8X", webp_canvas(animation_and_alpha, width_px, height_px));
  append_webp_chunk(chunks, "ANIM", Bytes(6));
  for (const Bytes& frame : frames) {
    Bytes data;
    append_le(data, 0, 6);  // x and y
    append_le(data, width_px - 1, 3);
    append_le(data, height_px - 1, 3);
    append_le(data, 100, 3);  // milliseconds
    append_le(data, 0, 1);
    const std::size_t skipped = riff_head_bytes + (has_canvas(frame) ? canvas_chunk_bytes : 0);
    append(data, std::span(frame).subspan(skipped));
    append_webp_chunk(chunks, "ANMF", data);
  }
  return webp_of_chunks(chunks);
}

}  // namespace vqi::testing
