// Lets JavaScript hear of progress, and stop a call: a callback of the C API that calls a function which the module
// imports.
#include "vqi.h"

extern "C" {

/// JavaScript's: 0 to go on, anything else stops the call.
__attribute__((import_module("vqi"), import_name("progress"))) int vqi_web_progress(const char* stage, double fraction);

vqi_status vqi_web_report_progress(vqi_options* options) {
  return vqi_options_set_progress(
      options, [](void*, const char* stage, double fraction) { return vqi_web_progress(stage, fraction); }, nullptr);
}

}  // extern "C"
