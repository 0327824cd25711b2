// Handles Ctrl-C and its like: the first signal asks the work to stop, a second signal ends the program at once.
#pragma once

#include <optional>
#include <string>

namespace vqi::tool {

/// Catches SIGINT, SIGTERM and SIGHUP, except any that the parent process set to be ignored. Ignores SIGPIPE and
/// SIGXFSZ, so that write() reports a closed pipe or a limit on file sizes as an error. Call once, before any thread
/// starts.
void install_signal_handlers();

/// The signal that asked the work to stop, or 0.
[[nodiscard]] int stop_signal() noexcept;

/// A descriptor for poll(): when the first signal arrives it becomes readable and stays so.
[[nodiscard]] int stop_descriptor() noexcept;

/// Removes the temporary files and ends the program now, whatever its threads are doing.
[[noreturn]] void end_at_once(int exit_code) noexcept;

/// A temporary file. It is removed when this object is destroyed, unless `keep` was called, and when a second signal or
/// `end_at_once` ends the program.
class TemporaryFile {
 public:
  /// Takes charge of the file `path`. Construct this after creating the file; before, the name may be another
  /// program's.
  explicit TemporaryFile(std::string path);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// Removes nothing any more: the file has another name now, or belongs to another program.
  void keep() noexcept;

 private:
  void release_slot() noexcept;

  std::string path_;
  std::optional<std::size_t> slot_;
  bool owned_ = true;
};

}  // namespace vqi::tool
