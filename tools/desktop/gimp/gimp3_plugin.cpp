// The plug-in by which GIMP 3 opens .vqi files: what gimp2_plugin.cpp does, as a class of GObject that GIMP 3 asks for.
#include <libgimp/gimp.h>

#include <memory>

#include "gimp_picture.hpp"

namespace {

using vqi::desktop::FreeText;
using vqi::desktop::GimpPicture;

constexpr char procedure_name[] = "file-vqi-load";

GimpImage* show(const GimpPicture& picture) {
  GimpImage* const shown = gimp_image_new_with_precision(
      picture.width(), picture.height(), picture.base_type(),
      picture.has_16_bits() ? GIMP_PRECISION_U16_NON_LINEAR : GIMP_PRECISION_U8_NON_LINEAR);
  if (const auto profile = picture.profile()) gimp_image_set_color_profile(shown, profile.get());
  GimpLayer* const layer = gimp_layer_new(shown, "Background", picture.width(), picture.height(), picture.layer_type(),
                                          100, gimp_image_get_default_new_layer_mode(shown));
  gimp_image_insert_layer(shown, layer, nullptr, 0);
  picture.fill(gimp_drawable_get_buffer(GIMP_DRAWABLE(layer)));
  return shown;
}

GimpValueArray* load(GimpProcedure* procedure, GimpRunMode /*mode*/, GFile* file, GimpMetadata* /*metadata*/,
                     GimpMetadataLoadFlags* /*flags*/, GimpProcedureConfig* /*config*/, gpointer /*data*/) {
  gegl_init(nullptr, nullptr);
  const std::unique_ptr<gchar, FreeText> name(g_file_get_path(file));
  const GimpPicture picture(name ? name.get() : "");
  if (!picture.message().empty()) {
    GError* const error = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_FAILED, picture.message().c_str());
    return gimp_procedure_new_return_values(procedure, GIMP_PDB_EXECUTION_ERROR, error);
  }
  GimpValueArray* const answer = gimp_procedure_new_return_values(procedure, GIMP_PDB_SUCCESS, nullptr);
  g_value_set_object(gimp_value_array_index(answer, 1), show(picture));
  return answer;
}

GList* query_procedures(GimpPlugIn* /*plug_in*/) { return g_list_append(nullptr, g_strdup(procedure_name)); }

GimpProcedure* create_procedure(GimpPlugIn* plug_in, const gchar* name) {
  GimpProcedure* const made = gimp_load_procedure_new(plug_in, name, GIMP_PDB_PROC_TYPE_PLUGIN, load, nullptr, nullptr);
  gimp_procedure_set_menu_label(made, "Vector-quantized image");
  gimp_procedure_set_documentation(made, "Loads vector-quantized images", "Loads files of vqi.", name);
  gimp_procedure_set_attribution(made, "The vqi developers", "The vqi developers", "2026");
  GimpFileProcedure* const of_files = GIMP_FILE_PROCEDURE(made);
  gimp_file_procedure_set_mime_types(of_files, "image/x-vqi");
  gimp_file_procedure_set_extensions(of_files, "vqi");
  gimp_file_procedure_set_magics(of_files, "0,string,\\211VQI\\r\\n");
  return made;
}

/// There are no translations.
gboolean set_i18n(GimpPlugIn* /*plug_in*/, const gchar* /*name*/, gchar** /*domain*/, gchar** /*folder*/) {
  return FALSE;
}

void describe(gpointer type_class, gpointer /*data*/) {
  auto* const plug_in = static_cast<GimpPlugInClass*>(type_class);
  plug_in->query_procedures = query_procedures;
  plug_in->create_procedure = create_procedure;
  plug_in->set_i18n = set_i18n;
}

GType plug_in_type() {
  static const GType type =
      g_type_register_static_simple(GIMP_TYPE_PLUG_IN, "VqiPlugIn", sizeof(GimpPlugInClass), describe,
                                    sizeof(GimpPlugIn), nullptr, static_cast<GTypeFlags>(0));
  return type;
}

}  // namespace

int main(int count, char** words) { return gimp_main(plug_in_type(), count, words); }
