// The scale of --quality: pngquant's numbers, as PSNR.
#pragma once

#include <string>

namespace vqi::tool {

/// The values of --quality MIN-MAX.
struct QualityRange {
  unsigned least = 0;
  unsigned most = 100;
};

/// "65-80"; "80" alone has least 0. Throws Error{invalid_option} unless both are 0..100 and in order.
[[nodiscard]] QualityRange parse_quality(const std::string& text);

/// The PSNR in dB that stands for a quality of 0..100.
[[nodiscard]] double psnr_of_quality(unsigned quality);

}  // namespace vqi::tool
