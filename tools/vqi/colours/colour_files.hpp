// ColourFiles: the palette, codebook and mask of a command line, read once and fitted to each image.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "colour_choice.hpp"
#include "common_options.hpp"
#include "palette.hpp"
#include "vqi/codebook.hpp"
#include "vqi/options.hpp"

namespace vqi::tool {

/// Reads a .vqb file. Errors name it.
[[nodiscard]] Codebook read_codebook_file(const std::string& name, const CommonOptions& options);

/// Widens a grey image to RGB, with a warning, where a colour that stays (`EncodeOptions::fixed`) is not grey.
void widen_for_fixed(Image& image, const std::vector<Colour>& fixed, std::vector<std::string>& warnings);

class ColourFiles {
 public:
  /// Reads the files that `choice` names. Errors name the file.
  ColourFiles(const ColourChoice& choice, const CommonOptions& options);

  /// Puts what was read into the options of one image. The image is widened where the palette, the codebook or a fixed
  /// colour needs it: grey becomes RGB, alpha is added. Colours of a palette that the image cannot have are left out
  /// with a warning. Throws Error{invalid_option} if nothing fits.
  void fit(Image& image, EncodeOptions& options, std::vector<std::string>& warnings) const;

 private:
  void fit_palette(Image& image, EncodeOptions& options, std::vector<std::string>& warnings) const;

  std::string palette_name_;
  std::optional<Palette> palette_;
  std::shared_ptr<const Codebook> codebook_;
  std::shared_ptr<const Image> weights_;
};

}  // namespace vqi::tool
