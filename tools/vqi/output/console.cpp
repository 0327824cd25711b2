// Writes with write(2), and paints the progress line with carriage returns.
#include "console.hpp"

#include <unistd.h>

#include <cerrno>

#include "file_descriptor.hpp"
#include "plain_text.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::chrono::milliseconds progress_delay{1000};  // shorter work shows no progress
constexpr std::chrono::milliseconds progress_interval{100};
constexpr std::size_t progress_columns = 76;  // of 80: a full line would wrap
constexpr std::size_t echo_columns = 2;       // of "^C", which a terminal shows behind the line when it is typed

/// Writes all of `text`, even after a signal asked to stop. Returns false, with errno set, if that fails.
bool write_text(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Ignores failures: there is no other place to report them.
void write_error_stream(std::string_view text) { static_cast<void>(write_text(STDERR_FILENO, text)); }

}  // namespace

Console::Console(bool show_progress)
    : progress_wanted_(show_progress && ::isatty(STDERR_FILENO) == 1),
      next_progress_(std::chrono::steady_clock::now() + progress_delay) {}

Console::~Console() { clear_progress(); }

void Console::print(std::string_view text) {
  const std::lock_guard lock(mutex_);
  clear_progress();
  if (!write_text(STDOUT_FILENO, text))
    throw Error(ErrorCode::io_failed, "cannot write to standard output (" + system_words(errno) + ")");
}

void Console::print_error(std::string_view text) {
  const std::lock_guard lock(mutex_);
  clear_progress();
  write_error_stream(text);
}

void Console::show_progress(std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (!progress_wanted_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_progress_) return;
  next_progress_ = now + progress_interval;
  const std::string line = one_line(text).substr(0, progress_columns);
  write_error_stream('\r' + left_aligned(line, progress_width_));
  progress_width_ = line.size();
}

void Console::end_progress() {
  const std::lock_guard lock(mutex_);
  clear_progress();
  progress_wanted_ = false;
}

void Console::clear_progress() {
  if (progress_width_ == 0) return;
  write_error_stream('\r' + std::string(progress_width_ + echo_columns, ' ') + '\r');
  progress_width_ = 0;
}

}  // namespace vqi::tool
