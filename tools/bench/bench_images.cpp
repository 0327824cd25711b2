// Searches the data folder, and leaves out images that are not 8-bit RGB.
#include "bench_images.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "vqi/error.hpp"
#include "vqi/image_io.hpp"

namespace vqi::bench {
namespace fs = std::filesystem;

namespace {

void append_pngs(const fs::path& folder, std::vector<fs::path>& files) {
  if (!fs::is_directory(folder)) return;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".png") files.push_back(entry.path());
}

}  // namespace

std::optional<BenchImage> read_rgb(const fs::path& path) {
  BenchImage result{path.filename().string(), read_image(path).image};
  if (result.image.channels() == 3 && result.image.bit_depth() == 8) return result;
  std::cerr << "vqi_bench: " << path.string() << ": not 8-bit RGB, left out\n";
  return std::nullopt;
}

fs::path default_data_folder() {
  const char* folder = std::getenv("VQI_TEST_DATA");
  return folder != nullptr && *folder != '\0' ? fs::path(folder) : fs::path("samples/images");
}

std::vector<fs::path> png_files(const fs::path& data) {
  std::vector<fs::path> files;
  append_pngs(data / "photo", files);
  append_pngs(data / "kodak", files);
  if (files.empty()) append_pngs(data, files);
  if (files.empty())
    throw Error(ErrorCode::io_failed,
                data.string() + " holds no PNG files; name a folder with --data or in VQI_TEST_DATA");
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> speed_files(const fs::path& data) {
  std::vector<fs::path> files{data / "kodak" / "kodim23.png", data / "large" / "louvre_24mp.jpg"};
  std::erase_if(files, [](const fs::path& file) { return !fs::exists(file); });
  return files.empty() ? png_files(data) : files;
}

}  // namespace vqi::bench
