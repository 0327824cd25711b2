// Declares the options of vqi quantize.
#include "quantize_options.hpp"

#include "encoding_options.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

void add_palette_size_options(CommandLine& line, Settings& settings) {
  line.start_group("Size of the palette");
  line.add_setting("-k", settings, "N", "Number of colours at most, 1..256. Default 256");
  line.add_setting("--psnr", settings, "DB", "The smallest file with this PSNR");
  line.add_setting("--max-bytes", settings, "N",
                   "The best picture in a file of at most N bytes; k, M,\nKiB, MiB may follow N");
  line.add_setting("--quality", settings, "MIN-MAX",
                   "As few bytes as quality MAX needs, 0..100, and no file\n(exit code 6) if that would be below MIN; "
                   "MAX alone has\n"
                   "MIN 0. The scale is near pngquant's: see CLI.md");
}

void add_quantize_file_options(CommandLine& line, QuantizeChoice& choice) {
  line.start_group("Files");
  add_output_options(line, choice.output);
  line.add_value(
      "--ext",
      [&](const std::string& text) {
        choice.end = text;
        choice.end_given = true;
      },
      "END", "End of the outputs' names. Default .quantized.png; with\n\".png\" and --force a PNG is replaced");
  add_keep_extension_option(line, choice.output, ".quantized.png");
  line.add_setting_flag("--strip", choice, "Write no metadata: no gamma, colour profile or density");
  line.add_flag("--skip-larger", choice.skip_larger,
                "Write nothing if the output would be larger than the\ninput file; the exit code is still 0");
  add_input_options(line, choice.input, "images");
  add_reading_options(line, choice.common.reading);
}

}  // namespace

void add_quantize_options(CommandLine& line, QuantizeChoice& choice) {
  add_palette_size_options(line, choice);
  line.start_group("Finding colours");
  line.add_setting(
      "--method", choice, "NAME",
      "kmeans gives each pixel its nearest colour; ecvq also\nchooses colours that pack well, where the error allows:\n"
      "a fraction of the bytes at the same PSNR. Default ecvq\nwhere there is a target or --lambda, else kmeans");
  line.add_setting("--lambda", choice, "L",
                   "For ecvq: what a bit of the file is worth, in squared\ncode values summed over a pixel, 0..65536. "
                   "Default: by\n"
                   "the mean squared distance of a pixel to its nearest\ncolour");
  add_dither_options(line, choice, "auto, or none\nwith ecvq or a PSNR; ecvq takes auto and diffusion",
                     "0.8, of blue, bayer and ecvq 0.5");
  line.add_setting("--effort", choice, "N",
                   "1 (fastest) to 9 (best), of finding colours, ordering\nthem and packing the file. Default 5");
  line.add_setting("--max-iterations", choice, "N", "Most Lloyd's steps on all pixels. Default: by effort");
  line.add_setting("--seed", choice, "N", "Seed of the random numbers; the same seed gives the same\nfile. Default 1");
  add_colour_options(line, choice.colours, choice);
  add_quantize_file_options(line, choice);
  add_common_options(line, choice.common);
}

void check_quantize_options(QuantizeChoice& choice) {
  const auto refuse = [](const std::string& why) { throw Error(ErrorCode::invalid_option, why); };
  give_colours(choice, choice.colours);
  check_settings(choice);
  if (choice.output.file && choice.end_given) refuse("--ext is for default names, leave out --ext or -o");
  if (choice.end.empty() || choice.end.find('/') != std::string::npos)
    refuse("--ext \"" + choice.end + "\" is no end of a file name, give one such as -small.png");
  check_reading(choice.common.reading);
  check_output_choice(choice.output, choice.input, choice.common.force);
}

}  // namespace vqi::tool
