// Formats reports for people: a title, then a few aligned lines.
#pragma once

#include <string>

#include "command_results.hpp"

namespace vqi::tool {

// `verbose`, for -v, adds every iteration, the sections of the file, or the kinds of the compared images.
[[nodiscard]] std::string text_report(const CompressResult& result, bool verbose);
[[nodiscard]] std::string text_report(const QuantizeResult& result, bool verbose);
[[nodiscard]] std::string text_report(const SkippedResult& result);
[[nodiscard]] std::string text_report(const DecompressResult& result, bool verbose);
[[nodiscard]] std::string text_report(const InfoResult& result);
[[nodiscard]] std::string text_report(const CompareResult& result, bool verbose);

/// Whether the .vqi file is larger than the input's own file, where that is known.
[[nodiscard]] bool is_larger(const CompressResult& result);

/// Such as "unverified are the pixel rows 0 to 2 of 20, ...; lost are the pixel rows 3 to 8 of 20, ...". The result
/// must have damage.
[[nodiscard]] std::string salvaged_text(const DecompressResult& result);

/// "mean squared distance 0.000212, its root 0.0146".
[[nodiscard]] std::string oklab_text(double mse_oklab);

/// The name of an input for people: "standard input" for "-".
[[nodiscard]] std::string input_text(const std::string& name);

/// "768x512 RGB, 8 bits".
[[nodiscard]] std::string kind_text(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels,
                                    std::uint32_t bit_depth);

}  // namespace vqi::tool
