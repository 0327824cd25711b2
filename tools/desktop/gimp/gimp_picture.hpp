// What the plug-ins for GIMP 2.10 and GIMP 3 share, whose interfaces differ: a file decoded within limits, what GIMP
// calls its pixels, and a layer filled with them. Every byte of a file may be anything.
#pragma once

#include <glib/gstdio.h>
#include <libgimp/gimp.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "limited_decoding.hpp"

namespace vqi::desktop {

struct FreeText {
  void operator()(gchar* text) const { g_free(text); }
};
struct FreeObject {
  void operator()(void* object) const { g_object_unref(object); }
};
using Profile = std::unique_ptr<GimpColorProfile, FreeObject>;

/// A decoded file, or why there is none.
class GimpPicture {
 public:
  /// Reads and decodes a file, whose name is in GLib's encoding of names.
  explicit GimpPicture(const char* name) { message_ = load(name); }

  /// Empty if the file was decoded.
  const std::string& message() const { return message_; }
  gint width() const { return static_cast<gint>(image_.width); }
  gint height() const { return static_cast<gint>(image_.height); }
  GimpImageBaseType base_type() const { return image_.channels <= 2 ? GIMP_GRAY : GIMP_RGB; }
  bool has_16_bits() const { return image_.bit_depth == 16; }

  GimpImageType layer_type() const {
    constexpr std::array types{GIMP_GRAY_IMAGE, GIMP_GRAYA_IMAGE, GIMP_RGB_IMAGE, GIMP_RGBA_IMAGE};
    return types.at(image_.channels - 1);
  }

  /// Null without a profile that GIMP can read.
  Profile profile() const {
    const std::vector<unsigned char> bytes = colour_profile(image_);
    return Profile(bytes.empty() ? nullptr
                                 : gimp_color_profile_new_from_icc_profile(bytes.data(), bytes.size(), nullptr));
  }

  /// Writes the pixels into a layer's buffer, which it releases.
  void fill(GeglBuffer* buffer) const {
    const std::unique_ptr<GeglBuffer, FreeObject> released(buffer);
    const GeglRectangle all{0, 0, width(), height()};
    gegl_buffer_set(buffer, &all, 0, babl_format(format().c_str()), image_.samples,
                    static_cast<gint>(image_.stride_bytes));
  }

 private:
  std::string load(const char* name) {
    gchar* read = nullptr;
    gsize size = 0;
    GError* error = nullptr;
    GStatBuf status{};
    if (g_stat(name, &status) == 0 && static_cast<std::size_t>(status.st_size) > max_file_bytes)
      return "the file has more than 2^30 bytes";
    if (g_file_get_contents(name, &read, &size, &error) == FALSE) {
      std::string message = error->message;
      g_error_free(error);
      return message;
    }
    const std::unique_ptr<gchar, FreeText> bytes(read);
    const Options options = limited_options();
    vqi_result* decoded = nullptr;
    if (!options || vqi_decode(options.get(), bytes.get(), size, &decoded) != VQI_OK) return vqi_error_message();
    result_.reset(decoded);
    if (vqi_result_image(decoded, &image_) != VQI_OK) return vqi_error_message();
    if (width() > GIMP_MAX_IMAGE_SIZE || height() > GIMP_MAX_IMAGE_SIZE) return "the image is too large";
    return "";
  }

  /// The name of the pixels in babl, the library that converts pixels for GIMP.
  std::string format() const {
    constexpr std::array names{"Y'", "Y'A", "R'G'B'", "R'G'B'A"};
    return std::string(names.at(image_.channels - 1)) + (has_16_bits() ? " u16" : " u8");
  }

  Result result_;
  vqi_image image_{};
  std::string message_;
};

}  // namespace vqi::desktop
