// Distortion between two images: MSE, PSNR, SSIM, largest error, CIEDE2000.
#pragma once

#include <cstdint>
#include <optional>

#include "vqi/export.hpp"
#include "vqi/image.hpp"
#include "vqi/run_options.hpp"

namespace vqi {

/// How far one image is from another of the same size.
///
/// Where there is alpha, `mse`, `psnr_db` and `ssim` are of premultiplied samples, as training sees them: alpha itself,
/// and each colour sample c under alpha a as floor((c * a + floor(max_value / 2)) / max_value). So a colour under a
/// transparent pixel costs nothing.
struct Distortion {
  double mse = 0;                      ///< mean over all samples of the squared difference, in code values
  std::optional<double> mse_straight;  ///< the same of straight samples; none without alpha
  std::optional<double> psnr_db;       ///< 10 log10(max_value^2 / mse); none when mse is 0
  std::optional<double> ssim;          ///< mean over the channels; none where a side is under 11 pixels
  /// `mse` of both images after a Gaussian blur of sigma 1.5 pixels: the error that is left to an eye from some way
  /// off, where a dither's noise is not seen. On request, and of dithered images by `encode` and `quantize`; else none.
  std::optional<double> mse_blurred;
  /// Mean over all pixels of the squared distance in Oklab, samples taken as sRGB: the squares of the differences in
  /// lightness, 0 for black to 1 for white, in both other axes and in alpha of 0 to 1, added up; with alpha lightness
  /// and axes are multiplied by it. On request, and by `encode` and `quantize` with Space::oklab; else none.
  std::optional<double> mse_oklab;
  std::uint32_t max_error = 0;  ///< largest absolute difference of one sample, straight: 0 for equal images alone
};

/// Figures that are measured on request.
struct MoreFigures {
  bool blurred = false;  ///< Distortion::mse_blurred
  bool oklab = false;    ///< Distortion::mse_oklab
};

/// CIEDE2000 colour difference over the pixels of an image, sRGB assumed. With alpha a pixel's difference is the larger
/// of those that it has on black and on white.
struct ColourDifference {
  double mean = 0;  ///< over all pixels
  double p95 = 0;   ///< 95th percentile by nearest rank: the ceil(0.95 n)-th smallest of n
};

/// A colour in CIE L*a*b*.
struct Lab {
  double l = 0;  ///< lightness, 0..100
  double a = 0;  ///< from green to red
  double b = 0;  ///< from blue to yellow
};

/// 10 log10(max_value^2 / mse), or none when `mse` is 0.
[[nodiscard]] VQI_API std::optional<double> psnr_db(double mse, std::uint32_t max_value) noexcept;

/// Compares two images of one size. Where their types differ they are compared in the least type that holds both: grey
/// as RGB, opaque as with alpha (of max_value), 8 bits as 16 (each sample times 257); figures are in its code values.
///
/// SSIM after Wang, Bovik, Sheikh and Simoncelli, IEEE TIP 13(4), 2004: 11x11 Gaussian window with sigma 1.5, K1 =
/// 0.01, K2 = 0.03, population covariance, mean over the windows that lie wholly inside. The result does not depend on
/// `run`; what the call takes does not grow with the images, so `run.max_memory_bytes` is never passed. Throws
/// Error{invalid_image} if the sizes differ, and Error{cancelled}.
[[nodiscard]] VQI_API Distortion measure_distortion(ImageView reference, ImageView other, const RunOptions& run = {});

/// The same with more figures.
[[nodiscard]] VQI_API Distortion measure_distortion(ImageView reference, ImageView other, const MoreFigures& more,
                                                    const RunOptions& run = {});

/// The difference of two colours: Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula",
/// Color Research and Application 30(1), 2005, with kL = kC = kH = 1.
[[nodiscard]] VQI_API double ciede2000(const Lab& first, const Lab& second) noexcept;

/// CIEDE2000 over all pixels of two images (D65 white, 2 degree observer); none if both are grey. Types, `run` and
/// errors as for `measure_distortion`.
[[nodiscard]] VQI_API std::optional<ColourDifference> measure_ciede2000(ImageView reference, ImageView other,
                                                                        const RunOptions& run = {});

}  // namespace vqi
