// Checks outputs with stat(2), and puts a system's refusal into words.
#include "output_target.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "atomic_file.hpp"
#include "file_descriptor.hpp"
#include "folder_rollback.hpp"
#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr unsigned permission_bits = 0777;

std::filesystem::path folder_of(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  return parent.empty() ? "." : parent;
}

/// The name that a link to no file stands for, which may be a link as well.
std::filesystem::path end_of_links(std::filesystem::path path, std::error_code& fault) {
  constexpr int most_links = 40;  // as many as Linux follows
  for (int links = 0; std::filesystem::is_symlink(std::filesystem::symlink_status(path, fault)); ++links) {
    if (links == most_links) fault = std::make_error_code(std::errc::too_many_symbolic_link_levels);
    if (fault) return path;
    path = path.parent_path() / std::filesystem::read_symlink(path, fault);
  }
  fault.clear();  // that there is no such file
  return path;
}

}  // namespace

OutputTarget::OutputTarget(std::string name, const OutputRules& rules)
    : name_(std::move(name)), path_(name_), rules_(rules) {
  if (name_ == standard_stream) {
    kind_ = Kind::standard_output;
    if (!rules_.replace && ::isatty(STDOUT_FILENO) == 1)
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
  if (exists && S_ISBLK(status.st_mode))
    throw Error(ErrorCode::invalid_option, "the output " + name_ + " is a disk, name a file");
  if (exists && !S_ISREG(status.st_mode)) {
    kind_ = Kind::special;
    is_link_ = S_ISLNK(link_status.st_mode);
    return;
  }
  if (named && !rules_.replace) fail_existing();
  if (exists) replaced_mode_ = status.st_mode & permission_bits;
  if (named && S_ISLNK(link_status.st_mode)) {
    std::error_code fault;
    const std::filesystem::path followed =
        exists ? std::filesystem::canonical(path_, fault) : end_of_links(path_, fault);
    if (fault) fail(fault.value());
    path_ = followed.string();
  }
  check_folder();
}

void OutputTarget::check_folder() const {
  std::filesystem::path folder = folder_of(path_);
  struct stat status {};
  while (::stat(folder.c_str(), &status) != 0) {
    if (errno != ENOENT || !rules_.make_folders) fail(errno);
    folder = folder_of(folder.string());  // ends at "." or "/"
  }
  if (!S_ISDIR(status.st_mode)) fail(ENOTDIR);
  if (::access(folder.c_str(), W_OK | X_OK) != 0) fail(errno);
}

void OutputTarget::write(std::span<const std::byte> bytes) const {
  if (kind_ == Kind::standard_output) {
    if (!write_all(STDOUT_FILENO, bytes)) fail(errno);
  } else if (kind_ == Kind::special) {
    write_special(bytes);
  } else {
    write_file(bytes);
  }
}

/// Writes to what was a device or a pipe when it was checked, if it still is. A file or a link that stands there now is
/// treated as if it had been there: opening it changes nothing, and a link is not followed.
void OutputTarget::write_special(std::span<const std::byte> bytes) const {
  FileDescriptor file = open_file(path_, O_WRONLY | (is_link_ ? 0 : O_NOFOLLOW));
  struct stat status {};
  const bool is_swapped_link = !file.valid() && errno == ELOOP;
  if (!is_swapped_link && (!file.valid() || ::fstat(file.get(), &status) != 0)) fail(errno);
  if (is_swapped_link || S_ISREG(status.st_mode) || S_ISBLK(status.st_mode)) {
    if (!rules_.replace || S_ISBLK(status.st_mode)) fail_existing();
    return write_file(bytes);
  }
  if (!write_all(file.get(), bytes) || !file.close()) fail(errno);
}

void OutputTarget::write_file(std::span<const std::byte> bytes) const {
  // A folder that another job made may vanish, when that job fails, before our file is in it: then try again.
  constexpr int attempts = 10;
  int error_number = ENOENT;
  for (int attempt = 0; error_number == ENOENT && attempt < attempts; ++attempt) {
    FolderRollback folders;
    make_folder(folders);
    error_number =
        put_file(path_, bytes, {rules_.replace, rules_.mode, replaced_mode_, rules_.times, rules_.keep_on_stop});
    if (error_number == 0) return folders.keep();
    if (!rules_.make_folders) break;
  }
  if (error_number == EEXIST) fail_existing();
  fail(error_number);
}

void OutputTarget::make_folder(FolderRollback& folders) const {
  if (!rules_.make_folders) return;
  if (const int fault = folders.make(folder_of(path_)); fault != 0) fail(fault);
}

void OutputTarget::fail(int error_number) const {
  const std::string what = name_ == standard_stream ? "standard output" : name_;
  const char* advice = ", check that its folder exists and may be written to";
  if (error_number == ENOSPC || error_number == EDQUOT) advice = ", free some space";
  if (error_number == EFBIG) advice = ", raise the limit on the size of files (ulimit -f)";
  if (error_number == EPIPE) advice = ", its reader has closed it";
  if (error_number == ENAMETOOLONG) advice = ", name a shorter one with ";
  throw Error(ErrorCode::io_failed, "cannot write " + what + " (" + system_words(error_number) + ")" + advice +
                                        (error_number == ENAMETOOLONG ? rules_.option : ""));
}

void OutputTarget::fail_existing() const {
  const std::string other = rules_.may_be_skipped
                                ? ", --skip-existing to leave it, or -o or --output-dir to name another"
                                : " or " + rules_.option + " for another";
  throw Error(ErrorCode::output_exists, "the output " + name_ + " exists, use --force to replace it" + other);
}

}  // namespace vqi::tool
