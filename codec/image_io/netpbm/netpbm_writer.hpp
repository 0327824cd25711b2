// Images to raw PGM, PPM and PAM files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vqi/image.hpp"
#include "vqi/image_io.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// The bytes of a PAM file if `extension` is ".pam", else of a PGM file for grey and a PPM file for RGB, in which there
/// is no alpha. Throws Error{limit_exceeded, cancelled}.
[[nodiscard]] std::vector<std::byte> write_netpbm(const ImageView& image, std::string_view extension,
                                                  const RunOptions& run);

/// As `write_image_rows`.
std::uint64_t write_netpbm_rows(const RowGiver& image, const ByteSink& file, std::string_view extension);

}  // namespace vqi::detail
