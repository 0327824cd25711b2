// A plug-in by which GIMP 2.10 opens .vqi files, with 8 or 16 bits, alpha and colour profile. It is a program that GIMP
// runs for each file, and decodes by vqi.h; every byte of a file may be anything.
#include <glib/gstdio.h>
#include <libgimp/gimp.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "limited_decoding.hpp"

namespace {

using vqi::desktop::limited_options;
using vqi::desktop::Options;
using vqi::desktop::Result;

constexpr char procedure[] = "file-vqi-load";

struct FreeText {
  void operator()(gchar* text) const { g_free(text); }
};

void query() {
  static const std::array<GimpParamDef, 3> parameters{
      {{GIMP_PDB_INT32, const_cast<gchar*>("run-mode"), const_cast<gchar*>("RUN-INTERACTIVE or RUN-NONINTERACTIVE")},
       {GIMP_PDB_STRING, const_cast<gchar*>("filename"), const_cast<gchar*>("the file to load")},
       {GIMP_PDB_STRING, const_cast<gchar*>("raw-filename"), const_cast<gchar*>("the name as it was entered")}}};
  static const GimpParamDef image{GIMP_PDB_IMAGE, const_cast<gchar*>("image"), const_cast<gchar*>("the image")};
  gimp_install_procedure(procedure, "Loads vector-quantized images", "Loads files of vqi.", "The vqi developers",
                         "The vqi developers", "2026", "Vector-quantized image", nullptr, GIMP_PLUGIN,
                         static_cast<gint>(parameters.size()), 1, parameters.data(), &image);
  gimp_register_file_handler_mime(procedure, "image/x-vqi");
  gimp_register_magic_load_handler(procedure, "vqi", "", "0,string,\\211VQI\\r\\n");
}

/// The name of the image's pixels in babl, the library that converts pixels for GIMP.
std::string format_of(const vqi_image& image) {
  constexpr std::array names{"Y'", "Y'A", "R'G'B'", "R'G'B'A"};
  return std::string(names.at(image.channels - 1)) + (image.bit_depth == 16 ? " u16" : " u8");
}

GimpImageType layer_type(const vqi_image& image) {
  constexpr std::array types{GIMP_GRAY_IMAGE, GIMP_GRAYA_IMAGE, GIMP_RGB_IMAGE, GIMP_RGBA_IMAGE};
  return types.at(image.channels - 1);
}

void set_profile(gint32 shown, const vqi_image& image) {
  const std::vector<unsigned char> profile = vqi::desktop::colour_profile(image);
  GimpColorProfile* const read =
      profile.empty() ? nullptr : gimp_color_profile_new_from_icc_profile(profile.data(), profile.size(), nullptr);
  if (read == nullptr) return;
  gimp_image_set_color_profile(shown, read);
  g_object_unref(read);
}

/// Makes an image of GIMP's, with one layer; -1 if it refuses.
gint32 show(const vqi_image& image, const char* name) {
  const auto width = static_cast<gint>(image.width);
  const auto height = static_cast<gint>(image.height);
  if (width > GIMP_MAX_IMAGE_SIZE || height > GIMP_MAX_IMAGE_SIZE) return -1;
  const gint32 shown =
      gimp_image_new_with_precision(width, height, image.channels <= 2 ? GIMP_GRAY : GIMP_RGB,
                                    image.bit_depth == 16 ? GIMP_PRECISION_U16_GAMMA : GIMP_PRECISION_U8_GAMMA);
  gimp_image_set_filename(shown, name);
  set_profile(shown, image);
  const gint32 layer = gimp_layer_new(shown, "Background", width, height, layer_type(image), 100,
                                      gimp_image_get_default_new_layer_mode(shown));
  gimp_image_insert_layer(shown, layer, -1, 0);
  GeglBuffer* const buffer = gimp_drawable_get_buffer(layer);
  const GeglRectangle all{0, 0, width, height};
  gegl_buffer_set(buffer, &all, 0, babl_format(format_of(image).c_str()), image.samples,
                  static_cast<gint>(image.stride_bytes));
  g_object_unref(buffer);
  return shown;
}

/// Loads a file; -1 and a message if that fails.
gint32 load(const char* name, std::string& message) {
  gchar* read = nullptr;
  gsize size = 0;
  GError* error = nullptr;
  GStatBuf status{};
  if (g_stat(name, &status) == 0 && static_cast<std::size_t>(status.st_size) > vqi::desktop::max_file_bytes) {
    message = "the file has more than 2^30 bytes";
    return -1;
  }
  if (g_file_get_contents(name, &read, &size, &error) == FALSE) {
    message = error->message;
    g_error_free(error);
    return -1;
  }
  const std::unique_ptr<gchar, FreeText> bytes(read);
  const Options options = limited_options();
  vqi_result* decoded = nullptr;
  vqi_image image{};
  if (!options || vqi_decode(options.get(), bytes.get(), size, &decoded) != VQI_OK) {
    message = vqi_error_message();
    return -1;
  }
  const Result result(decoded);
  const gint32 shown = vqi_result_image(decoded, &image) == VQI_OK ? show(image, name) : -1;
  if (shown == -1) message = "the image is too large";
  return shown;
}

void run(const gchar* /*name*/, gint count, const GimpParam* given, gint* returned, GimpParam** values) {
  static std::array<GimpParam, 2> answer;
  static std::string message;
  *values = answer.data();
  answer[0].type = GIMP_PDB_STATUS;
  answer[0].data.d_status = GIMP_PDB_CALLING_ERROR;
  *returned = 1;
  if (count < 2) return;
  gegl_init(nullptr, nullptr);
  const gint32 shown = load(given[1].data.d_string, message);
  *returned = 2;
  answer[0].data.d_status = shown == -1 ? GIMP_PDB_EXECUTION_ERROR : GIMP_PDB_SUCCESS;
  answer[1].type = shown == -1 ? GIMP_PDB_STRING : GIMP_PDB_IMAGE;
  if (shown == -1)
    answer[1].data.d_string = message.data();
  else
    answer[1].data.d_image = shown;
}

}  // namespace

const GimpPlugInInfo PLUG_IN_INFO = {nullptr, nullptr, query, run};

int main(int count, char** words) { return gimp_main(&PLUG_IN_INFO, count, words); }
