// Where an output goes: checked before the work, written whole after it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace vqi::tool {

/// What may be done for an output.
struct OutputRules {
  bool replace = false;       ///< a file that exists is replaced
  bool make_folders = false;  ///< missing folders are made, once there is something to put there
  unsigned mode = 0666;       ///< of a new file, before the umask
};

/// Where bytes go once they are ready: checked before the work, so that hours are not spent on
/// something that cannot be written, and again while writing.
class OutputTarget {
 public:
  /// `name` as on the command line; "-" is standard output. Throws Error{invalid_option} if the file
  /// exists and may not be replaced, or if it is a directory or a disk; Error{io_failed} if its folder
  /// cannot take a new file.
  OutputTarget(std::string name, const OutputRules& rules);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// True if nothing has to be created: standard output, a device, a pipe.
  [[nodiscard]] bool is_stream() const noexcept { return kind_ != Kind::file; }

  /// Writes `bytes`; a file is replaced or made as `put_file` does it. Throws Error{io_failed};
  /// Error{invalid_option} if the file appeared meanwhile and must not be replaced; Error{cancelled}
  /// when a signal asks to stop.
  void write(std::span<const std::byte> bytes) const;

 private:
  enum class Kind { standard_output, special, file };
  void check_file();
  void check_folder() const;
  void write_file(std::span<const std::byte> bytes) const;
  [[noreturn]] void fail(int error_number) const;
  [[noreturn]] void fail_existing() const;

  std::string name_;
  std::string path_;  ///< what is written: `name_` with links followed
  OutputRules rules_;
  std::optional<unsigned> replaced_mode_;
  Kind kind_ = Kind::file;
};

}  // namespace vqi::tool
