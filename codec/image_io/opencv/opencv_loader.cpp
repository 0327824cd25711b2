// The door to OpenCV where it is loaded on first need: in the tool. Otherwise each start would load imgcodecs and the
// over one hundred libraries that it depends on.
#include <dlfcn.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "opencv_codec.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// The plug-in lies at a fixed place from the program, wherever that was moved to. Where libraries are installed
/// outside the prefix that place is absolute, and a program that is not installed has it at the usual one.
std::string plugin_path() {
  std::error_code fault;
  const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", fault).parent_path();
  const std::filesystem::path plugin = VQI_OPENCV_PLUGIN;
  const std::filesystem::path usual = folder / "../lib/vqi" / plugin.filename();
  const bool is_built = plugin.is_absolute() && std::filesystem::exists(usual, fault);
  return (is_built ? usual : folder / plugin).lexically_normal().string();
}

[[noreturn]] void fail_loading() {
  const char* const words = ::dlerror();
  throw Error(ErrorCode::io_failed, std::string("this format needs OpenCV, which cannot be loaded (") +
                                        (words == nullptr ? "no reason given" : words) +
                                        "), install vqi whole and OpenCV's imgcodecs, or use PNG");
}

const OpencvCodec* load_codec() {
  // Never closed: OpenCV may have started threads.
  void* const plugin = ::dlopen(plugin_path().c_str(), RTLD_NOW | RTLD_LOCAL);
  if (plugin == nullptr) fail_loading();
  void* const symbol = ::dlsym(plugin, "vqi_opencv_codec_2");
  if (symbol == nullptr) fail_loading();
  return reinterpret_cast<decltype(&vqi_opencv_codec_2)>(symbol)();
}

}  // namespace

const OpencvCodec& opencv_codec() {
  static const OpencvCodec* const codec = load_codec();  // tried again at the next call if it throws
  return *codec;
}

}  // namespace vqi::detail
