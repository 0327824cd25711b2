// A plug-in by which GIMP 2.10 opens .vqi files, with 8 or 16 bits, alpha and colour profile. It is a program that GIMP
// runs for each file, and decodes by vqi.h.
#include <libgimp/gimp.h>

#include <array>
#include <string>

#include "gimp_picture.hpp"

namespace {

using vqi::desktop::GimpPicture;

constexpr char procedure[] = "file-vqi-load";

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

/// Makes an image of GIMP's, with one layer.
gint32 show(const GimpPicture& picture, const char* name) {
  const gint32 shown =
      gimp_image_new_with_precision(picture.width(), picture.height(), picture.base_type(),
                                    picture.has_16_bits() ? GIMP_PRECISION_U16_GAMMA : GIMP_PRECISION_U8_GAMMA);
  gimp_image_set_filename(shown, name);
  if (const auto profile = picture.profile()) gimp_image_set_color_profile(shown, profile.get());
  const gint32 layer = gimp_layer_new(shown, "Background", picture.width(), picture.height(), picture.layer_type(), 100,
                                      gimp_image_get_default_new_layer_mode(shown));
  gimp_image_insert_layer(shown, layer, -1, 0);
  picture.fill(gimp_drawable_get_buffer(layer));
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
  const char* const name = given[1].data.d_string;
  const GimpPicture picture(name);
  *returned = 2;
  message = picture.message();
  answer[0].data.d_status = message.empty() ? GIMP_PDB_SUCCESS : GIMP_PDB_EXECUTION_ERROR;
  answer[1].type = message.empty() ? GIMP_PDB_IMAGE : GIMP_PDB_STRING;
  if (message.empty())
    answer[1].data.d_image = show(picture, name);
  else
    answer[1].data.d_string = message.data();
}

}  // namespace

const GimpPlugInInfo PLUG_IN_INFO = {nullptr, nullptr, query, run};

int main(int count, char** words) { return gimp_main(&PLUG_IN_INFO, count, words); }
