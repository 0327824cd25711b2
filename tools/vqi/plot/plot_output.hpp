// The file that --plot names: its format and its bytes.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "cairo_door.hpp"
#include "plot_style.hpp"
#include "rate_curve.hpp"

namespace vqi::tool {

/// The format that the extension of `file` names, in small or capital letters. Throws
/// Error{invalid_option} unless that is .svg or .png, and Error{io_failed} where cairo cannot be loaded.
[[nodiscard]] PictureFormat plot_format(const std::string& file);

/// The picture of the curves, whole.
[[nodiscard]] std::vector<std::byte> plot_bytes(std::span<const RateCurve> curves, PlotTheme theme,
                                                PictureFormat format);

}  // namespace vqi::tool
