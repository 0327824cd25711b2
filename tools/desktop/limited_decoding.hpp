// What the loaders of programs that show images share: handles of vqi.h that free themselves, and limits.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "vqi.h"

namespace vqi::desktop {

struct FreeOptions {
  void operator()(vqi_options* options) const { vqi_options_free(options); }
};
struct FreeResult {
  void operator()(vqi_result* result) const { vqi_result_free(result); }
};
using Options = std::unique_ptr<vqi_options, FreeOptions>;
using Result = std::unique_ptr<vqi_result, FreeResult>;

constexpr std::size_t max_file_bytes = std::size_t{1} << 30U;

/// The options of decompress, with limits for a program that holds the image once more to show it; null if they cannot
/// be made, as vqi_error_message says.
inline Options limited_options() {
  vqi_options* made = nullptr;
  if (vqi_options_new("decompress", &made) != VQI_OK) return nullptr;
  Options options(made);
  if (vqi_options_set(made, "max-pixels", "100M") != VQI_OK || vqi_options_set(made, "max-memory", "2G") != VQI_OK)
    return nullptr;
  return options;
}

/// The ICC colour profile of a colour image; empty if it has none.
inline std::vector<unsigned char> colour_profile(const vqi_image& image) {
  std::size_t size = 0;
  if (image.metadata == nullptr || image.channels <= 2) return {};  // a profile for grey does not fit RGB
  if (vqi_metadata_get(image.metadata, "iCCP", nullptr, 0, &size) != VQI_BUFFER_TOO_SMALL) return {};
  std::vector<unsigned char> profile(size);
  if (vqi_metadata_get(image.metadata, "iCCP", profile.data(), size, &size) != VQI_OK) return {};
  return profile;
}

}  // namespace vqi::desktop
