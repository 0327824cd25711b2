// OutputTarget: the place that an output goes to, checked before the work and written whole after it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "atomic_file.hpp"
#include "folder_rollback.hpp"

namespace vqi::tool {

/// What the tool may do to write an output.
struct OutputRules {
  bool replace = false;              ///< replace a file that exists
  bool make_folders = false;         ///< make missing folders, once the output is ready
  unsigned mode = 0666;              ///< permissions of a new file, before the umask
  std::optional<FileTimes> times{};  ///< times of the file; none: those at which it is written
  std::string option = "-o FILE";    ///< what names another output, for messages
  bool keep_on_stop = false;         ///< write though a signal asked to stop
  bool may_be_skipped = false;       ///< --skip-existing and --output-dir are options of the command
};

/// The place that bytes go to once they are ready. It is checked before the work, so that hours are not spent on a file
/// that cannot be written, and again while writing.
class OutputTarget {
 public:
  /// `name` as on the command line; "-" is standard output. Throws Error{output_exists} if the file
  /// exists and may not be replaced, Error{invalid_option} if it is a directory or a disk;
  /// Error{io_failed} if its folder cannot take a new file.
  OutputTarget(std::string name, const OutputRules& rules);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// The file to write: `name()` with links followed.
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// True for standard output, a device or a pipe: no file has to be created.
  [[nodiscard]] bool is_stream() const noexcept { return kind_ != Kind::file; }

  /// Writes `bytes`; `put_file` says how a file is created or replaced. Throws Error{io_failed};
  /// Error{output_exists} if a file appeared meanwhile and must not be replaced, also in the place of a device or pipe;
  /// Error{cancelled} when a signal asks to stop.
  void write(std::span<const std::byte> bytes) const;
  /// Makes the file's folder where the rules say so. Throws Error{io_failed}.
  void make_folder(FolderRollback& folders) const;

 private:
  enum class Kind { standard_output, special, file };
  void check_file();
  void write_special(std::span<const std::byte> bytes) const;
  void check_folder() const;
  void write_file(std::span<const std::byte> bytes) const;
  [[noreturn]] void fail(int error_number) const;
  [[noreturn]] void fail_existing() const;

  std::string name_;
  std::string path_;
  OutputRules rules_;
  std::optional<unsigned> replaced_mode_;
  Kind kind_ = Kind::file;
  bool is_link_ = false;  ///< `name_` was a link to something special, such as /dev/stdout
};

}  // namespace vqi::tool
