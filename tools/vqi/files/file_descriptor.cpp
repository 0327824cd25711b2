// System calls that wait for pipes and notice signals.
#include "file_descriptor.hpp"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "signals.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

FileDescriptor::~FileDescriptor() {
  if (valid()) ::close(descriptor_);
}

bool FileDescriptor::close() noexcept { return ::close(std::exchange(descriptor_, -1)) == 0; }

FileDescriptor open_file(const std::string& path, int flags, unsigned mode) {
  while (true) {
    FileDescriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode));
    if (file.valid() || errno != EINTR) return file;
    if (stop_signal() != 0) throw Error(ErrorCode::cancelled, "stopped while opening " + path);
  }
}

void wait_until_ready(int descriptor, bool writing) {
  const short wanted = writing ? POLLOUT : POLLIN;
  std::array<pollfd, 2> watched{pollfd{descriptor, wanted, 0}, pollfd{stop_descriptor(), POLLIN, 0}};
  while (::poll(watched.data(), watched.size(), -1) < 0 && errno == EINTR) {
  }
  if (stop_signal() != 0)
    throw Error(ErrorCode::cancelled, writing ? "stopped while writing" : "stopped while reading");
}

bool write_all(int descriptor, std::span<const std::byte> bytes, bool to_the_end) {
  struct stat status {};
  const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  // A pipe that poll() calls writable takes PIPE_BUF bytes without blocking; with more, a signal could go unnoticed.
  const std::size_t portion = regular ? std::size_t{1} << 24 : PIPE_BUF;
  while (!bytes.empty()) {
    if (!regular || !to_the_end) wait_until_ready(descriptor, true);
    const auto written = ::write(descriptor, bytes.data(), std::min(bytes.size(), portion));
    if (written < 0 && errno != EINTR && errno != EAGAIN) return false;
    if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

std::string system_words(int error_number) { return std::generic_category().message(error_number); }

}  // namespace vqi::tool
