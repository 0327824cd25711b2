// Unnamed files (O_TMPFILE), or temporary ones that lose their name at once.
#include "spool_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

[[noreturn]] void fail(int error_number) {
  throw Error(ErrorCode::io_failed,
              "cannot write a temporary file (" + system_words(error_number) + "), free some space");
}

FileDescriptor open_unnamed(const std::string& path) {
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) folder = ".";
  FileDescriptor file = open_file(folder.string(), O_RDWR | O_TMPFILE, 0600);
  if (file.valid()) return file;
  std::error_code ignored;
  std::string name = (std::filesystem::temp_directory_path(ignored) / "vqi-XXXXXX").string();
  FileDescriptor named(::mkostemp(name.data(), O_CLOEXEC));
  if (named.valid()) ::unlink(name.c_str());
  return named;
}

}  // namespace

SpoolFile::SpoolFile(const std::string& path) : file_(open_unnamed(path)) {
  if (!file_.valid()) fail(errno);
}

SpoolFile::~SpoolFile() {
  if (mapped_ != nullptr) ::munmap(mapped_, mapped_bytes_);
}

ByteSink SpoolFile::sink() const {
  return {[this](std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const auto count = ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) fail(errno);
      offset += static_cast<std::uint64_t>(count);
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
  }};
}

std::span<const std::byte> SpoolFile::bytes(std::uint64_t size) {
  mapped_bytes_ = static_cast<std::size_t>(size);
  void* const mapped = ::mmap(nullptr, mapped_bytes_, PROT_READ, MAP_SHARED, file_.get(), 0);
  if (mapped == MAP_FAILED) fail(errno);
  mapped_ = mapped;
  return {static_cast<const std::byte*>(mapped_), mapped_bytes_};
}

}  // namespace vqi::tool
