// Oklab: colours as lightness and two opponent axes, in which distances are nearer to what an eye sees.
#pragma once

#include <cstdint>
#include <vector>

namespace vqi::detail {

/// Lightness l, 0 for black to 1 for white, and the axes green to red (a) and blue to yellow (b).
struct OklabColour {
  double l = 0;
  double a = 0;
  double b = 0;
};

/// To and from code values of sRGB (B. Ottosson, "A perceptual color space for image processing", 2020). Roots are
/// Newton's steps in double arithmetic of a fixed order, so that results are the same on every machine.
class Oklab {
 public:
  /// For code values 0 .. max_value, 255 or 65535. Makes a table of as many numbers.
  explicit Oklab(std::uint32_t max_value);

  [[nodiscard]] OklabColour of_rgb(std::uint32_t red, std::uint32_t green, std::uint32_t blue) const noexcept;
  /// The lightness of a grey; its other coordinates are 0.
  [[nodiscard]] double of_grey(std::uint32_t grey) const noexcept;

  /// Nearest code values; what lies outside the cube of sRGB is clamped, sample by sample.
  void to_rgb(const OklabColour& lab, std::uint32_t* rgb) const noexcept;
  [[nodiscard]] std::uint32_t to_grey(double lightness) const noexcept;

 private:
  [[nodiscard]] std::uint32_t code_of(double linear) const noexcept;

  std::uint32_t max_value_;
  std::vector<double> linear_;  // of each code value, 0..1
};

}  // namespace vqi::detail
