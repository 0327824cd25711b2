// A loader of .vqi files for gdk-pixbuf, and so for every program that opens images by it. Takes bytes as they come,
// and decodes by vqi.h when all are there. Every byte of a file may be anything: what is no whole stream, or too large,
// is an error of gdk-pixbuf's.
#define GDK_PIXBUF_ENABLE_BACKEND
#include <gdk-pixbuf/gdk-pixbuf.h>

#include <array>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "limited_decoding.hpp"

namespace {

using vqi::desktop::max_file_bytes;
using vqi::desktop::Options;
using vqi::desktop::Result;

/// What one file needs while its bytes come.
struct Load {
  GdkPixbufModuleSizeFunc size = nullptr;
  GdkPixbufModulePreparedFunc prepared = nullptr;
  GdkPixbufModuleUpdatedFunc updated = nullptr;
  gpointer user = nullptr;
  GByteArray* bytes = nullptr;

  Load() : bytes(g_byte_array_new()) {}
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load() { g_byte_array_unref(bytes); }
};

struct Unreference {
  void operator()(GdkPixbuf* pixbuf) const { g_object_unref(pixbuf); }
};
using Pixbuf = std::unique_ptr<GdkPixbuf, Unreference>;

gboolean fail(GError** error, GdkPixbufError code, const char* message) {
  g_set_error_literal(error, GDK_PIXBUF_ERROR, code, message);
  return FALSE;
}

/// Reports the last failure of a call of vqi.h.
gboolean fail_by_status(GError** error, vqi_status status) {
  const bool is_size = status == VQI_LIMIT_EXCEEDED || status == VQI_OUT_OF_MEMORY;
  const bool is_data = status >= VQI_NOT_AN_IMAGE && status <= VQI_TRAILING_BYTES;
  return fail(error,
              is_size   ? GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY
              : is_data ? GDK_PIXBUF_ERROR_CORRUPT_IMAGE
                        : GDK_PIXBUF_ERROR_FAILED,
              vqi_error_message());
}

/// A sample at 8 bits.
guchar sample_at(const vqi_image& image, const std::byte* row, std::size_t index) {
  if (image.bit_depth == 8) return std::to_integer<guchar>(row[index]);
  constexpr std::uint32_t step = 257;  // 65535 / 255
  return static_cast<guchar>((reinterpret_cast<const std::uint16_t*>(row)[index] + step / 2) / step);
}

/// Copies an image to a pixbuf of its size, whose pixels are RGB or RGBA of 8 bits.
void copy_pixels(const vqi_image& image, GdkPixbuf* pixbuf) {
  const bool is_grey = image.channels <= 2;
  const bool has_alpha = image.channels % 2 == 0;
  for (std::size_t y = 0; y < image.height; ++y) {
    const auto* const from = static_cast<const std::byte*>(image.samples) + y * image.stride_bytes;
    guchar* to = gdk_pixbuf_get_pixels(pixbuf) + y * static_cast<std::size_t>(gdk_pixbuf_get_rowstride(pixbuf));
    for (std::size_t x = 0; x < image.width; ++x) {
      const std::size_t pixel = x * image.channels;
      for (std::size_t colour = 0; colour < 3; ++colour)
        *to++ = sample_at(image, from, is_grey ? pixel : pixel + colour);
      if (has_alpha) *to++ = sample_at(image, from, pixel + image.channels - 1);
    }
  }
}

/// Gives the pixbuf the image's colour profile, which gdk-pixbuf keeps as base64.
void set_profile(GdkPixbuf* pixbuf, const vqi_image& image) {
  const std::vector<unsigned char> profile = vqi::desktop::colour_profile(image);
  if (profile.empty()) return;
  gchar* const text = g_base64_encode(profile.data(), profile.size());
  gdk_pixbuf_set_option(pixbuf, "icc-profile", text);
  g_free(text);
}

gboolean decode(const Load& load, GError** error) {
  const Options options = vqi::desktop::limited_options();
  if (!options) return fail_by_status(error, VQI_OUT_OF_MEMORY);
  vqi_image image{};
  if (const vqi_status status = vqi_stream_image(options.get(), load.bytes->data, load.bytes->len, &image);
      status != VQI_OK)
    return fail_by_status(error, status);
  if (image.width > INT_MAX || image.height > INT_MAX)
    return fail(error, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY, "the image is too large");

  // A program may set both to 0 to say that it needs no pixels; it scales by itself.
  gint width = static_cast<gint>(image.width);
  gint height = static_cast<gint>(image.height);
  if (load.size != nullptr) load.size(&width, &height, load.user);
  if (width == 0 || height == 0) return TRUE;

  const Pixbuf pixbuf(gdk_pixbuf_new(GDK_COLORSPACE_RGB, image.channels % 2 == 0 ? TRUE : FALSE, 8,
                                     static_cast<int>(image.width), static_cast<int>(image.height)));
  if (!pixbuf) return fail(error, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY, "there is too little memory for the image");
  vqi_result* decoded = nullptr;
  if (const vqi_status status = vqi_decode(options.get(), load.bytes->data, load.bytes->len, &decoded);
      status != VQI_OK)
    return fail_by_status(error, status);
  const Result result(decoded);
  if (const vqi_status status = vqi_result_image(decoded, &image); status != VQI_OK)
    return fail_by_status(error, status);
  copy_pixels(image, pixbuf.get());
  set_profile(pixbuf.get(), image);
  if (load.prepared != nullptr) load.prepared(pixbuf.get(), nullptr, load.user);
  if (load.updated != nullptr)
    load.updated(pixbuf.get(), 0, 0, static_cast<int>(image.width), static_cast<int>(image.height), load.user);
  return TRUE;
}

gpointer begin_load(GdkPixbufModuleSizeFunc size, GdkPixbufModulePreparedFunc prepared,
                    GdkPixbufModuleUpdatedFunc updated, gpointer user, GError** /*error*/) {
  auto load = std::make_unique<Load>();
  load->size = size;
  load->prepared = prepared;
  load->updated = updated;
  load->user = user;
  return load.release();
}

gboolean load_increment(gpointer context, const guchar* bytes, guint size, GError** error) {
  const Load& load = *static_cast<const Load*>(context);
  if (load.bytes->len + std::size_t{size} > max_file_bytes)
    return fail(error, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY, "the file is too large");
  g_byte_array_append(load.bytes, bytes, size);
  return TRUE;
}

gboolean stop_load(gpointer context, GError** error) {
  const std::unique_ptr<const Load> load(static_cast<const Load*>(context));
  return decode(*load, error);
}

}  // namespace

extern "C" {

G_MODULE_EXPORT void fill_vtable(GdkPixbufModule* module) {
  module->begin_load = begin_load;
  module->load_increment = load_increment;
  module->stop_load = stop_load;
}

G_MODULE_EXPORT void fill_info(GdkPixbufFormat* info) {
  static std::array<GdkPixbufModulePattern, 2> signature{
      {{const_cast<char*>("\x89VQI\r\n\x1a\n"), nullptr, 100}, {nullptr, nullptr, 0}}};
  static std::array<gchar*, 2> mime_types{const_cast<gchar*>("image/x-vqi"), nullptr};
  static std::array<gchar*, 2> extensions{const_cast<gchar*>("vqi"), nullptr};
  info->name = const_cast<gchar*>("vqi");
  info->signature = signature.data();
  info->description = const_cast<gchar*>("Vector-quantized image");
  info->mime_types = mime_types.data();
  info->extensions = extensions.data();
  info->flags = GDK_PIXBUF_FORMAT_THREADSAFE;
  info->license = const_cast<gchar*>("MIT");
}
}
