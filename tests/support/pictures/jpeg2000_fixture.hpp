// JPEG 2000 files, written with OpenJPEG directly, and one with a palette byte by byte.
#pragma once

#include <openjpeg.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "byte_tools.hpp"

namespace vqi::testing {

struct Jpeg2000Kind {
  std::uint32_t components = 3;
  std::uint32_t bits = 8;
  std::uint32_t width_px = 20;
  std::uint32_t height_px = 14;
  std::uint32_t origin = 0;           ///< of the image on the reference grid, along both sides
  std::uint32_t chroma_distance = 1;  ///< of samples of the second and third component
  bool is_signed = false;
  bool is_boxed = true;
  OPJ_COLOR_SPACE space = OPJ_CLRSPC_UNSPECIFIED;
  std::array<OPJ_UINT16, 4> alpha{};  ///< of each component: 1 opacity, 2 premultiplied opacity
};

/// Sample (x, y) of a component, in whose own distances x and y count.
inline std::int32_t jpeg2000_sample(const Jpeg2000Kind& kind, std::uint32_t component, std::uint32_t x,
                                    std::uint32_t y) {
  const std::uint32_t top = 1U << kind.bits;
  return static_cast<std::int32_t>((x * (component + 3) * 5 + y * (9 - component) * 3 + component * 40) % top);
}

/// Where OpenJPEG writes to.
struct Jpeg2000Sink {
  Bytes bytes;
  std::size_t position = 0;
};

inline opj_stream_t* jpeg2000_stream(Jpeg2000Sink& sink) {
  opj_stream_t* stream = opj_stream_default_create(OPJ_FALSE);
  opj_stream_set_user_data(stream, &sink, nullptr);
  opj_stream_set_write_function(stream, [](void* data, OPJ_SIZE_T size, void* to) -> OPJ_SIZE_T {
    auto& target = *static_cast<Jpeg2000Sink*>(to);
    target.bytes.resize(std::max(target.bytes.size(), target.position + size));
    std::memcpy(target.bytes.data() + target.position, data, size);
    target.position += size;
    return size;
  });
  opj_stream_set_skip_function(stream, [](OPJ_OFF_T size, void* to) -> OPJ_OFF_T {
    static_cast<Jpeg2000Sink*>(to)->position += static_cast<std::size_t>(size);
    return size;
  });
  opj_stream_set_seek_function(stream, [](OPJ_OFF_T position, void* to) -> OPJ_BOOL {
    static_cast<Jpeg2000Sink*>(to)->position = static_cast<std::size_t>(position);
    return OPJ_TRUE;
  });
  return stream;
}

/// A lossless file of jpeg2000_sample.
inline Bytes write_jpeg2000_fixture(const Jpeg2000Kind& kind) {
  opj_cparameters_t parameters{};
  opj_set_default_encoder_parameters(&parameters);
  parameters.numresolution = 2;
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  std::array<opj_image_cmptparm_t, 4> shapes{};
  const auto places = [&](std::uint32_t side, std::uint32_t distance) {
    return (kind.origin + side + distance - 1) / distance - (kind.origin + distance - 1) / distance;
  };
  for (std::uint32_t i = 0; i < kind.components; ++i) {
    shapes[i].dx = shapes[i].dy = i == 1 || i == 2 ? kind.chroma_distance : 1;
    shapes[i].w = places(kind.width_px, shapes[i].dx);
    shapes[i].h = places(kind.height_px, shapes[i].dy);
    shapes[i].prec = kind.bits;
    shapes[i].sgnd = kind.is_signed ? 1 : 0;
  }
  opj_image_t* image = opj_image_create(kind.components, shapes.data(), kind.space);
  image->x0 = image->y0 = kind.origin;
  image->x1 = kind.origin + kind.width_px;
  image->y1 = kind.origin + kind.height_px;
  for (std::uint32_t i = 0; i < kind.components; ++i) {
    image->comps[i].alpha = kind.alpha[i];
    for (std::uint32_t y = 0; y < shapes[i].h; ++y)
      for (std::uint32_t x = 0; x < shapes[i].w; ++x)
        image->comps[i].data[y * shapes[i].w + x] = jpeg2000_sample(kind, i, x, y);
  }
  opj_codec_t* codec = opj_create_compress(kind.is_boxed ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
  opj_setup_encoder(codec, &parameters, image);
  Jpeg2000Sink sink;
  opj_stream_t* stream = jpeg2000_stream(sink);
  opj_start_compress(codec, image, stream);
  opj_encode(codec, stream);
  opj_end_compress(codec, stream);
  opj_stream_destroy(stream);
  opj_destroy_codec(codec);
  opj_image_destroy(image);
  return sink.bytes;
}

inline Bytes jpeg2000_box(std::string_view type, const Bytes& data) {
  Bytes bytes;
  append_be(bytes, data.size() + 8, 4);
  append(bytes, type);
  append(bytes, data);
  return bytes;
}

inline Bytes hex_bytes(std::string_view digits) {
  Bytes bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16)));
  return bytes;
}

/// The codestream of `kind` in boxes, with the content of a colr box, and more boxes for the header.
inline Bytes boxed_jpeg2000(Jpeg2000Kind kind, const Bytes& colour, const Bytes& more = {}) {
  kind.is_boxed = false;
  Bytes sizes;
  append_be(sizes, kind.height_px, 4);
  append_be(sizes, kind.width_px, 4);
  append_be(sizes, kind.components, 2);
  append_be(sizes, kind.bits - 1, 1);
  append(sizes, hex_bytes("070000"));
  Bytes header = jpeg2000_box("ihdr", sizes);
  append(header, jpeg2000_box("colr", colour));
  append(header, more);
  Bytes file = jpeg2000_box("jP  ", hex_bytes("0d0a870a"));
  append(file, jpeg2000_box("ftyp", hex_bytes("6a703220000000006a703220")));
  append(file, jpeg2000_box("jp2h", header));
  append(file, jpeg2000_box("jp2c", write_jpeg2000_fixture(kind)));
  return file;
}

/// 2x2 samples of which the first is 0, with a palette whose first entry is red and whose others are blue.
inline Bytes palette_jpeg2000() {
  Bytes palette = hex_bytes("010003070707");  // 256 entries of 3 times 8 bits
  for (int i = 0; i < 256; ++i) append(palette, hex_bytes(i == 0 ? "ff0000" : "0000ff"));
  Bytes boxes = jpeg2000_box("pclr", palette);
  append(boxes, jpeg2000_box("cmap", hex_bytes("000001000000010100000102")));
  return boxed_jpeg2000({.components = 1, .width_px = 2, .height_px = 2}, hex_bytes("01000000000010"), boxes);
}

}  // namespace vqi::testing
