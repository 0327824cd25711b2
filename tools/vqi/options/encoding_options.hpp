// The options of compress and sweep that say how an image is encoded: --effort, --seeding, --max-iterations, --seed,
// --model, --lambda and --covariance; and parsers of the values of --method and --coding, which each command declares.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "command_line.hpp"
#include "vqi/options.hpp"

namespace vqi::tool {

/// Adds --effort, --seeding, --max-iterations and --seed to the current group.
void add_training_options(CommandLine& line, EncodeOptions& options);

/// Adds --model, the context model of entropy coding.
void add_model_option(CommandLine& line, EncodeOptions& options);

/// The method called `text`. Throws Error{invalid_option}, naming --method.
[[nodiscard]] Method parse_method(const std::string& text);

/// Adds --lambda, for the method ecvq.
void add_lambda_option(CommandLine& line, std::optional<double>& lambda);
/// Adds --covariance, for the method em.
void add_covariance_option(CommandLine& line, std::optional<Covariance>& covariance);

/// The coding of indices called `text`. Throws Error{invalid_option}, naming --coding.
[[nodiscard]] Coding parse_coding(const std::string& text);

}  // namespace vqi::tool
