// JPEG files of every coding and colour space, written with libjpeg directly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>
// jpeglib.h needs size_t and FILE.
#include <jpeglib.h>

#include "byte_tools.hpp"
#include "vqi/image.hpp"

namespace vqi::testing {

struct JpegKind {
  J_COLOR_SPACE stored = JCS_YCbCr;  ///< JCS_GRAYSCALE, JCS_YCbCr, JCS_RGB, JCS_CMYK or JCS_YCCK
  bool is_progressive = false;
  bool is_arithmetic = false;
  bool is_interleaved = true;     ///< false: a scan for each component
  unsigned restart_interval = 0;  ///< in MCUs
  int luma_sampling = 2;          ///< 2: chroma has half the samples along each side
  int quality = 90;
};

/// A JPEG of `rows`, whose pixels have the components of JCS_GRAYSCALE, JCS_RGB or JCS_CMYK (4, as stored).
inline Bytes write_jpeg_fixture(const std::vector<std::uint8_t>& samples, std::uint32_t width_px,
                                std::uint32_t height_px, const JpegKind& kind) {
  jpeg_compress_struct codec{};
  jpeg_error_mgr errors{};
  codec.err = jpeg_std_error(&errors);
  jpeg_create_compress(&codec);
  unsigned char* file = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&codec, &file, &size);
  codec.image_width = width_px;
  codec.image_height = height_px;
  const bool has_inks = kind.stored == JCS_CMYK || kind.stored == JCS_YCCK;
  codec.input_components = kind.stored == JCS_GRAYSCALE ? 1 : has_inks ? 4 : 3;
  codec.in_color_space = kind.stored == JCS_GRAYSCALE ? JCS_GRAYSCALE : has_inks ? JCS_CMYK : JCS_RGB;
  jpeg_set_defaults(&codec);
  jpeg_set_colorspace(&codec, kind.stored);
  jpeg_set_quality(&codec, kind.quality, TRUE);
  if (kind.stored == JCS_YCbCr)
    codec.comp_info[0].h_samp_factor = codec.comp_info[0].v_samp_factor = kind.luma_sampling;
  codec.restart_interval = kind.restart_interval;
  codec.arith_code = kind.is_arithmetic ? TRUE : FALSE;
  if (kind.is_progressive) jpeg_simple_progression(&codec);
  std::vector<jpeg_scan_info> scans;
  if (!kind.is_interleaved) {
    for (int i = 0; i < codec.num_components; ++i) scans.push_back({1, {i, 0, 0, 0}, 0, 63, 0, 0});
    codec.scan_info = scans.data();
    codec.num_scans = codec.num_components;
  }
  jpeg_start_compress(&codec, TRUE);
  const std::size_t row_samples = std::size_t{width_px} * static_cast<std::size_t>(codec.input_components);
  for (std::uint32_t y = 0; y < height_px; ++y) {
    auto* row = const_cast<JSAMPROW>(samples.data() + y * row_samples);
    jpeg_write_scanlines(&codec, &row, 1);
  }
  jpeg_finish_compress(&codec);
  jpeg_destroy_compress(&codec);
  const auto* begin = reinterpret_cast<const std::byte*>(file);
  Bytes bytes(begin, begin + size);
  std::free(file);
  return bytes;
}

/// A JPEG of an image with soft gradients, grey or in colours.
inline Bytes jpeg_gradient(std::uint32_t width_px, std::uint32_t height_px, const JpegKind& kind = {}) {
  std::vector<std::uint8_t> samples;
  const int channels = kind.stored == JCS_GRAYSCALE ? 1 : kind.stored == JCS_CMYK || kind.stored == JCS_YCCK ? 4 : 3;
  for (std::uint32_t y = 0; y < height_px; ++y)
    for (std::uint32_t x = 0; x < width_px; ++x)
      for (int channel = 0; channel < channels; ++channel)
        samples.push_back(static_cast<std::uint8_t>(
            channel % 2 == 0 ? x * 255 / width_px
                             : (y * 255 / height_px + 3 * static_cast<std::uint32_t>(channel)) % 256));
  return write_jpeg_fixture(samples, width_px, height_px, kind);
}

}  // namespace vqi::testing
