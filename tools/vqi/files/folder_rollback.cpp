// Makes folders one by one, so that it knows which are new.
#include "folder_rollback.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace vqi::tool {
namespace {

constexpr unsigned new_folder_mode = 0777;  // before the umask

}  // namespace

FolderRollback::~FolderRollback() {
  for (; !made_.empty(); made_.pop_back()) ::rmdir(made_.back().c_str());
}

int FolderRollback::make(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), new_folder_mode) == 0) {
    made_.push_back(folder);
    return 0;
  }
  if (errno == EEXIST) return 0;  // if it is a file, the attempt to write into it will fail
  const std::filesystem::path parent = folder.parent_path();
  if (errno != ENOENT || parent.empty() || parent == folder) return errno;
  if (const int error_number = make(parent); error_number != 0) return error_number;
  if (::mkdir(folder.c_str(), new_folder_mode) == 0)
    made_.push_back(folder);
  else if (errno != EEXIST)
    return errno;
  return 0;
}

}  // namespace vqi::tool
