// Declares the options on encoding.
#include "encoding_options.hpp"

namespace vqi::tool {

void add_effort_options(CommandLine& line, Settings& settings) {
  line.add_setting("--effort", settings, "N", "1 (fastest) to 9 (lowest distortion). Default 5");
  line.add_setting("--seeding", settings, "NAME",
                   "First codebook: split (costly cells are cut in two),\nkmeans++ (drawn at random) or auto, which is "
                   "split. Grey\n"
                   "pixels up to K = 1024 without --max-iterations need\nnone, as their optimum is computed. Default "
                   "auto");
}

void add_training_options(CommandLine& line, Settings& settings) {
  line.add_setting("--max-iterations", settings, "N",
                   "Most Lloyd's steps on all vectors, or most EM steps,\n0..4294967295. Default: by effort");
  line.add_setting("--seed", settings, "N",
                   "Seed of the random numbers, 0..18446744073709551615;\nthe same seed gives the same file. Default "
                   "1");
}

void add_lambda_option(CommandLine& line, Settings& settings) {
  line.add_setting("--lambda", settings, "L",
                   "For ecvq: what a bit is worth, in squared code values\nsummed over a vector, 0..10000000000. "
                   "Default: chosen\n"
                   "from the mean squared distance of a vector to its nearest\ncodeword and the bits of its index");
}

void add_covariance_option(CommandLine& line, Settings& settings) {
  line.add_setting("--covariance", settings, "NAME",
                   "For em: spherical, diagonal or full, for each component\nits own; or tied or tied-spherical, one "
                   "for all.\n"
                   "Default tied-spherical");
}

void add_dither_options(CommandLine& line, Settings& settings, const std::string& usual,
                        const std::string& usual_strength) {
  line.add_setting("--dither", settings, "NAME",
                   "Mix colours by fine patterns: diffusion of errors;\nauto, diffusion in gradients alone, where "
                   "bands would\n"
                   "be seen; blue, by blue noise; or bayer, by a regular\nmatrix. Single pixels only. Default " +
                       usual);
  line.add_setting("--dither-strength", settings, "S",
                   "The part of each error that --dither makes good, 0..1.\nDefault " + usual_strength);
}

void add_model_option(CommandLine& line, Settings& settings) {
  line.add_setting("--model", settings, "NAME",
                   "Context model of entropy coding: fast, balanced or max.\nEach makes smaller files, and is slower, "
                   "than the one\n"
                   "before. Default by effort: fast 1-3, balanced 4-7,\nmax 8-9");
}

void add_restore_option(CommandLine& line, Settings& settings, const std::string& defaults) {
  line.add_setting_flag(
      "--restore", settings,
      "Let decoders restore by a small network a part of\nwhat quantization took, where it comes nearer to "
      "the\nimage; for single pixels without dither. " +
          defaults);
}

}  // namespace vqi::tool
