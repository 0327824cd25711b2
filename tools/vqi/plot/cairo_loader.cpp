// Loads the cairo plug-in on first use. Linking cairo and the libraries that it needs would cost every start of the
// tool 9 ms of processor time.
#include <dlfcn.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "cairo_door.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

/// VQI_CAIRO_PLUGIN is relative to the program's folder, so that both can be moved together. It is absolute if
/// libraries are installed outside the prefix; a program run from the build folder then uses the plug-in beside it
/// instead.
std::string plugin_path() {
  std::error_code fault;
  const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", fault).parent_path();
  const std::filesystem::path plugin = VQI_CAIRO_PLUGIN;
  const std::filesystem::path usual = folder / "../lib/vqi" / plugin.filename();
  const bool is_built = plugin.is_absolute() && std::filesystem::exists(usual, fault);
  return (is_built ? usual : folder / plugin).lexically_normal().string();
}

[[noreturn]] void fail_loading(const std::string& words) {
  throw Error(ErrorCode::io_failed,
              "plots need cairo, which cannot be loaded (" + words + "), install cairo and all of vqi");
}

const CairoPainter* load_painter() {
  if (std::string(VQI_CAIRO_PLUGIN).empty()) fail_loading("vqi was built without it");
  // Never closed, because cairo and fontconfig keep caches.
  void* const plugin = ::dlopen(plugin_path().c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const symbol = plugin == nullptr ? nullptr : ::dlsym(plugin, "vqi_cairo_painter_1");
  if (symbol == nullptr) {
    const char* const words = ::dlerror();
    fail_loading(words == nullptr ? "no reason given" : words);
  }
  return reinterpret_cast<decltype(&vqi_cairo_painter_1)>(symbol)();
}

}  // namespace

const CairoPainter& cairo_painter() {
  static const CairoPainter* const painter = load_painter();  // if this throws, the next call tries again
  return *painter;
}

}  // namespace vqi::tool
