// The options of compress, sweep, train and quantize that say how an image is encoded, with their help: --effort,
// --seeding, --max-iterations, --seed, --model, --lambda, --covariance, --dither and --dither-strength. The library
// parses their values.
#pragma once

#include <string>

#include "command_line.hpp"
#include "vqi/settings.hpp"

namespace vqi::tool {

/// Adds --effort and --seeding to the current group.
void add_effort_options(CommandLine& line, Settings& settings);
/// Adds --max-iterations and --seed to the current group.
void add_training_options(CommandLine& line, Settings& settings);

/// Adds --model, the context model of entropy coding.
void add_model_option(CommandLine& line, Settings& settings);

/// Adds --restore; `defaults` says what holds without it.
void add_restore_option(CommandLine& line, Settings& settings, const std::string& defaults);

/// Adds --lambda, for the method ecvq.
void add_lambda_option(CommandLine& line, Settings& settings);
/// Adds --covariance, for the method em.
void add_covariance_option(CommandLine& line, Settings& settings);

/// Adds --dither and --dither-strength. `usual` and `usual_strength` are the defaults, for the help text.
void add_dither_options(CommandLine& line, Settings& settings, const std::string& usual,
                        const std::string& usual_strength = "0.8, of blue and bayer 0.5");

}  // namespace vqi::tool
