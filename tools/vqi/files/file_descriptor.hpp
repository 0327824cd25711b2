// FileDescriptor, which closes itself; opening, waiting and writing that a signal can stop; and the system's error
// texts.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>

namespace vqi::tool {

/// Closes the descriptor that it holds.
class FileDescriptor {
 public:
  explicit FileDescriptor(int descriptor) noexcept : descriptor_(descriptor) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  [[nodiscard]] int get() const noexcept { return descriptor_; }
  [[nodiscard]] bool valid() const noexcept { return descriptor_ >= 0; }
  /// Closes now; false, with errno set, if the system reports that earlier writes failed.
  [[nodiscard]] bool close() noexcept;

 private:
  int descriptor_;
};

/// open(2), which waits for the other end of a named pipe. Returns an invalid descriptor, with errno set, if the system
/// refuses. Throws Error{cancelled} when a signal asks to stop.
[[nodiscard]] FileDescriptor open_file(const std::string& path, int flags, unsigned mode = 0);

/// Waits until `descriptor` can be read, or written if `writing`. Throws Error{cancelled} when a signal asks to stop.
void wait_until_ready(int descriptor, bool writing);

/// Writes all of `bytes`. Returns false, with errno set, if the system refuses. Throws Error{cancelled} when a signal
/// asks to stop, unless the file is a regular one, which never blocks, and is to be written `to_the_end`.
[[nodiscard]] bool write_all(int descriptor, std::span<const std::byte> bytes, bool to_the_end = false);

/// The system's text for an errno, such as "No space left on device".
[[nodiscard]] std::string system_words(int error_number);

}  // namespace vqi::tool
