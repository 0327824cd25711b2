// Makes a folder by mkdtemp.
#include "temporary_folder.hpp"

#include <cstdlib>
#include <string>
#include <system_error>

#include "vqi/error.hpp"

namespace vqi::bench {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "vqi_bench.XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw Error(ErrorCode::io_failed, name + " cannot be made");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace vqi::bench
