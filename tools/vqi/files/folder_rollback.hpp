// FolderRollback: makes folders for an output, and removes them again if the output is not written.
#pragma once

#include <filesystem>
#include <vector>

namespace vqi::tool {

class FolderRollback {
 public:
  FolderRollback() = default;
  FolderRollback(const FolderRollback&) = delete;
  FolderRollback& operator=(const FolderRollback&) = delete;
  /// Removes the folders that this object made, unless other programs have put files into them.
  ~FolderRollback();

  /// Makes `folder` and the missing folders above it. Returns 0 or an errno.
  [[nodiscard]] int make(const std::filesystem::path& folder);

  /// Keeps the folders, because the output is in them now.
  void keep() noexcept { made_.clear(); }

 private:
  std::vector<std::filesystem::path> made_;  // outermost first
};

}  // namespace vqi::tool
