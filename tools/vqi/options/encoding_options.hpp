// The options of compress and sweep that say how an image is encoded: --effort, --seeding, --max-iterations, --seed,
// --model, --lambda, --covariance, --dither and --dither-strength; and parsers of the values of --method and --coding,
// which each command declares.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "command_line.hpp"
#include "vqi/options.hpp"

namespace vqi::tool {

/// Adds --effort and --seeding to the current group.
void add_effort_options(CommandLine& line, EncodeOptions& options);
/// Adds --max-iterations and --seed to the current group.
void add_training_options(CommandLine& line, EncodeOptions& options);

/// Adds --model, the context model of entropy coding.
void add_model_option(CommandLine& line, EncodeOptions& options);

/// The method called `text`. Throws Error{invalid_option}, naming --method.
[[nodiscard]] Method parse_method(const std::string& text);

/// Adds --lambda, for the method ecvq.
void add_lambda_option(CommandLine& line, std::optional<double>& lambda);
/// Adds --covariance, for the method em.
void add_covariance_option(CommandLine& line, std::optional<Covariance>& covariance);

/// Adds --dither, whose value `take` gets, and --dither-strength. `usual` and `usual_strength` are the defaults, for
/// the help text.
void add_dither_options(CommandLine& line, const std::function<void(Dither)>& take, std::optional<double>& strength,
                        const std::string& usual, const std::string& usual_strength = "0.8, of blue and bayer 0.5");

// The values called `text`. Each throws Error{invalid_option}, naming its option.
[[nodiscard]] double parse_lambda(const std::string& text);
[[nodiscard]] Covariance parse_covariance(const std::string& text);
[[nodiscard]] Seeding parse_seeding(const std::string& text);
[[nodiscard]] std::uint32_t parse_effort(const std::string& text);

/// The coding of indices called `text`. Throws Error{invalid_option}, naming --coding.
[[nodiscard]] Coding parse_coding(const std::string& text);

}  // namespace vqi::tool
