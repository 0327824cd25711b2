// Fitted to what pngquant 2.17 without dithering writes; see CLI.md, "Qualities".
#include "vqi/option_values.hpp"

#include <algorithm>
#include <array>

#include "vqi/error.hpp"

namespace vqi {

QualityRange parse_quality(const std::string& text) {
  const auto number = [](const std::string& part) {
    return static_cast<unsigned>(parse_integer("--quality", part, 0, 100));
  };
  const std::size_t dash = text.find('-');
  if (dash == std::string::npos) return {0, number(text)};
  const QualityRange range{number(text.substr(0, dash)), number(text.substr(dash + 1))};
  if (range.least > range.most)
    throw Error(ErrorCode::invalid_option,
                "--quality \"" + text + "\" has its ends the wrong way round, give MIN-MAX such as 65-80");
  return range;
}

double psnr_of_quality(unsigned quality) {
  struct Point {
    unsigned quality;
    double psnr_db;
  };
  // Medians over the 26 photographs and paintings of the tests' data that pngquant had colours enough for.
  constexpr std::array points{Point{0, 28.0},  Point{20, 31.5}, Point{40, 33.2}, Point{60, 35.2},
                              Point{70, 36.7}, Point{80, 38.6}, Point{90, 41.7}, Point{100, 60.0}};
  const auto* above =
      std::find_if(points.begin() + 1, points.end(), [&](const Point& point) { return point.quality >= quality; });
  const Point& low = *(above - 1);
  const double share = static_cast<double>(quality - low.quality) / (above->quality - low.quality);
  return low.psnr_db + share * (above->psnr_db - low.psnr_db);
}

unsigned quality_of_psnr(double psnr_db) {
  constexpr unsigned best = 100;
  unsigned quality = 0;
  while (quality < best && psnr_of_quality(quality + 1) <= psnr_db) ++quality;
  return quality;
}

}  // namespace vqi
