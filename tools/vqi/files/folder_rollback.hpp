// FolderRollback: folders made for an output, which go again if it does not come to be.
#pragma once

#include <filesystem>
#include <vector>

namespace vqi::tool {

class FolderRollback {
 public:
  FolderRollback() = default;
  FolderRollback(const FolderRollback&) = delete;
  FolderRollback& operator=(const FolderRollback&) = delete;
  /// Removes the folders that it made, those in which others have put something excepted.
  ~FolderRollback();

  /// Makes `folder` and what is missing above it. Returns 0 or an error number.
  [[nodiscard]] int make(const std::filesystem::path& folder);

  /// There is something in them: they stay.
  void keep() noexcept { made_.clear(); }

 private:
  std::vector<std::filesystem::path> made_;  // outermost first
};

}  // namespace vqi::tool
