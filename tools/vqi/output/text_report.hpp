// Reports for people: a title line and a few aligned lines below it.
#pragma once

#include <string>

#include "command_results.hpp"

namespace vqi::tool {

// `verbose` adds what -v promises: every iteration, the sections, what the compared images are.
[[nodiscard]] std::string text_report(const CompressResult& result, bool verbose);
[[nodiscard]] std::string text_report(const DecompressResult& result, bool verbose);
[[nodiscard]] std::string text_report(const InfoResult& result);
[[nodiscard]] std::string text_report(const CompareResult& result, bool verbose);

/// "lost are the pixel rows 3 to 8 of 20, ...", of a result with damage.
[[nodiscard]] std::string salvaged_text(const DecompressResult& result);

/// "768x512 RGB, 8 bits".
[[nodiscard]] std::string kind_text(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels,
                                    std::uint32_t bit_depth);

}  // namespace vqi::tool
