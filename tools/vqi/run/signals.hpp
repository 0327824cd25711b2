// What Ctrl-C does: the first signal asks the work to stop, a second one ends the program at once.
#pragma once

#include <optional>
#include <string>

namespace vqi::tool {

/// Catches SIGINT, SIGTERM and SIGHUP (those not ignored by who started us) and ignores SIGPIPE and
/// SIGXFSZ, so that a closed pipe and a limit on file sizes are errors of write(). Call once, before
/// any thread starts.
void install_signal_handlers();

/// The signal that asked the work to stop, or 0.
[[nodiscard]] int stop_signal() noexcept;

/// A descriptor that becomes readable, for good, when the first signal arrives: for poll().
[[nodiscard]] int stop_descriptor() noexcept;

/// Ends the program now, whatever its threads do, without its temporary files.
[[noreturn]] void end_at_once(int exit_code) noexcept;

/// A temporary file that is removed when this object dies, unless `keep` was called, and also when
/// a second signal or `end_at_once` ends the program.
class TemporaryFile {
 public:
  /// Takes charge of the file `path`. Call once it is ours: a name that is to be made may be another's.
  explicit TemporaryFile(std::string path);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// The file has another name now, or is no longer ours: there is nothing to remove.
  void keep() noexcept;

 private:
  void release_slot() noexcept;

  std::string path_;
  std::optional<std::size_t> slot_;
  bool owned_ = true;
};

}  // namespace vqi::tool
