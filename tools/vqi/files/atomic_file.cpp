// Links an unnamed file (O_TMPFILE) to its name, or renames a temporary file where that is impossible.
#include "atomic_file.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "file_descriptor.hpp"
#include "signals.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::size_t kept_name_bytes = 200;  // a file name may have 255 bytes; our additions take the rest
constexpr int most_temporaries = 100;         // programs that may write the same output at the same time
constexpr int stale_temporaries = 4;          // numbers of temporary files that are checked for leftovers

std::string folder_of(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  return parent.empty() ? "." : parent.string();
}

/// Every run uses the same names, so that the next run finds the file that a killed run left.
std::string temporary_name(const std::string& path, int number) {
  const std::filesystem::path whole(path);
  const std::string name = whole.filename().string().substr(0, kept_name_bytes);
  return (whole.parent_path() / ("." + name + ".vqi-" + std::to_string(number) + ".tmp")).string();
}

/// A writer locks its temporary file for as long as it lives. Returns false if another program holds the lock.
bool lock(int descriptor) { return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK; }

bool same_file(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

/// Removes the temporary file `name` if it belongs to our user and its writer is dead. The lock of the file is held
/// while its name is removed, so that no other program can start to use the file in between.
void remove_if_stale(const std::string& name) {
  const FileDescriptor file(::open(name.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat opened {};
  struct stat named {};
  if (!file.valid() || ::fstat(file.get(), &opened) != 0 || !S_ISREG(opened.st_mode) || opened.st_uid != ::geteuid())
    return;
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return;
  if (::lstat(name.c_str(), &named) == 0 && same_file(opened, named)) ::unlink(name.c_str());
}

/// Writes the new file and flushes it to the disk. Returns 0 or an error number.
int fill(int descriptor, std::span<const std::byte> bytes, const FileRules& rules) {
  // A file system without permissions refuses this call, and then there are none to set.
  if (rules.exact_mode) static_cast<void>(::fchmod(descriptor, *rules.exact_mode));
  if (!write_all(descriptor, bytes, rules.keep_on_stop)) return errno;
  if (rules.times && ::futimens(descriptor, rules.times->data()) != 0) return errno;
  if (::fsync(descriptor) != 0) return errno;
  if (stop_signal() != 0 && !rules.keep_on_stop) throw Error(ErrorCode::cancelled, "stopped while writing");
  return 0;
}

/// Renames `from` to `to`. Returns false, with errno EEXIST, if the name `to` is taken.
bool rename_without_replacing(const char* from, const char* to) {
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  // A file system without that operation: add a second name, then remove the first one.
  if (::link(from, to) == 0) return ::unlink(from) == 0;
  if (errno == EEXIST) return false;
  // A file system without second names either: create an empty file under the name, then replace that.
  const FileDescriptor place(::open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  return place.valid() && ::rename(from, to) == 0;
}

bool put_in_place(const std::string& from, const std::string& to, bool replace) {
  return replace ? ::rename(from.c_str(), to.c_str()) == 0 : rename_without_replacing(from.c_str(), to.c_str());
}

/// The way for every file system: a temporary name, then the right one. Returns 0 or an error number.
int put_named(const std::string& path, std::span<const std::byte> bytes, const FileRules& rules) {
  for (int number = 0; number < most_temporaries; ++number) {
    const std::string name = temporary_name(path, number);
    const FileDescriptor file = open_file(name, O_WRONLY | O_CREAT | O_EXCL, rules.mode);
    if (!file.valid() && errno == EEXIST) continue;
    if (!file.valid()) return errno;
    TemporaryFile temporary(name);
    struct stat status {};
    if (!lock(file.get()) || ::fstat(file.get(), &status) != 0 || status.st_nlink == 0) {
      temporary.keep();  // another program removed the file before we locked it; the name is no longer ours
      continue;
    }
    if (const int error_number = fill(file.get(), bytes, rules); error_number != 0) return error_number;
    if (!put_in_place(name, path, rules.replace)) return errno;
    temporary.keep();
    return 0;
  }
  return EBUSY;
}

/// Replaces `path` with the unnamed file that /proc shows at `link`. Returns 0 or an error number.
int replace_by(const std::string& link, const std::string& path) {
  for (int number = 0; number < most_temporaries; ++number) {
    const std::string name = temporary_name(path, number);
    if (::linkat(AT_FDCWD, link.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
      if (errno == EEXIST) continue;
      return errno;
    }
    TemporaryFile temporary(name);
    if (::rename(name.c_str(), path.c_str()) != 0) return errno;
    temporary.keep();
    return 0;
  }
  return EBUSY;
}

enum class Unnamed { done, failed, impossible };

/// Writes without a temporary name. Sets errno if that failed; if it is impossible, nothing has happened.
Unnamed put_unnamed(const std::string& path, std::span<const std::byte> bytes, const FileRules& rules) {
  const FileDescriptor file = open_file(folder_of(path), O_WRONLY | O_TMPFILE, rules.mode);
  if (!file.valid()) return Unnamed::impossible;
  static_cast<void>(lock(file.get()));  // before the file has a name that others can see
  if (const int error_number = fill(file.get(), bytes, rules); error_number != 0) {
    errno = error_number;
    return Unnamed::failed;
  }
  const std::string link = "/proc/self/fd/" + std::to_string(file.get());
  if (::linkat(AT_FDCWD, link.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0) return Unnamed::done;
  if (errno != EEXIST) return Unnamed::impossible;  // no /proc, or a file system that cannot link such files
  if (!rules.replace) return Unnamed::failed;
  errno = replace_by(link, path);
  return errno == 0 ? Unnamed::done : Unnamed::failed;
}

/// Flushes the new name to the disk, as far as the file system can. The file's bytes are there already.
void flush_folder(const std::string& folder) {
  const FileDescriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.valid()) static_cast<void>(::fsync(file.get()));
}

}  // namespace

int put_file(const std::string& path, std::span<const std::byte> bytes, const FileRules& rules) {
  for (int number = 0; number < stale_temporaries; ++number) remove_if_stale(temporary_name(path, number));
  const Unnamed unnamed = put_unnamed(path, bytes, rules);
  if (unnamed == Unnamed::failed) return errno;
  if (unnamed == Unnamed::impossible)
    if (const int error_number = put_named(path, bytes, rules); error_number != 0) return error_number;
  flush_folder(folder_of(path));
  return 0;
}

}  // namespace vqi::tool
