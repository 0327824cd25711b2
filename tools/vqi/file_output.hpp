// Writes a whole output so that a file is either complete or not there, and never replaced unasked.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace vqi::tool {

/// Where bytes go once they are ready: checked before the work, so that hours are not spent on
/// something that cannot be written, and again while writing.
class OutputTarget {
 public:
  /// `name` as on the command line; "-" is standard output. Throws Error{invalid_option} if the file
  /// exists and `replace` is false, or if it is a directory; Error{io_failed} if its folder cannot
  /// take a new file.
  OutputTarget(std::string name, bool replace);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// True if nothing has to be created: standard output, a device, a pipe.
  [[nodiscard]] bool is_stream() const noexcept { return kind_ != Kind::file; }

  /// Writes `bytes`: a file under a temporary name beside its own, flushed to the disk and then
  /// renamed. Throws Error{io_failed}; Error{invalid_option} if the file appeared meanwhile and must
  /// not be replaced; Error{cancelled} when a signal asks to stop.
  void write(std::span<const std::byte> bytes) const;

 private:
  enum class Kind { standard_output, special, file };
  void check_file();
  void write_file(std::span<const std::byte> bytes) const;
  [[noreturn]] void fail(int error_number) const;
  [[noreturn]] void fail_existing() const;

  std::string name_;
  std::string path_;  ///< what is written: `name_` with links followed
  bool replace_;
  Kind kind_ = Kind::file;
};

}  // namespace vqi::tool
