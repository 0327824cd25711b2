// The peer libimagequant, the library that pngquant uses.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "interleaved_runs.hpp"
#include "palette_image.hpp"
#include "vqi/image.hpp"

namespace vqi::bench {

/// The largest K of libimagequant.
inline constexpr std::uint32_t imagequant_colours_max = 256;

/// libimagequant without dithering, quality 0-100.
class ImagequantPeer {
 public:
  /// False if the program was built without the library; then `run` must not be called.
  [[nodiscard]] static bool available();
  /// Such as "2.17.0".
  [[nodiscard]] static std::string version();
  static void set_threads(std::uint32_t threads);

  /// Converts the pixels to RGBA, which the library reads; this is not timed.
  explicit ImagequantPeer(const Image& image);
  /// Returns the time to palette and remapped image. `speed` is 1 (best) to 10 (fastest).
  [[nodiscard]] Elapsed run(std::uint32_t k, int speed, PaletteImage& result) const;

 private:
  Image rgba_;
};

}  // namespace vqi::bench
