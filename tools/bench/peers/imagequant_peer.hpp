// The peer libimagequant, the library behind pngquant.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "interleaved_runs.hpp"
#include "palette_image.hpp"
#include "vqi/image.hpp"

namespace vqi::bench {

/// Most colours that libimagequant can be asked for.
inline constexpr std::uint32_t imagequant_colours_max = 256;

/// libimagequant without dithering, quality 0-100.
class ImagequantPeer {
 public:
  /// False in a program that was built without the library; `run` must not be called then.
  [[nodiscard]] static bool available();
  /// Such as "2.17.0".
  [[nodiscard]] static std::string version();
  static void set_threads(std::uint32_t threads);

  /// Widens the pixels to RGBA, which is what it reads; that is not part of the time.
  explicit ImagequantPeer(const Image& image);
  /// Time to palette and remapped image at `speed` 1 (best) to 10.
  [[nodiscard]] Elapsed run(std::uint32_t k, int speed, PaletteImage& result) const;

 private:
  Image rgba_;
};

}  // namespace vqi::bench
