// PictureFigures: how near one picture is to another, by the measures of the palette benchmark.
#pragma once

#include <filesystem>
#include <optional>

#include "vqi/image.hpp"

namespace vqi::bench {

/// Higher is nearer in all of them.
struct PictureFigures {
  std::optional<double> psnr_db;          ///< none where no sample differs
  std::optional<double> blurred_psnr_db;  ///< of both pictures after a Gaussian blur of sigma 1.5 pixels
  std::optional<double> ssim;             ///< none where a side is under 11 pixels
  std::optional<double> ssimulacra2;      ///< 100 where nothing differs; none where its program is not installed
};

/// Measures pictures against one reference.
class PictureComparison {
 public:
  /// `reference` is 8-bit RGB or RGBA. Files for other programs go into `folder`.
  PictureComparison(Image reference, std::filesystem::path folder);

  /// `other` has the size of the reference, and 8 bits a sample. Where the reference has no alpha, `other` counts as it
  /// looks on white; where it has, all but SSIMULACRA2 are of premultiplied samples, and SSIMULACRA2 of both pictures
  /// on white.
  [[nodiscard]] PictureFigures figures(const Image& other) const;

 private:
  [[nodiscard]] std::optional<double> ssimulacra2(const Image& other) const;

  Image reference_;
  std::filesystem::path folder_;
};

/// The mean over all samples, premultiplied where there is alpha, of the squared difference of two 8-bit images of one
/// type after a Gaussian blur of sigma 1.5 pixels, with the outermost pixels repeated beyond the edges.
[[nodiscard]] double blurred_mse(const Image& reference, const Image& other);

}  // namespace vqi::bench
