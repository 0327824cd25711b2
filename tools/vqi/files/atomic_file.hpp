// Puts a whole file in its place at once, so that whatever happens the old one or the new one is there, complete.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace vqi::tool {

struct FileRules {
  bool replace = false;                ///< an existing file is replaced, otherwise it is an error
  unsigned mode = 0666;                ///< of a new file, before the umask
  std::optional<unsigned> exact_mode;  ///< instead, whatever the umask: that of a file to be replaced
};

/// Writes `bytes` to a file without a name, flushes it to the disk, and gives it the name `path`:
/// nothing can be left behind. Where a file system cannot do that, and to replace a file, the name in
/// between is ".NAME.vqi-N.tmp" in the same folder; one that a killed run left under it is removed, in
/// any case and first of all. Returns 0 or what errno says, EEXIST if there is a file that must not be
/// replaced. Throws Error{cancelled} when a signal asks to stop.
[[nodiscard]] int put_file(const std::string& path, std::span<const std::byte> bytes, const FileRules& rules);

}  // namespace vqi::tool
