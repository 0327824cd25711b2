// Brings pictures to one type, and measures them: by the library, by a plain blur, and by the program ssimulacra2_rs.
#include "picture_figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "child_process.hpp"
#include "vqi/image_io.hpp"
#include "vqi/metrics.hpp"

namespace vqi::bench {
namespace {

constexpr std::size_t blur_radius_px = 5;
constexpr std::size_t blur_width_px = 2 * blur_radius_px + 1;
constexpr double blur_sigma_px = 1.5;
constexpr const char* ssimulacra2_program = "ssimulacra2_rs";

using Pixel = std::array<int, 4>;

/// A pixel of 1 to 4 channels as red, green, blue and alpha.
Pixel rgba(const std::byte* sample, std::uint32_t channels) {
  const auto value = [&](std::uint32_t channel) { return std::to_integer<int>(sample[channel]); };
  const bool grey = channels < 3;
  const int alpha = channels % 2 == 0 ? value(channels - 1) : 255;
  return {value(0), value(grey ? 0 : 1), value(grey ? 0 : 2), alpha};
}

/// The image with 3 channels, as it looks on white, or with 4.
Image with_channels(const Image& image, std::uint32_t channels) {
  Image result(image.width_px(), image.height_px(), channels, 8);
  const std::byte* sample = image.samples().data();
  std::byte* out = result.samples().data();
  const std::byte* const end = sample + image.size_bytes();
  for (; sample != end; sample += image.channels(), out += channels) {
    Pixel pixel = rgba(sample, image.channels());
    if (channels == 3)
      for (std::size_t i = 0; i < 3; ++i) pixel[i] = (pixel[i] * pixel[3] + 255 * (255 - pixel[3]) + 127) / 255;
    for (std::uint32_t i = 0; i < channels; ++i) out[i] = static_cast<std::byte>(pixel[i]);
  }
  return result;
}

/// The samples of a row, premultiplied where there is alpha.
std::vector<int> premultiplied_row(const Image& image, std::uint32_t y) {
  std::vector<int> row(image.row_bytes());
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = std::to_integer<int>(image.row(y)[i]);
  if (image.channels() == 4)
    for (std::size_t i = 0; i < row.size(); ++i)
      if (i % 4 != 3) row[i] = (row[i] * row[i - i % 4 + 3] + 127) / 255;
  return row;
}

using BlurWeights = std::array<double, blur_width_px>;

BlurWeights blur_weights() {
  BlurWeights weights{};
  double sum = 0;
  for (std::size_t i = 0; i < blur_width_px; ++i) {
    const double distance = static_cast<double>(i) - static_cast<double>(blur_radius_px);
    weights[i] = std::exp(-distance * distance / (2 * blur_sigma_px * blur_sigma_px));
    sum += weights[i];
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

/// The place of the pixel that lies under weight `i` when the centre is at `at`, the outermost one beyond the edges.
std::size_t pixel_under(std::size_t at, std::size_t i, std::size_t size) {
  return std::clamp(at + i, blur_radius_px, size - 1 + blur_radius_px) - blur_radius_px;
}

/// The difference of row `y` of two images, blurred along the row.
std::vector<double> blurred_difference(const Image& reference, const Image& other, std::uint32_t y,
                                       const BlurWeights& weights) {
  const std::vector<int> first = premultiplied_row(reference, y);
  const std::vector<int> second = premultiplied_row(other, y);
  const std::size_t channels = reference.channels();
  std::vector<double> row(first.size());
  for (std::size_t at = 0; at < row.size(); ++at) {
    for (std::size_t i = 0; i < blur_width_px; ++i) {
      const std::size_t sample = pixel_under(at / channels, i, reference.width_px()) * channels + at % channels;
      row[at] += weights[i] * (first[sample] - second[sample]);
    }
  }
  return row;
}

/// The number that is the last word of a file, if there is one.
std::optional<double> last_number(const std::filesystem::path& path) {
  std::ifstream file(path);
  const std::vector<std::string> words{std::istream_iterator<std::string>(file), {}};
  if (words.empty()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(words.back().c_str(), &end);
  return end == words.back().c_str() ? std::nullopt : std::optional(value);
}

}  // namespace

double blurred_mse(const Image& reference, const Image& other) {
  const BlurWeights weights = blur_weights();
  // The blur is linear, so the difference is blurred in place of both images.
  std::vector<std::vector<double>> rows;
  for (std::uint32_t y = 0; y < reference.height_px(); ++y)
    rows.push_back(blurred_difference(reference, other, y, weights));
  double sum = 0;
  for (std::size_t y = 0; y < rows.size(); ++y) {
    for (std::size_t at = 0; at < rows[y].size(); ++at) {
      double value = 0;
      for (std::size_t i = 0; i < blur_width_px; ++i) value += weights[i] * rows[pixel_under(y, i, rows.size())][at];
      sum += value * value;
    }
  }
  return sum / static_cast<double>(reference.size_bytes());
}

PictureComparison::PictureComparison(Image reference, std::filesystem::path folder)
    : reference_(std::move(reference)), folder_(std::move(folder)) {
  if (is_installed(ssimulacra2_program))
    write_image(with_channels(reference_, 3), folder_ / "reference_on_white.png");
  else
    std::cerr << "vqi_bench: " << ssimulacra2_program << " is not installed, SSIMULACRA2 is left out\n";
}

PictureFigures PictureComparison::figures(const Image& other) const {
  const Image picture = with_channels(other, reference_.channels());
  const Distortion distortion = measure_distortion(reference_, picture);
  return {distortion.psnr_db, psnr_db(blurred_mse(reference_, picture), 255), distortion.ssim, ssimulacra2(picture)};
}

std::optional<double> PictureComparison::ssimulacra2(const Image& other) const {
  if (!is_installed(ssimulacra2_program)) return std::nullopt;
  write_image(with_channels(other, 3), folder_ / "other_on_white.png");
  const std::filesystem::path output = folder_ / "ssimulacra2.txt";
  if (!run_program({ssimulacra2_program, "image", (folder_ / "reference_on_white.png").string(),
                    (folder_ / "other_on_white.png").string()},
                   output))
    return std::nullopt;
  return last_number(output);
}

}  // namespace vqi::bench
