// The images that benchmarks run on: reading them, and finding those that are meant when none is named.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "vqi/image.hpp"

namespace vqi::bench {

/// An 8-bit RGB image with its file's name.
struct BenchImage {
  std::string name;
  Image image;
  [[nodiscard]] double megapixels() const noexcept {
    return static_cast<double>(image.width_px()) * image.height_px() / 1e6;
  }
};

/// Reads an image file; none, with a line on stderr, if it is not 8-bit RGB: the peers know nothing
/// else that compares. Throws vqi::Error as `read_image` does.
[[nodiscard]] std::optional<BenchImage> read_rgb(const std::filesystem::path& path);

/// The folder that VQI_TEST_DATA names, else samples/images below the current folder.
[[nodiscard]] std::filesystem::path default_data_folder();

/// The PNG files in `data`/photo and `data`/kodak, or in `data` itself where neither exists, by
/// name. Throws Error{io_failed} if there is none.
[[nodiscard]] std::vector<std::filesystem::path> png_files(const std::filesystem::path& data);

/// The two images whose speed the project's goals name, 768x512 and 24 megapixels, where `data` has
/// them; else all of png_files.
[[nodiscard]] std::vector<std::filesystem::path> speed_files(const std::filesystem::path& data);

}  // namespace vqi::bench
