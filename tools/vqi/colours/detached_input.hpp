// Input files that were compressed with --detach, and the codebook of --codebook that they need.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common_options.hpp"
#include "vqi/codebook.hpp"

namespace vqi::tool {

/// The codebook of the option --codebook, if it is given. Throws what read_codebook_file throws.
[[nodiscard]] std::optional<Codebook> codebook_of(const std::optional<std::string>& name, const CommonOptions& options);

/// The stream with its codebook in its place; empty if it has one and none is given. Throws Error{codebook_needed} if
/// it needs a codebook and none or another one is given, and Error{invalid_option} if it needs none and one is given.
/// Of a stream whose header is damaged nothing is known: it is empty then.
[[nodiscard]] std::vector<std::byte> with_codebook(std::span<const std::byte> stream,
                                                   const std::optional<Codebook>& codebook);

}  // namespace vqi::tool
