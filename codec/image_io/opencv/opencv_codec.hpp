// The one door to OpenCV: image files in memory to samples, in types that need no OpenCV header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace vqi::detail {

/// Samples as OpenCV decoded them, colours in its own order: blue, green, red.
struct OpencvSamples {
  std::shared_ptr<const void> owner;  ///< of what `data` points to
  const std::byte* data = nullptr;
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t channels = 0;
  std::uint32_t bit_depth = 0;  ///< 8 or 16; 0 for samples that are not unsigned integers of that size
  std::size_t stride_bytes = 0;
};

/// What OpenCV is needed for.
struct OpencvCodec {
  /// Returns nothing where OpenCV fails for whatever reason but lack of memory, which is std::bad_alloc, and may print
  /// to standard error.
  std::optional<OpencvSamples> (*decode)(std::span<const std::byte> file);
};

/// OpenCV's side of the door. Its name carries the version of the table, because the tool asks a
/// plug-in for it by name.
extern "C" const OpencvCodec* vqi_opencv_codec_2() noexcept;

/// Our side: the table, linked into the library (opencv_linked.cpp) or loaded when it is first asked
/// for (opencv_loader.cpp); the latter throws Error{io_failed} where it cannot be loaded.
[[nodiscard]] const OpencvCodec& opencv_codec();

}  // namespace vqi::detail
