// TemporaryFolder: a folder for the files that other programs read and write.
#pragma once

#include <filesystem>

namespace vqi::bench {

/// A new folder, which the destructor removes with all that it holds.
class TemporaryFolder {
 public:
  /// Throws Error{io_failed} if it cannot be made.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace vqi::bench
