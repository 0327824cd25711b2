// Declares the options that name pictures.
#include "picture_options.hpp"

#include "vqi/error.hpp"

namespace vqi::tool {

void add_picture_options(CommandLine& line, PictureOptions& options) {
  line.add_text("--plot", options.plot, "FILE",
                "Draw PSNR and SSIM against bits per pixel; FILE is\nNAME.svg or NAME.png. Of several images the means "
                "are\ndrawn");
  line.add_flag("--plot-each", options.plot_each, "Draw the curves of every image instead of the means");
  line.add_value(
      "--plot-theme",
      [&options](const std::string& text) {
        options.plot_theme = plot_theme_from_name(text);
        if (!options.plot_theme)
          throw Error(ErrorCode::invalid_option, "--plot-theme \"" + text + "\" is unknown, give light or dark");
      },
      "NAME", "Colours of the plot: light, the default, or dark");
  line.add_text("--report", options.report, "FILE",
                "Write a page for a browser: the curves, the rows, and\neach row's picture beside the original, with "
                "its errors\nand its codebook");
}

}  // namespace vqi::tool
