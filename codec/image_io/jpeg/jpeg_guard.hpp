// Confines libjpeg's errors: its longjmp never passes C++ frames that own something, and it prints nothing.
#pragma once

#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <type_traits>
// jpeglib.h needs size_t and FILE.
#include <jpeglib.h>
// jerror.h needs jpeglib.h.
#include <jerror.h>

namespace vqi::detail {

/// What a codec structure's `err` points to: libjpeg's error manager, and where and why it failed.
struct JpegFailure {
  jpeg_error_mgr manager{};  // first, as libjpeg knows only this part
  std::jmp_buf jump{};
  int code = 0;                     ///< a J_MESSAGE_CODE; 0: none
  char text[JMSG_LENGTH_MAX] = "";  ///< libjpeg's words for it
  std::exception_ptr thrown;        ///< of a callback, to be thrown again behind libjpeg
};

[[nodiscard]] inline JpegFailure& jpeg_failure_of(j_common_ptr codec) {
  return *reinterpret_cast<JpegFailure*>(codec->err);
}

/// libjpeg's error callback: keeps the text and returns to `run_jpeg_step`.
[[noreturn]] inline void fail_jpeg_step(j_common_ptr codec) {
  JpegFailure& failure = jpeg_failure_of(codec);
  failure.code = failure.manager.msg_code;
  failure.manager.format_message(codec, failure.text);
  std::longjmp(failure.jump, 1);
}

/// libjpeg's callback for warnings and traces.
inline void ignore_jpeg_message(j_common_ptr, int) {}
inline void print_no_jpeg_message(j_common_ptr) {}

/// The error manager for a structure that is about to be created.
inline jpeg_error_mgr* start_jpeg_failure(JpegFailure& failure) {
  jpeg_std_error(&failure.manager);
  failure.manager.error_exit = fail_jpeg_step;
  failure.manager.emit_message = ignore_jpeg_message;
  failure.manager.output_message = print_no_jpeg_message;
  return &failure.manager;
}

/// Calls `step` and returns false if libjpeg failed in it. `step` is a lambda over references: it and its locals are
/// abandoned by longjmp, and so must own nothing.
template <typename Step>
[[nodiscard]] bool run_jpeg_step(JpegFailure& failure, const Step& step) {
  static_assert(std::is_trivially_destructible_v<Step>);
  if (setjmp(failure.jump) != 0) return false;
  step();
  return true;
}

}  // namespace vqi::detail
