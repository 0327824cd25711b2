// Checks and reads inputs.
#include "read_input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "file_descriptor.hpp"
#include "plain_text.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::size_t first_portion_bytes = std::size_t{1} << 16;  // the usual capacity of a pipe on Linux

[[noreturn]] void fail_reading(int error_number) {
  const char* const advice = error_number == ENOENT ? ", check the name" : ", check that it can be read";
  throw Error(ErrorCode::io_failed, "cannot read it (" + system_words(error_number) + ")" + advice);
}

[[noreturn]] void fail_size(std::uint64_t max_bytes, const std::string& size) {
  throw Error(ErrorCode::limit_exceeded, "the input has " + size + " bytes, more than the " + grouped(max_bytes) +
                                             " of memory allowed, raise --max-memory");
}

void check_status(const struct stat& status) {
  if (S_ISDIR(status.st_mode)) throw Error(ErrorCode::invalid_option, "is a directory, name a file");
}

FileDescriptor open_input(const std::string& name) {
  if (name == standard_stream) return FileDescriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0));
  return open_file(name, O_RDONLY);
}

/// Reads once into `free`. Returns the number of bytes read, 0 at the end of the input.
std::size_t read_some(int descriptor, std::span<std::byte> free) {
  while (true) {
    wait_until_ready(descriptor, false);
    const auto count = ::read(descriptor, free.data(), free.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR && errno != EAGAIN) fail_reading(errno);
  }
}

}  // namespace

void check_input(const std::string& name) {
  struct stat status {};
  if (name == standard_stream) return;
  if (::stat(name.c_str(), &status) != 0) fail_reading(errno);
  check_status(status);
}

unsigned output_mode(const std::string& name) {
  unsigned mode = 0666;
  struct stat status {};
  const bool known = name == standard_stream ? ::fstat(STDIN_FILENO, &status) == 0 : ::stat(name.c_str(), &status) == 0;
  if (!known || !S_ISREG(status.st_mode)) return mode;
  for (const unsigned digit : {0060U, 0006U})  // read and write, for the group and for others
    if ((status.st_mode & digit & 0444U) == 0) mode &= ~digit;
  return mode;
}

std::uint64_t input_size(const std::string& name) noexcept {
  struct stat status {};
  const bool is_known = name != standard_stream && ::stat(name.c_str(), &status) == 0 && S_ISREG(status.st_mode);
  return is_known ? static_cast<std::uint64_t>(status.st_size) : 0;
}

FileTimes times_of(const std::string& name) {
  struct stat status {};
  if ((name == standard_stream ? ::fstat(STDIN_FILENO, &status) : ::stat(name.c_str(), &status)) != 0)
    fail_reading(errno);
  if (!S_ISREG(status.st_mode))
    throw Error(ErrorCode::invalid_option, "is no file and has no times for --preserve, name a file");
  return {status.st_atim, status.st_mtim};
}

std::vector<std::byte> read_input(const std::string& name, std::uint64_t max_bytes, const StartCheck& check_start) {
  const FileDescriptor file = open_input(name);
  struct stat status {};
  if (!file.valid() || ::fstat(file.get(), &status) != 0) fail_reading(errno);
  check_status(status);

  std::size_t expected = 0;
  if (S_ISREG(status.st_mode)) {
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > max_bytes) fail_size(max_bytes, grouped(size));
    expected = static_cast<std::size_t>(size) + 1;  // one byte more, so that the end is found without growing
  }
  std::vector<std::byte> bytes(first_portion_bytes);
  std::size_t filled = 0;
  while (true) {
    const std::size_t count = read_some(file.get(), std::span(bytes).subspan(filled));
    if (count == 0) break;
    filled += count;
    if (filled > max_bytes) fail_size(max_bytes, "over " + grouped(max_bytes));
    if (filled < bytes.size()) continue;
    if (filled == first_portion_bytes && check_start) check_start(bytes);
    bytes.resize(expected > bytes.size() ? expected : bytes.size() * 2);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace vqi::tool
