// The options of compress and sweep that say how a codebook is learned, and the words they take.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "command_line.hpp"
#include "vqi/options.hpp"

namespace vqi::tool {

/// Adds --effort, --seeding, --max-iterations and --seed to the current group.
void add_training_options(CommandLine& line, EncodeOptions& options);

/// --model, of entropy coding.
void add_model_option(CommandLine& line, EncodeOptions& options);

/// The method of that name. Throws Error{invalid_option}, naming --method.
[[nodiscard]] Method parse_method(const std::string& text);

/// --lambda, of the method ecvq.
void add_lambda_option(CommandLine& line, std::optional<double>& lambda);
/// --covariance, of method em.
void add_covariance_option(CommandLine& line, std::optional<Covariance>& covariance);

/// The way to write indices of that name. Throws Error{invalid_option}, naming --coding.
[[nodiscard]] Coding parse_coding(const std::string& text);

}  // namespace vqi::tool
