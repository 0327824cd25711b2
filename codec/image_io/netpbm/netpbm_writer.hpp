// Images to raw PGM, PPM and PAM files.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "vqi/image.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// The bytes of a PAM file if `extension` is ".pam", else of a PGM file for grey and a PPM file for RGB, in which there
/// is no alpha. Throws Error{limit_exceeded, cancelled}.
[[nodiscard]] std::vector<std::byte> write_netpbm(const ImageView& image, std::string_view extension,
                                                  const RunOptions& run);

}  // namespace vqi::detail
