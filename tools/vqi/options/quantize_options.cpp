// Declares the options of vqi quantize, and turns pngquant's qualities into PSNR.
#include "quantize_options.hpp"

#include <limits>

#include "encoding_options.hpp"
#include "parse_number.hpp"
#include "quality_scale.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

/// Throws Error{invalid_option}, naming --method.
Method parse_palette_method(const std::string& text) {
  if (text == "kmeans") return Method::kmeans;
  if (text == "ecvq") return Method::ecvq;
  throw Error(ErrorCode::invalid_option, "--method \"" + text + "\" is not one for palettes, give kmeans or ecvq");
}

void add_palette_size_options(CommandLine& line, QuantizeChoice& choice) {
  QuantizeOptions& options = choice.quantize;
  line.start_group("Size of the palette");
  line.add_value(
      "-k", [&](const std::string& text) { options.k = static_cast<std::uint32_t>(parse_integer("-k", text, 1, 256)); },
      "N", "Number of colours at most, 1..256. Default 256");
  line.add_value(
      "--psnr", [&](const std::string& text) { options.psnr_db = parse_positive("--psnr", text); }, "DB",
      "The smallest file with this PSNR");
  line.add_value(
      "--max-bytes",
      [&](const std::string& text) { options.max_bytes = parse_size("--max-bytes", text, 1, std::uint64_t{1} << 62); },
      "N", "The best picture in a file of at most N bytes; k, M,\nKiB, MiB may follow N");
  line.add_value(
      "--quality",
      [&](const std::string& text) {
        const QualityRange range = parse_quality(text);
        options.psnr_db = psnr_of_quality(range.most);
        constexpr double any_db = 1e-9;
        options.min_psnr_db = range.least == 0 ? any_db : psnr_of_quality(range.least);
        choice.quality_given = true;
      },
      "MIN-MAX",
      "As few bytes as quality MAX needs, 0..100, and no file\n(exit code 6) if that would be below MIN; MAX alone "
      "has\n"
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
  line.add_flag("--strip", choice.quantize.strip, "Write no metadata: no gamma, colour profile or density");
  line.add_flag("--skip-larger", choice.skip_larger,
                "Write nothing if the output would be larger than the\ninput file; the exit code is still 0");
  add_input_options(line, choice.input, "images");
  add_reading_options(line, choice.common.reading);
}

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

}  // namespace

void add_quantize_options(CommandLine& line, QuantizeChoice& choice) {
  add_palette_size_options(line, choice);
  line.start_group("Finding colours");
  line.add_value(
      "--method", [&](const std::string& text) { choice.quantize.method = parse_palette_method(text); }, "NAME",
      "kmeans gives each pixel its nearest colour; ecvq also\nchooses colours that pack well, where the error allows:\n"
      "a fraction of the bytes at the same PSNR. Default ecvq\nwhere there is a target or --lambda, else kmeans");
  line.add_value(
      "--lambda", [&](const std::string& text) { choice.quantize.lambda = parse_up_to("--lambda", text, 65536); }, "L",
      "For ecvq: what a bit of the file is worth, in squared\ncode values summed over a pixel, 0..65536. Default: by\n"
      "the mean squared distance of a pixel to its nearest\ncolour");
  add_dither_options(
      line, [&](Dither dither) { choice.quantize.dither = dither; }, choice.quantize.dither_strength,
      "auto, or none\nwith ecvq or a PSNR; ecvq takes auto and diffusion", "0.8, of blue, bayer and ecvq 0.5");
  line.add_value(
      "--effort", [&](const std::string& text) { choice.quantize.effort = parse_effort(text); }, "N",
      "1 (fastest) to 9 (best), of finding colours, ordering\nthem and packing the file. Default 5");
  line.add_value(
      "--max-iterations",
      [&](const std::string& text) {
        choice.quantize.max_iterations = static_cast<std::uint32_t>(
            parse_integer("--max-iterations", text, 0, std::numeric_limits<std::uint32_t>::max()));
      },
      "N", "Most Lloyd's steps on all pixels. Default: by effort");
  line.add_integer("--seed", choice.quantize.seed, 0, std::numeric_limits<std::uint64_t>::max(),
                   "Seed of the random numbers; the same seed gives the same\nfile. Default 1");
  add_colour_options(line, choice.colours, choice.learning);
  add_quantize_file_options(line, choice);
  add_common_options(line, choice.common);
}

void check_quantize_options(const QuantizeChoice& choice) {
  const QuantizeOptions& options = choice.quantize;
  if (options.psnr_db && options.max_bytes)
    refuse(std::string(choice.quality_given ? "--quality" : "--psnr") +
           " and --max-bytes exclude each other, give one of them");
  const bool has_target = options.psnr_db || options.max_bytes;
  if (options.lambda && has_target) refuse("a target chooses lambda, leave out --lambda or the target");
  if (options.lambda && options.method == Method::kmeans)
    refuse("--lambda is for ecvq, leave out --lambda or --method kmeans");
  const char* kmeans_alone = nullptr;
  if (choice.colours.gives_codewords()) kmeans_alone = choice.colours.palette ? "--palette" : "--codebook";
  if (choice.colours.weights) kmeans_alone = "--weights";
  if (choice.learning.keep_small) kmeans_alone = "--keep-small";
  if (choice.learning.space != Space::rgb) kmeans_alone = "--space";
  if (options.lambda && kmeans_alone != nullptr)
    refuse("--lambda is for ecvq, with which " + std::string(kmeans_alone) + " does not go, leave one of them out");
  EncodeOptions learning = choice.learning;
  learning.method = options.method.value_or(Method::kmeans);
  learning.max_iterations = options.max_iterations;
  check_colour_choice(choice.colours, learning, {options.k.has_value(), has_target, false, true});
  if (choice.output.file && choice.end_given) refuse("--ext is for default names, leave out --ext or -o");
  if (choice.end.empty() || choice.end.find('/') != std::string::npos)
    refuse("--ext \"" + choice.end + "\" is no end of a file name, give one such as -small.png");
  check_reading(choice.common.reading);
  check_output_choice(choice.output, choice.input, choice.common.force);
}

QuantizeOptions with_colours(const QuantizeChoice& choice, const EncodeOptions& learning) {
  QuantizeOptions options = choice.quantize;
  options.codebook = learning.codebook;
  options.fixed = learning.fixed;
  options.weights = learning.weights;
  options.keep_small = learning.keep_small;
  options.space = learning.space;
  return options;
}

}  // namespace vqi::tool
