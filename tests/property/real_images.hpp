// Real images for property tests: those of the folder that VQI_TEST_DATA names, and parts of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "vqi/image.hpp"

namespace vqi::test {

/// The first `count` images of a folder of VQI_TEST_DATA by name, all if there are fewer, none if it is not set.
inline std::vector<std::filesystem::path> images_of(const std::string& folder, std::size_t count) {
  namespace fs = std::filesystem;
  std::vector<fs::path> paths;
  const char* const data = std::getenv("VQI_TEST_DATA");
  if (data == nullptr || !fs::is_directory(fs::path(data) / folder)) return paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(data) / folder))
    if (entry.path().extension() == ".png" || entry.path().extension() == ".jpg") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  paths.resize(std::min(paths.size(), count));
  return paths;
}

/// The middle of an image, at most `width` x `height` pixels.
inline Image middle_of(const Image& image, std::uint32_t width, std::uint32_t height) {
  Image part(std::min(width, image.width_px()), std::min(height, image.height_px()), image.channels(),
             image.bit_depth());
  const std::size_t left = (image.width_px() - part.width_px()) / 2 * (image.row_bytes() / image.width_px());
  const std::uint32_t top = (image.height_px() - part.height_px()) / 2;
  for (std::uint32_t y = 0; y < part.height_px(); ++y)
    std::copy_n(image.row(top + y) + left, part.row_bytes(), part.row(y));
  return part;
}

}  // namespace vqi::test
