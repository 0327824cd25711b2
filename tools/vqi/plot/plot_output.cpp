// Chooses the format by extension, and draws rate plots.
#include "plot_output.hpp"

#include <algorithm>
#include <filesystem>

#include "picture_file.hpp"
#include "rate_plot.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

PictureFormat plot_format(const std::string& file) {
  std::string extension = std::filesystem::path(file).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; });
  if (extension != ".svg" && extension != ".png")
    throw Error(ErrorCode::invalid_option, "--plot \"" + file + "\" is neither .svg nor .png, give one of them");
  static_cast<void>(cairo_painter());  // load cairo now, so that an error comes before the work
  return extension == ".svg" ? PictureFormat::svg : PictureFormat::png;
}

std::vector<std::byte> plot_bytes(std::span<const RateCurve> curves, PlotTheme theme, PictureFormat format) {
  return picture_bytes(rate_plot(curves, theme, picture_text_measure()), format);
}

}  // namespace vqi::tool
