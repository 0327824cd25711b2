// SpoolFile: bytes that are written at any offset before they are put in their place as a whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "file_descriptor.hpp"
#include "vqi/streaming.hpp"

namespace vqi::tool {

/// A file without a name, which vanishes with this object and with the process.
class SpoolFile {
 public:
  /// On the disk of the folder in which `path` is or shall be; where that cannot be, on that of temporary files. Throws
  /// Error{io_failed}.
  explicit SpoolFile(const std::string& path);
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;
  ~SpoolFile();

  /// Borrows this. What it writes throws Error{io_failed}.
  [[nodiscard]] ByteSink sink() const;
  /// The first `size` bytes, which the system reads when they are used. To be called once; what is written later is not
  /// seen. Throws Error{io_failed}.
  [[nodiscard]] std::span<const std::byte> bytes(std::uint64_t size);

 private:
  FileDescriptor file_;
  void* mapped_ = nullptr;
  std::size_t mapped_bytes_ = 0;
};

}  // namespace vqi::tool
