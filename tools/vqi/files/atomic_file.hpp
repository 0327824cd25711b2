// Puts a whole file in its place in one step: whatever happens, either the old file or the new file is there, complete.
#pragma once

#include <time.h>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace vqi::tool {

/// When a file was last read, and last written: what futimens(2) takes.
using FileTimes = std::array<timespec, 2>;

struct FileRules {
  bool replace = false;  ///< replace an existing file; if false, an existing file is an error
  unsigned mode = 0666;  ///< permissions of a new file, before the umask
  std::optional<unsigned>
      exact_mode;                    ///< permissions of the file to replace; used instead of `mode`, without the umask
  std::optional<FileTimes> times{};  ///< none: those at which it is written
  bool keep_on_stop = false;         ///< put the file in place though a signal asked to stop
};

/// Writes `bytes` to a file without a name, flushes it to the disk, and then names it `path`: a killed run leaves
/// nothing. To replace a file, and on file systems without unnamed files, the file is first named ".NAME.vqi-N.tmp" in
/// the same folder. Before anything else, files of that name that killed runs left are removed. Returns 0 or an errno,
/// EEXIST if there is a file that must not be replaced. Throws Error{cancelled} when a signal asks to stop.
[[nodiscard]] int put_file(const std::string& path, std::span<const std::byte> bytes, const FileRules& rules);

}  // namespace vqi::tool
