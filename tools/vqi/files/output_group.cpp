// Remembers what each file held, so that it can be put back.
#include "output_group.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "atomic_file.hpp"
#include "folder_rollback.hpp"
#include "read_input.hpp"

namespace vqi::tool {
namespace {

constexpr unsigned permission_bits = 0777;

/// A file before it is written.
class SavedFile {
 public:
  SavedFile(std::string path, std::uint64_t max_bytes) : path_(std::move(path)) {
    struct stat status {};
    if (::stat(path_.c_str(), &status) != 0) return;
    mode_ = status.st_mode & permission_bits;
    times_ = {status.st_atim, status.st_mtim};
    bytes_ = read_input(path_, max_bytes);
  }

  /// Remembers which file was written, so that the file of another program is not taken for it.
  void note_written() { known_ = ::stat(path_.c_str(), &written_) == 0; }

  /// As well as it can be done: the failure that led here is the one to tell.
  void restore() const {
    struct stat status {};
    if (!known_ || ::stat(path_.c_str(), &status) != 0) return;
    if (status.st_dev != written_.st_dev || status.st_ino != written_.st_ino) return;
    if (!bytes_) {
      ::unlink(path_.c_str());
      return;
    }
    FileRules rules{true, mode_, mode_, times_};
    rules.keep_on_stop = true;
    static_cast<void>(put_file(path_, *bytes_, rules));
  }

 private:
  std::string path_;
  std::optional<std::vector<std::byte>> bytes_;  ///< none: there was no file
  unsigned mode_ = 0;
  FileTimes times_{};
  struct stat written_ {};
  bool known_ = false;
};

}  // namespace

void write_together(std::span<const OutputPart> parts, std::uint64_t max_bytes) {
  FolderRollback folders;
  std::vector<SavedFile> saved;
  for (const OutputPart& part : parts) saved.emplace_back(part.target->path(), max_bytes);
  std::size_t count = 0;
  try {
    for (const OutputPart& part : parts) {
      part.target->make_folder(folders);
      part.target->write(part.bytes);
      saved[count++].note_written();
    }
  } catch (...) {
    while (count > 0) saved[--count].restore();
    throw;
  }
  folders.keep();
}

}  // namespace vqi::tool
