// Reads the images of the benchmarks, and finds default images if none is named.
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

/// Reads an image file. Returns none, and prints a line on stderr, if it is not 8-bit RGB, the only type that all peers
/// read. Throws vqi::Error as `read_image` does.
[[nodiscard]] std::optional<BenchImage> read_rgb(const std::filesystem::path& path);

/// The folder that the environment variable VQI_TEST_DATA names, else samples/images below the current folder.
[[nodiscard]] std::filesystem::path default_data_folder();

/// The PNG files in `data`/photo and `data`/kodak, or in `data` itself if those hold none, sorted by name. Throws
/// Error{io_failed} if there is none.
[[nodiscard]] std::vector<std::filesystem::path> png_files(const std::filesystem::path& data);

/// A photograph of 768x512 pixels and one of 24 megapixels, as far as `data` has them; all of png_files if it has
/// neither.
[[nodiscard]] std::vector<std::filesystem::path> speed_files(const std::filesystem::path& data);

}  // namespace vqi::bench
