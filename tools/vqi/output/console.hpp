// Console: the only class that prints. It writes whole texts to standard output and error, and a progress line.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

namespace vqi::tool {

/// May be used from several threads. Texts never mix with each other or with the progress line.
class Console {
 public:
  /// `show_progress`: whether the user wants progress. It is shown only if standard error is a terminal.
  explicit Console(bool show_progress);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// Writes all of `text` to standard output. Throws Error{io_failed}.
  void print(std::string_view text);
  /// Writes all of `text` to standard error; failures are ignored.
  void print_error(std::string_view text);
  /// Replaces the progress line, at most ten times a second and not in the first second.
  void show_progress(std::string_view text);
  /// Clears the progress line, and shows none after it.
  void end_progress();

 private:
  void clear_progress();

  std::mutex mutex_;
  bool progress_wanted_;
  std::size_t progress_width_ = 0;  ///< length of the line on the terminal, in characters
  std::chrono::steady_clock::time_point next_progress_;
};

}  // namespace vqi::tool
