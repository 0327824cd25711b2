// Writes a whole output so that a file is either complete or not there, and never replaced unasked.
#include "file_output.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <random>
#include <system_error>
#include <utility>

#include "file_descriptor.hpp"
#include "file_input.hpp"
#include "signals.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::size_t kept_name_bytes = 200;  // of 255 that a name may have; the rest is for what we add
constexpr int name_attempts = 100;

std::string random_letters() {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device device;
  std::string text(6, 'a');
  for (char& letter : text) letter = letters[device() % letters.size()];
  return text;
}

/// A name in the folder of `path` that is not taken, most likely.
std::string temporary_name(const std::string& path) {
  const std::filesystem::path whole(path);
  const std::string name = whole.filename().string().substr(0, kept_name_bytes);
  return (whole.parent_path() / ("." + name + ".vqi-" + random_letters() + ".tmp")).string();
}

/// Gives `from` the name `to` unless that name is taken: then false, with errno EEXIST.
bool rename_without_replacing(const char* from, const char* to) {
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  // A file system without that operation: a second name, then the first one goes.
  return ::link(from, to) == 0 && ::unlink(from) == 0;
}

}  // namespace

OutputTarget::OutputTarget(std::string name, bool replace) : name_(std::move(name)), path_(name_), replace_(replace) {
  if (name_ == standard_stream) {
    kind_ = Kind::standard_output;
    if (!replace_ && ::isatty(STDOUT_FILENO) == 1)
      throw Error(ErrorCode::invalid_option, "standard output is a terminal, use -o FILE or a pipe");
  } else {
    check_file();
  }
}

void OutputTarget::check_file() {
  struct stat status {};
  struct stat link_status {};
  const bool named = ::lstat(path_.c_str(), &link_status) == 0;
  const bool exists = ::stat(path_.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode))
    throw Error(ErrorCode::invalid_option, "the output " + name_ + " is a directory, use --output-dir for it");
  if (exists && !S_ISREG(status.st_mode) && !S_ISBLK(status.st_mode)) {
    kind_ = Kind::special;
    return;
  }
  if (named && !replace_) fail_existing();
  if (exists && S_ISLNK(link_status.st_mode)) {
    std::error_code fault;
    const std::filesystem::path followed = std::filesystem::canonical(path_, fault);
    if (fault) fail(fault.value());
    path_ = followed.string();
  }
  const std::filesystem::path parent = std::filesystem::path(path_).parent_path();
  const std::string folder = parent.empty() ? std::string(1, '.') : parent.string();
  if (::stat(folder.c_str(), &status) != 0) fail(errno);
  if (!S_ISDIR(status.st_mode)) fail(ENOTDIR);
  if (::access(folder.c_str(), W_OK | X_OK) != 0) fail(errno);
}

void OutputTarget::write(std::span<const std::byte> bytes) const {
  if (kind_ == Kind::standard_output) {
    if (!write_all(STDOUT_FILENO, bytes)) fail(errno);
  } else if (kind_ == Kind::special) {
    FileDescriptor file = open_file(path_, O_WRONLY);
    if (!file.valid() || !write_all(file.get(), bytes) || !file.close()) fail(errno);
  } else {
    write_file(bytes);
  }
}

void OutputTarget::write_file(std::span<const std::byte> bytes) const {
  for (int attempt = 0; attempt < name_attempts; ++attempt) {
    TemporaryFile temporary(temporary_name(path_));
    // 0666: the umask takes away what the user does not want to give.
    FileDescriptor file = open_file(temporary.path(), O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (!file.valid()) {
      const int error_number = errno;
      temporary.keep();  // nothing of ours
      if (error_number == EEXIST) continue;
      fail(error_number);
    }
    if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0 || !file.close()) fail(errno);
    if (stop_signal() != 0) throw Error(ErrorCode::cancelled, "stopped while writing");
    const char* const from = temporary.path().c_str();
    const bool renamed = replace_ ? ::rename(from, path_.c_str()) == 0 : rename_without_replacing(from, path_.c_str());
    if (!renamed && errno == EEXIST) fail_existing();
    if (!renamed) fail(errno);
    temporary.keep();
    return;
  }
  fail(EEXIST);
}

void OutputTarget::fail(int error_number) const {
  const std::string what = name_ == standard_stream ? "standard output" : name_;
  const char* advice = ", check that its folder exists and may be written to";
  if (error_number == ENOSPC || error_number == EDQUOT) advice = ", free some space";
  if (error_number == EPIPE) advice = ", its reader has gone";
  throw Error(ErrorCode::io_failed, "cannot write " + what + " (" + system_words(error_number) + ")" + advice);
}

void OutputTarget::fail_existing() const {
  throw Error(ErrorCode::invalid_option,
              "the output " + name_ + " exists, use --force to replace it or -o for another");
}

}  // namespace vqi::tool
