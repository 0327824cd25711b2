// The one place that prints: whole pieces to standard output and error, and a progress line between them.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

namespace vqi::tool {

/// Printing from several threads; what is printed never mixes with the progress line.
class Console {
 public:
  /// `show_progress`: whether the user wants it; it is shown only if standard error is a terminal.
  explicit Console(bool show_progress);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// Writes all of `text` to standard output. Throws Error{io_failed}.
  void print(std::string_view text);
  /// Writes all of `text` to standard error, as well as it goes.
  void print_error(std::string_view text);
  /// Replaces the progress line, not more often than an eye can follow and not within the first second.
  void show_progress(std::string_view text);

 private:
  void clear_progress();

  std::mutex mutex_;
  bool progress_wanted_;
  std::size_t progress_width_ = 0;  ///< characters of the line that is shown
  std::chrono::steady_clock::time_point next_progress_;
};

}  // namespace vqi::tool
