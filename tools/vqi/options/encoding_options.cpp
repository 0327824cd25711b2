// Declares the options on encoding and parses their values.
#include "encoding_options.hpp"

#include <limits>
#include <optional>

#include "enum_names.hpp"
#include "parse_number.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

void add_effort_options(CommandLine& line, EncodeOptions& options) {
  line.add_value(
      "--effort", [&options](const std::string& text) { options.effort = parse_effort(text); }, "N",
      "1 (fastest) to 9 (lowest distortion). Default 5");
  line.add_value(
      "--seeding", [&options](const std::string& text) { options.seeding = parse_seeding(text); }, "NAME",
      "First codebook: split (costly cells are cut in two),\nkmeans++ (drawn at random) or auto, which is split. Grey\n"
      "pixels up to K = 1024 without --max-iterations need\nnone, as their optimum is computed. Default auto");
}

void add_training_options(CommandLine& line, EncodeOptions& options) {
  line.add_value(
      "--max-iterations",
      [&options](const std::string& text) {
        options.max_iterations = static_cast<std::uint32_t>(
            parse_integer("--max-iterations", text, 0, std::numeric_limits<std::uint32_t>::max()));
      },
      "N", "Most Lloyd's steps on all vectors, or most EM steps,\n0..4294967295. Default: by effort");
  line.add_integer(
      "--seed", options.seed, 0, std::numeric_limits<std::uint64_t>::max(),
      "Seed of the random numbers, 0..18446744073709551615;\nthe same seed gives the same file. Default 1");
}

Method parse_method(const std::string& text) {
  const std::optional<Method> method = method_from_name(text);
  if (!method)
    throw Error(ErrorCode::invalid_option, "--method \"" + text + "\" is unknown, give kmeans, ecvq, em or anneal");
  return *method;
}

double parse_lambda(const std::string& text) { return parse_up_to("--lambda", text, 10'000'000'000); }

Covariance parse_covariance(const std::string& text) {
  const std::optional<Covariance> covariance = covariance_from_name(text);
  if (!covariance)
    throw Error(ErrorCode::invalid_option,
                "--covariance \"" + text + "\" is unknown, give tied-spherical, spherical, diagonal, tied or full");
  return *covariance;
}

Seeding parse_seeding(const std::string& text) {
  const std::optional<Seeding> seeding = seeding_from_name(text);
  if (!seeding)
    throw Error(ErrorCode::invalid_option, "--seeding \"" + text + "\" is unknown, give auto, split or kmeans++");
  return *seeding;
}

std::uint32_t parse_effort(const std::string& text) {
  return static_cast<std::uint32_t>(parse_integer("--effort", text, 1, 9));
}

void add_lambda_option(CommandLine& line, std::optional<double>& lambda) {
  line.add_value(
      "--lambda", [&lambda](const std::string& text) { lambda = parse_lambda(text); }, "L",
      "For ecvq: what a bit is worth, in squared code values\nsummed over a vector, 0..10000000000. Default: chosen\n"
      "from the mean squared distance of a vector to its nearest\ncodeword and the bits of its index");
}

void add_covariance_option(CommandLine& line, std::optional<Covariance>& covariance) {
  line.add_value(
      "--covariance", [&covariance](const std::string& text) { covariance = parse_covariance(text); }, "NAME",
      "For em: spherical, diagonal or full, for each component\nits own; or tied or tied-spherical, one for all.\n"
      "Default tied-spherical");
}

void add_dither_options(CommandLine& line, const std::function<void(Dither)>& take, std::optional<double>& strength,
                        const std::string& usual, const std::string& usual_strength) {
  line.add_value(
      "--dither",
      [take](const std::string& text) {
        const std::optional<Dither> dither = dither_from_name(text);
        if (!dither)
          throw Error(ErrorCode::invalid_option,
                      "--dither \"" + text + "\" is unknown, give none, auto, diffusion, blue or bayer");
        take(*dither);
      },
      "NAME",
      "Mix colours by fine patterns: diffusion of errors;\nauto, diffusion in gradients alone, where bands would\n"
      "be seen; blue, by blue noise; or bayer, by a regular\nmatrix. Single pixels only. Default " +
          usual);
  line.add_value(
      "--dither-strength",
      [&strength](const std::string& text) { strength = parse_up_to("--dither-strength", text, 1); }, "S",
      "The part of each error that --dither makes good, 0..1.\nDefault " + usual_strength);
}

Coding parse_coding(const std::string& text) {
  const std::optional<Coding> coding = coding_from_name(text);
  if (!coding)
    throw Error(ErrorCode::invalid_option,
                "--coding \"" + text + "\" is not a way to write indices, give packed, entropy or auto");
  return *coding;
}

void add_model_option(CommandLine& line, EncodeOptions& options) {
  line.add_value(
      "--model",
      [&options](const std::string& text) {
        options.model = model_from_name(text);
        if (!options.model)
          throw Error(ErrorCode::invalid_option,
                      "--model \"" + text + "\" is not a model of indices, give fast, balanced or max");
      },
      "NAME",
      "Context model of entropy coding: fast, balanced or max.\nEach makes smaller files, and is slower, than the one\n"
      "before. Default by effort: fast 1-3, balanced 4-7,\nmax 8-9");
}

}  // namespace vqi::tool
