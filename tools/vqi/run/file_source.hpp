// FileSource: a file of known size that is read in pieces.
#pragma once

#include <time.h>

#include <cstdint>
#include <optional>
#include <string>

#include "file_descriptor.hpp"
#include "vqi/streaming.hpp"

namespace vqi::tool {

class FileSource {
 public:
  /// The regular file `name`; none for standard input, pipes and devices. Throws Error{io_failed}.
  [[nodiscard]] static std::optional<FileSource> open(const std::string& name);

  /// Borrows this. What it reads throws Error{io_failed}, also if the file has become shorter.
  [[nodiscard]] ByteSource source() const;
  [[nodiscard]] std::uint64_t size_bytes() const noexcept { return size_bytes_; }
  /// Throws Error{io_failed} if the file was written to since it was opened.
  void check_unchanged() const;
  /// Fills `bytes` with those from `offset` on.
  void read(std::uint64_t offset, std::span<std::byte> bytes) const;

 private:
  FileSource(FileDescriptor file, std::uint64_t size_bytes, const timespec& written)
      : file_(std::move(file)), size_bytes_(size_bytes), written_(written) {}

  FileDescriptor file_;
  std::uint64_t size_bytes_;
  timespec written_;  // when it was last written to
};

}  // namespace vqi::tool
