// Confines libpng's longjmp: C++ frames that own something are never jumped over.
#pragma once

#include <png.h>

#include <csetjmp>
#include <cstdio>
#include <type_traits>

namespace vqi::detail {

/// The text of libpng's last error. libpng's error pointer points to one.
struct PngFailure {
  char text[160] = "";
};

/// libpng's error callback: keeps the text and returns to `run_png_step`.
[[noreturn]] inline void fail_png_step(png_structp png, png_const_charp text) {
  auto* failure = static_cast<PngFailure*>(png_get_error_ptr(png));
  std::snprintf(failure->text, sizeof failure->text, "%s", text);
  png_longjmp(png, 1);
}

/// libpng's warning callback: what matters of them is checked by the callers.
inline void ignore_png_warning(png_structp, png_const_charp) {}

/// Calls `step` and returns false if libpng failed in it. `step` is a lambda over references: it
/// and its locals are abandoned by longjmp, and so must own nothing.
template <typename Step>
[[nodiscard]] bool run_png_step(png_structp png, const Step& step) {
  static_assert(std::is_trivially_destructible_v<Step>);
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  step();
  return true;
}

}  // namespace vqi::detail
