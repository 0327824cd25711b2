// pread(2), until all is there.
#include "file_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

[[noreturn]] void fail(const std::string& why) {
  throw Error(ErrorCode::io_failed, "cannot read it (" + why + "), check that it can be read");
}

}  // namespace

std::optional<FileSource> FileSource::open(const std::string& name) {
  struct stat status {};
  if (name == standard_stream || ::stat(name.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  FileDescriptor file = open_file(name, O_RDONLY);
  if (!file.valid() || ::fstat(file.get(), &status) != 0) fail(system_words(errno));
  return FileSource(std::move(file), static_cast<std::uint64_t>(status.st_size), status.st_mtim);
}

ByteSource FileSource::source() const {
  return {size_bytes_, [this](std::uint64_t offset, std::span<std::byte> bytes) { read(offset, bytes); }, {}};
}

void FileSource::check_unchanged() const {
  struct stat status {};
  if (::fstat(file_.get(), &status) != 0) fail(system_words(errno));
  if (static_cast<std::uint64_t>(status.st_size) != size_bytes_ || status.st_mtim.tv_sec != written_.tv_sec ||
      status.st_mtim.tv_nsec != written_.tv_nsec)
    throw Error(ErrorCode::io_failed, "it was changed while it was read, try again");
}

void FileSource::read(std::uint64_t offset, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const auto count = ::pread(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(system_words(errno));
    if (count == 0) fail("it has become shorter");
    offset += static_cast<std::uint64_t>(count);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

}  // namespace vqi::tool
