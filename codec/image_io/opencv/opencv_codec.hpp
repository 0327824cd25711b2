// The one door to OpenCV: image files in memory to samples and back, in types that need no OpenCV header.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vqi/image.hpp"

namespace vqi::detail {

/// Samples as OpenCV decoded them: `channels` in its own order (BGR, BGRA, or what `ImageHeader`
/// says) of `depth_bytes` each.
struct OpencvSamples {
  std::shared_ptr<const void> owner;  ///< of what `data` points to
  const std::byte* data = nullptr;
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t channels = 0;
  std::uint32_t bit_depth = 0;  ///< 8 or 16; 0 for samples that are not unsigned integers of that size
  std::size_t stride_bytes = 0;
};

/// What OpenCV is needed for. Both functions return nothing where OpenCV fails for whatever reason
/// but lack of memory, which is std::bad_alloc, and may print to standard error.
struct OpencvCodec {
  std::optional<OpencvSamples> (*decode)(std::span<const std::byte> file);
  /// `extension` chooses the format: ".tif", ".webp" ...
  std::optional<std::vector<std::byte>> (*encode)(const ImageView& image, const std::string& extension);
};

/// OpenCV's side of the door. Its name carries the version of the table, because the tool asks a
/// plug-in for it by name.
extern "C" const OpencvCodec* vqi_opencv_codec_1() noexcept;

/// Our side: the table, linked into the library (opencv_linked.cpp) or loaded when it is first asked
/// for (opencv_loader.cpp); the latter throws Error{io_failed} where it cannot be loaded.
[[nodiscard]] const OpencvCodec& opencv_codec();

}  // namespace vqi::detail
