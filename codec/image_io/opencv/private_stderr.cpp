// A thread with a descriptor table of its own, whose standard error is a file in memory.
#include "private_stderr.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <system_error>
#include <thread>

#if defined(__linux__)
#include <linux/close_range.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace vqi::detail {
namespace {

#if defined(__linux__) && defined(SYS_close_range) && defined(CLOSE_RANGE_UNSHARE)

/// Gives the calling thread a descriptor table of its own, whose 2 is an empty file in memory.
bool make_stderr_private() noexcept {
  // Descriptors over 2 are closed in the copy, so that a pipe closed elsewhere meanwhile does end.
  if (syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_UNSHARE) != 0) return false;
  const int file = memfd_create("vqi-messages", MFD_CLOEXEC);
  return file >= 0 && dup2(file, 2) == 2;
}

std::string first_line_of_stderr() {
  std::array<char, 200> text{};
  const ssize_t length = pread(2, text.data(), text.size(), 0);
  if (length <= 0) return {};
  std::string line(text.data(), static_cast<std::size_t>(length));
  line.erase(std::min(line.find_first_of("\r\n"), line.size()));
  for (char& letter : line)
    if (letter < ' ' || letter > '~') letter = '?';
  return line;
}

#else

bool make_stderr_private() noexcept { return false; }
std::string first_line_of_stderr() { return {}; }

#endif

}  // namespace

std::string run_with_private_stderr(const std::function<void()>& work) {
  std::exception_ptr failure;
  std::string line;
  const auto run = [&] {
    const bool is_private = make_stderr_private();
    try {
      work();
      if (is_private) line = first_line_of_stderr();
    } catch (...) {
      failure = std::current_exception();
    }
  };
  try {
    std::thread(run).join();
  } catch (const std::system_error&) {
    // No thread can be started: the work matters more than silence.
    work();
  }
  if (failure) std::rethrow_exception(failure);
  return line;
}

}  // namespace vqi::detail
